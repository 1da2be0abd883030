package dev.turntable.store.file;

import java.time.Instant;

/** Times as DuckDB counts them. */
public final class Micros {
  private static final long PER_SECOND = 1_000_000;

  private static final int NANOS = 1_000;

  private Micros() {}

  public static long of(Instant time) {
    return time.getEpochSecond() * PER_SECOND + time.getNano() / NANOS;
  }

  public static Instant time(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * NANOS);
  }
}
