package dev.turntable.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a write did.
 *
 * @param counts rows affected, per set of parameters
 * @param keyNames the columns of the generated keys; empty if there are none
 * @param keys the generated keys of the inserted rows, in row order; where they were not asked for,
 *     of those rows whose keys are known without
 */
public record UpdateResult(
    List<Long> counts, List<String> keyNames, List<List<@Nullable Object>> keys) {
  /** Returns the rows affected in all. */
  public long total() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
