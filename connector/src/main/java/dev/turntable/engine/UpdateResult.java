package dev.turntable.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a write did.
 *
 * @param counts rows affected, per set of parameters
 * @param keyNames the columns of the generated keys; empty if there are none
 * @param keys the generated keys of the rows that were written, in row order; where they were not
 *     asked for, of those rows whose keys are known without
 * @param returned describes the same columns, if the statement says which it returns; else empty
 */
public record UpdateResult(
    List<Long> counts,
    List<String> keyNames,
    List<List<@Nullable Object>> keys,
    List<ColumnInfo> returned) {
  /** A result whose keys are those that the service makes. */
  public UpdateResult(List<Long> counts, List<String> keyNames, List<List<@Nullable Object>> keys) {
    this(counts, keyNames, keys, List.of());
  }

  /** Returns the same, with its keys described as columns. */
  public UpdateResult returning(List<ColumnInfo> columns) {
    return new UpdateResult(
        counts, columns.stream().map(ColumnInfo::label).toList(), keys, columns);
  }

  /** Returns the rows affected in all. */
  public long total() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
