package dev.turntable.store.write;

import dev.turntable.source.WriteTrace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By what it can be told later whether a write was carried out.
 *
 * @param key the key made for its row, or null if the service makes them
 * @param trace by what its row is known again, or null if by nothing else
 */
public record WriteEvidence(@Nullable String key, @Nullable WriteTrace trace) {
  public static final WriteEvidence NONE = new WriteEvidence(null, null);

  /** Returns its values as they are noted, with nothing in them that people have written. */
  List<@Nullable Object> noted(@Nullable String contentHash) {
    return trace == null
        ? java.util.Arrays.asList(key, null, null, null, null, null, null)
        : java.util.Arrays.asList(
            key,
            trace.table(),
            trace.parentColumn(),
            trace.parent(),
            trace.contentColumn(),
            contentHash,
            trace.timeColumn());
  }
}
