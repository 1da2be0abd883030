package dev.turntable.http;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pace of requests with one key to one service, shared by all connections of the JVM: so many
 * per second, in the order in which they came, and none during the pause that a 429 asks for. A
 * request that gives up leaves the queue, so that those behind it move up.
 */
final class Pace {
  /** Static because the service counts per key, not per connection; entries go with their users. */
  private static final Map<String, WeakReference<Pace>> PACES = new ConcurrentHashMap<>();

  /** How often one who waits looks whether somebody before it has given up. */
  private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

  private static final long ORIGIN = System.nanoTime();

  private final Deque<Turn> queue = new ArrayDeque<>();
  private long nextTurn;
  private long pausedUntil;

  /** A request that waits; its interval is the time that it keeps those behind it waiting. */
  private static final class Turn {
    private final long interval;

    Turn(double perSecond) {
      this.interval = perSecond <= 0 ? 0 : (long) (1e9 / perSecond);
    }
  }

  static Pace of(String baseUrl, String secret) {
    PACES.values().removeIf(reference -> reference.refersTo(null));
    // The hash tells keys apart without keeping one alive.
    String key = hash(secret) + " " + baseUrl;
    while (true) {
      WeakReference<Pace> entry =
          PACES.compute(
              key,
              (k, old) ->
                  old == null || old.refersTo(null) ? new WeakReference<>(new Pace()) : old);
      Pace pace = entry.get();
      if (pace != null) {
        return pace;
      }
    }
  }

  private static long hash(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    return hash;
  }

  /**
   * Waits until a request may go, and takes its turn only then.
   *
   * @param request what waits, for messages
   * @throws TurntableException as {@link ErrorKind#TIMEOUT}, at once, if the turn lies beyond the
   *     statement's time-out
   */
  void await(StatementScope scope, double perSecond, String request) {
    Turn turn = new Turn(perSecond);
    synchronized (this) {
      if (perSecond <= 0 && pausedUntil <= now()) {
        return;
      }
      queue.add(turn);
    }
    Runnable undo = scope.onCancel(() -> request + ", which waits for its turn", () -> {});
    try {
      long left = left(turn);
      while (left > 0) {
        ensureInTime(scope, left, turn, request);
        scope.pause(Duration.ofNanos(Math.min(left, LOOK_NANOS)));
        left = left(turn);
      }
    } finally {
      undo.run();
      synchronized (this) {
        queue.remove(turn);
      }
    }
  }

  /** Returns how long a request must wait as it looks now; takes the turn if that is no time. */
  private synchronized long left(Turn turn) {
    long now = now();
    long at = pausedUntil > now ? Math.max(pausedUntil, nextTurn) : nextTurn;
    for (Turn before : queue) {
      if (before.equals(turn)) {
        break;
      }
      at = Math.max(at, now) + before.interval;
    }
    if (turn.interval == 0) {
      at = pausedUntil; // without a pace of its own only the pause counts
    }
    if (at > now) { // equivalent (ConditionalsBoundaryMutator): by a nanosecond
      return at - now;
    }
    nextTurn = Math.max(now, nextTurn) + turn.interval;
    queue.remove(turn);
    return 0;
  }

  private void ensureInTime(StatementScope scope, long left, Turn turn, String request) {
    Duration wait = Duration.ofNanos(left);
    if (scope.remaining().map(time -> time.compareTo(wait) >= 0).orElse(true)) {
      return;
    }
    scope.ensureOpen();
    long pause = pausedUntil() - now();
    throw new TurntableException(
        ErrorKind.TIMEOUT,
        request
            + " was not sent: "
            + (pause > 0
                ? "the service has asked by 429 for a pause, which lasts "
                    + seconds(pause)
                    + " more"
                : "requestsPerSecond=" + perSecond(turn) + " lets it go in " + seconds(left))
            + ", longer than the statement's time-out leaves");
  }

  private static String perSecond(Turn turn) {
    return new BigDecimal(1e9 / turn.interval)
        .setScale(3, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos, 9)
            .setScale(1, RoundingMode.UP)
            .stripTrailingZeros()
            .toPlainString()
        + " s";
  }

  /** Lets no request go for so long. */
  synchronized void pause(Duration duration) {
    pausedUntil = Math.max(pausedUntil, now() + duration.toNanos());
  }

  private synchronized long pausedUntil() {
    return pausedUntil;
  }

  private static long now() {
    return System.nanoTime() - ORIGIN;
  }
}
