package dev.turntable.http;

import dev.turntable.source.StatementScope;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pace of requests with one key to one service, shared by all connections of the JVM: so many
 * per second, and none during the pause that a 429 asks for.
 */
final class Pace {
  /** Static because the service counts per key, not per connection; entries go with their users. */
  private static final Map<String, WeakReference<Pace>> PACES = new ConcurrentHashMap<>();

  private static final long ORIGIN = System.nanoTime();

  private long nextSlot;
  private long pausedUntil;

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

  /** Waits until a request may go. */
  void await(StatementScope scope, double perSecond) {
    while (true) {
      waitUntil(scope, pausedUntil());
      if (perSecond <= 0) {
        return;
      }
      waitUntil(scope, reserve(perSecond));
      if (pausedUntil() <= now()) {
        return;
      }
      // A pause came meanwhile, and the slot is stale: those who waited must not leave in a burst.
    }
  }

  private static void waitUntil(StatementScope scope, long time) {
    long left = time - now();
    if (left > 0) {
      scope.pause(Duration.ofNanos(left));
    }
  }

  /** Lets no request go for so long. */
  synchronized void pause(Duration duration) {
    pausedUntil = Math.max(pausedUntil, now() + duration.toNanos());
  }

  private synchronized long pausedUntil() {
    return pausedUntil;
  }

  private synchronized long reserve(double perSecond) {
    long slot = Math.max(now(), nextSlot);
    nextSlot = slot + (long) (1e9 / perSecond);
    return slot;
  }

  private static long now() {
    return System.nanoTime() - ORIGIN;
  }
}
