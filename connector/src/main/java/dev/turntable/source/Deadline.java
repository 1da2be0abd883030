package dev.turntable.source;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** When a statement runs out of time. */
final class Deadline {
  private final long nanos;
  private final @Nullable ScheduledFuture<?> timer;

  /**
   * Begins to count.
   *
   * @param limit zero for no limit
   * @param ending is ended when the time is over; not kept alive, for a caller may drop the statement
   *     without closing it
   */
  Deadline(Duration limit, ScheduledExecutorService timers, StatementEnd ending) {
    this.nanos = limit.isZero() ? Long.MAX_VALUE : System.nanoTime() + limit.toNanos();
    this.timer =
        limit.isZero()
            ? null
            : timers.schedule(end(ending, limit), limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static Runnable end(StatementEnd ending, Duration limit) {
    WeakReference<StatementEnd> weak = new WeakReference<>(ending);
    return () -> {
      StatementEnd known = weak.get();
      if (known != null) {
        known.end(
            ErrorKind.TIMEOUT,
            "the statement took longer than its time-out of "
                + limit.toMillis()
                + " ms: ask for less, or raise it");
      }
    };
  }

  /** Returns the time left, or empty if there is no limit; never negative. */
  Optional<Duration> remaining() {
    return nanos == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())));
  }

  void forget() {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
