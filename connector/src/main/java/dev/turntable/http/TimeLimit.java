package dev.turntable.http;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * How long one attempt of a request may take.
 *
 * @param name what sets it, for messages
 * @param length zero means no limit
 */
record TimeLimit(String name, Duration length) {
  /** Returns the shorter of the property for such a request and JDBC's network time-out. */
  static TimeLimit of(HttpOptions options, Duration network, boolean write) {
    TimeLimit own =
        write
            ? new TimeLimit("runTimeout=", options.timeouts().run())
            : new TimeLimit("requestTimeout=", options.timeouts().request());
    boolean shorter = own.length.isZero() || network.compareTo(own.length) < 0;
    return network.isZero() || !shorter ? own : new TimeLimit("the network time-out of ", network);
  }

  @Override
  public String toString() {
    return name
        + BigDecimal.valueOf(length.toMillis(), 3).stripTrailingZeros().toPlainString()
        + " s";
  }
}
