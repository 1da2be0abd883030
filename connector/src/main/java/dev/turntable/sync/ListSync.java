package dev.turntable.sync;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.store.sync.SyncTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads lists whole. */
final class ListSync {
  /** A line tells of a table. */
  private static final long LINES = 1_000;

  private final Statements statements;
  private final SyncProgress progress;
  private final List<String> skipped;

  /**
   * @param skipped takes what is said of tables that nothing names the rows of
   */
  ListSync(Statements statements, SyncProgress progress, List<String> skipped) {
    this.statements = statements;
    this.progress = progress;
    this.skipped = skipped;
  }

  /** Returns the time of the oldest row of all, or {@code latest} if there is none before. */
  Instant run(List<SyncTable> tables, Instant latest) {
    Map<String, List<SyncTable>> bySchema = new LinkedHashMap<>();
    tables.forEach(
        table -> bySchema.computeIfAbsent(table.schema(), any -> new ArrayList<>()).add(table));
    Instant oldest = latest;
    for (List<SyncTable> together : bySchema.values()) {
      for (Instant time : read(together)) {
        oldest = time.isBefore(oldest) ? time : oldest;
      }
    }
    return oldest;
  }

  /** In one statement, for one list may answer for several tables. */
  private List<Instant> read(List<SyncTable> tables) {
    ReadRows rows = new ReadRows("oldest", LINES);
    try {
      statements.read(
          String.join(" UNION ALL ", tables.stream().map(ListSync::query).toList()),
          List.of(),
          rows);
    } catch (TurntableException e) {
      if (e.kind() != ErrorKind.INVALID_STATEMENT) {
        throw e;
      }
      if (tables.size() > 1) {
        return tables.stream().flatMap(table -> read(List.of(table)).stream()).toList();
      }
      skipped.add(String.valueOf(e.getMessage()));
      return List.of();
    }
    for (SyncTable table : tables) {
      progress.reached(table.qualifiedName(), 1, 0, statements.requests());
    }
    return rows.times();
  }

  private static String query(SyncTable table) {
    String time =
        table.column() == null
            ? "CAST(NULL AS TIMESTAMP)"
            : "MIN(" + Statements.quoted(table.column()) + ")";
    return "SELECT " + time + " AS \"oldest\", COUNT(*) FROM " + Statements.name(table);
  }
}
