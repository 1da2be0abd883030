package dev.turntable.plan.catalog;

import dev.turntable.config.ConnectionConfig.EffectiveProperty;
import dev.turntable.source.Column;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.CoverageRecord;
import dev.turntable.source.KnownTask;
import dev.turntable.source.RequestRecord;
import dev.turntable.source.Secrets;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The schema {@code turntable}: what the connection did and how it is set. Sends no request. */
public final class SystemTables {
  public static final String SCHEMA = "turntable";

  private SystemTables() {}

  /**
   * Returns the schema of a connection.
   *
   * @param sent gives the requests of the connection, and those of earlier ones that are remembered
   * @param known gives the tasks that the sources know of
   * @param stored gives what a store has
   */
  public static SourceSchema schema(
      ConnectionScope connection,
      List<EffectiveProperty> properties,
      Function<StatementScope, List<RequestRecord>> sent,
      Supplier<List<KnownTask>> known,
      Supplier<List<CoverageRecord>> stored) {
    return new SourceSchema(
        SCHEMA,
        "What this connection did and how it is set",
        false,
        scope ->
            List.of(
                requests(sent),
                properties(properties, connection.secrets()),
                KnownTables.tasks(known, connection.secrets()),
                KnownTables.coverage(connection.coverage(), stored)));
  }

  private static TableDef<RequestRecord> requests(
      Function<StatementScope, List<RequestRecord>> sent) {
    return TableDef.readOnly(
        "requests",
        "The last 10,000 requests of this connection, oldest first; with a store all of the last 90"
            + " days that connections of the same account have sent, older ones without the literals"
            + " of their SQL; secrets are redacted",
        List.of(
            Column.varchar("connection_id", RequestRecord::connectionId)
                .notNull()
                .remarks("The connection that sent it"),
            Column.bigint("statement_id", RequestRecord::statementId)
                .notNull()
                .remarks(
                    "Number of the statement in its connection, from 1; 0 for what belongs to no"
                        + " statement"),
            Column.varchar("sql", RequestRecord::sql).notNull().remarks("Text of the statement"),
            Column.varchar("method", RequestRecord::method).notNull().remarks("HTTP method"),
            Column.varchar("url", RequestRecord::url).notNull().remarks("URL, secrets redacted"),
            Column.integer("status", RequestRecord::status)
                .notNull()
                .remarks("HTTP status; 0 if no answer came"),
            Column.bigint("duration_ms", RequestRecord::durationMs)
                .notNull()
                .remarks("Milliseconds from sending to the end of the answer"),
            Column.bigint("response_bytes", RequestRecord::responseBytes)
                .notNull()
                .remarks("Bytes of the answer, decompressed"),
            Column.integer("attempt", RequestRecord::attempt)
                .notNull()
                .remarks("1 for the first attempt, 2 for the first repeat"),
            Column.bigint("waited_ms", RequestRecord::waitedMs)
                .notNull()
                .remarks("Milliseconds waited for a slot, a pace limit or a retry pause"),
            Column.bool("shared", RequestRecord::shared)
                .notNull()
                .remarks(
                    "Answered by an equal request before it, of the statement or within maxAge, without"
                        + " being sent"),
            Column.timestamp("started_at", RequestRecord::startedAt)
                .notNull()
                .remarks("When it was sent, UTC")),
        List.of(),
        List.of(LocalRows.of(sent)));
  }

  /**
   * @param secrets one of them may stand in the wrong place
   */
  private static TableDef<EffectiveProperty> properties(
      List<EffectiveProperty> properties, Secrets secrets) {
    return TableDef.readOnly(
        "properties",
        "The effective settings of this connection; secrets are redacted",
        List.of(
            Column.varchar("name", EffectiveProperty::name)
                .notNull()
                .remarks("Name, with the source's prefix where it belongs to a source"),
            Column.<EffectiveProperty>varchar("value", property -> secrets.mask(property.value()))
                .notNull()
                .remarks("Effective value; **** for a secret that is set"),
            Column.varchar("origin", EffectiveProperty::origin)
                .notNull()
                .remarks("Where it comes from: url, properties, environment or default"),
            Column.varchar("description", EffectiveProperty::description)
                .notNull()
                .remarks("Meaning")),
        List.of("name"),
        List.of(LocalRows.of(scope -> properties)));
  }
}
