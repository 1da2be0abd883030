package dev.turntable.source;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a table was read to its end, as far as one of its paths shows it.
 *
 * @param schema the schema
 * @param table the table
 * @param scope the access path that was read, such as {@code known ids}
 * @param verifiedAt when that reading began
 * @param rows how many rows it gave
 * @param exhaustive whether the path shows every row that the service has
 * @param from no rows made before it were read, or null if all were
 * @param to no rows made from it on were read, or null if all were
 */
public record CoverageRecord(
    String schema,
    String table,
    String scope,
    Instant verifiedAt,
    long rows,
    boolean exhaustive,
    @Nullable Instant from,
    @Nullable Instant to) {
  /** Of all time. */
  public CoverageRecord(
      String schema,
      String table,
      String scope,
      Instant verifiedAt,
      long rows,
      boolean exhaustive) {
    this(schema, table, scope, verifiedAt, rows, exhaustive, null, null);
  }

  /** Returns the same of what was made within a time; null for no limit. */
  public CoverageRecord within(@Nullable Instant begin, @Nullable Instant end) {
    return new CoverageRecord(schema, table, scope, verifiedAt, rows, exhaustive, begin, end);
  }

  public CoverageRecord {
    requireNonNull(schema, "schema");
    requireNonNull(table, "table");
    requireNonNull(scope, "scope");
    requireNonNull(verifiedAt, "verifiedAt");
  }
}
