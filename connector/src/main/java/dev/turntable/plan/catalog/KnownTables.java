package dev.turntable.plan.catalog;

import dev.turntable.source.Column;
import dev.turntable.source.CoverageLog;
import dev.turntable.source.CoverageRecord;
import dev.turntable.source.KnownTask;
import dev.turntable.source.Secrets;
import dev.turntable.source.TableDef;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The tables that tell how far an answer reaches where a service publishes no list. */
final class KnownTables {
  private KnownTables() {}

  static TableDef<KnownTask> tasks(Supplier<List<KnownTask>> known, Secrets secrets) {
    return TableDef.readOnly(
        "known_tasks",
        "The tasks that a scan without ids covers, where the service publishes no list: one row for"
            + " each origin. Archived and unknown ones stay listed, and are scanned no more",
        List.of(
            Column.<KnownTask>varchar("id", task -> secrets.mask(task.id()))
                .notNull()
                .remarks("Task id"),
            Column.varchar("origin", KnownTask::origin)
                .notNull()
                .remarks(
                    "taskIds, workerIds (a webhook log names it), created (here) or, with a store, seen"
                        + " (in an answer)"),
            Column.varchar("worker_id", KnownTask::workerId)
                .remarks("The worker whose log names it, or that does it; null if not known"),
            Column.timestamp("first_seen", KnownTask::firstSeen)
                .notNull()
                .remarks("When this connection came to know of it, UTC"),
            Column.timestamp("last_read", KnownTask::lastRead)
                .remarks("When its last reading began, UTC; null while never asked"),
            Column.bool("found", KnownTask::found)
                .remarks("Whether the service knew it then; null while never asked")),
        List.of(),
        List.of(LocalRows.of(scope -> known.get())));
  }

  /**
   * @param stored gives what a store has
   */
  static TableDef<CoverageRecord> coverage(CoverageLog log, Supplier<List<CoverageRecord>> stored) {
    return TableDef.readOnly(
        "coverage",
        "The last whole reading of each table on this connection, and whether it showed every row"
            + " that the service has; then what the store has, if there is one",
        List.of(
            Column.varchar("schema_name", CoverageRecord::schema).notNull().remarks("Schema"),
            Column.varchar("table_name", CoverageRecord::table).notNull().remarks("Table"),
            Column.varchar("scope", CoverageRecord::scope)
                .notNull()
                .remarks("What was read: known ids, workerIds, or a list of the service"),
            Column.timestamp("from_time", CoverageRecord::from)
                .remarks("Begin of the time covered, UTC; null for all"),
            Column.timestamp("to_time", CoverageRecord::to)
                .remarks("End of the time covered, UTC; null for all"),
            Column.timestamp("verified_at", CoverageRecord::verifiedAt)
                .notNull()
                .remarks("When the reading began, UTC"),
            Column.bigint("row_count", CoverageRecord::rows).notNull().remarks("Rows that came"),
            Column.bool("exhaustive", CoverageRecord::exhaustive)
                .notNull()
                .remarks("Whether these are all rows that the service has")),
        List.of(),
        List.of(
            LocalRows.of(
                scope -> Stream.concat(log.records().stream(), stored.get().stream()).toList())));
  }
}
