package dev.turntable.http;

import dev.turntable.source.ValueSize;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a read, as equal requests share it.
 *
 * @param began when its request began
 * @param status the HTTP status
 * @param bytes the size of the body
 * @param body what was read, or null if the service knows no such thing
 * @param missing then: the refusal, for who cannot do without
 */
record SharedAnswer<T>(
    Instant began, int status, long bytes, @Nullable T body, @Nullable HttpFailure missing) {
  /** Records take about twice the bytes of their JSON. */
  static final int PER_BYTE = 2;

  /** Returns about how many bytes it takes in memory. */
  long size() {
    return ValueSize.withRest(bytes * PER_BYTE);
  }
}
