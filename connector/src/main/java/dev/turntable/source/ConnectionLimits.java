package dev.turntable.source;

import java.time.Duration;

/**
 * The limits of one connection.
 *
 * @param maxRequests requests per statement, repeats included; 0 means no limit
 * @param maxConcurrentRequests reads in flight
 * @param maxConcurrentWrites writes in flight
 * @param maxAge how old an answer may be that is used again; zero means none is
 * @param readOnly whether writes are refused
 */
public record ConnectionLimits(
    long maxRequests,
    int maxConcurrentRequests,
    int maxConcurrentWrites,
    Duration maxAge,
    boolean readOnly) {
  /** No request limit, eight reads and four writes at a time, nothing reused, writes allowed. */
  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(0, 8, 4, Duration.ZERO, false);

  public ConnectionLimits {
    if (maxConcurrentRequests < 1 || maxConcurrentWrites < 1) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE, "maxConcurrentRequests and maxConcurrentWrites must be at least 1");
    }
  }
}
