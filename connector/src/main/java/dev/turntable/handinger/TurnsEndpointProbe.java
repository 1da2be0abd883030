package dev.turntable.handinger;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Whether a deployment of the service answers a task with its turns. Learned from its answers, once
 * for all connections of the JVM. Safe for use by several threads.
 */
final class TurnsEndpointProbe {
  /** Static because the shape belongs to the deployment; one small entry per base URL ever used. */
  private static final Map<String, TurnsEndpointProbe> SHAPES = new ConcurrentHashMap<>();

  /**
   * How long a 404 of {@code /turns} is believed to mean "no such task" after the last proof that the
   * service has {@code /turns} at all: a deployment can be rolled back.
   */
  private static final long TRUST_NANOS = Duration.ofMinutes(5).toNanos();

  /** Where the turns of a task are. */
  enum Turns {
    /** Not known yet. */
    UNKNOWN,
    /** In the answer to {@code GET /api/tasks/{id}}. */
    WITH_TASK,
    /** At {@code GET /api/tasks/{id}/turns}. */
    APART
  }

  private final Semaphore probe = new Semaphore(1);
  private Turns known = Turns.UNKNOWN;
  private long provenAt;
  private long contradictedAt;
  private boolean contradicted;
  private boolean probedInVain;

  static TurnsEndpointProbe of(String baseUrl) {
    return SHAPES.computeIfAbsent(baseUrl, url -> new TurnsEndpointProbe());
  }

  /** Forgets a deployment; a test's server may get the port of an earlier one. */
  static void forget(String baseUrl) {
    SHAPES.remove(baseUrl);
  }

  synchronized Turns turns() {
    return known == Turns.APART && System.nanoTime() - provenAt > TRUST_NANOS
        ? Turns.UNKNOWN
        : known;
  }

  synchronized void learn(Turns seen) {
    if (known != Turns.UNKNOWN && known != seen) {
      contradicted = true;
      contradictedAt = System.nanoTime();
    }
    known = seen;
    provenAt = System.nanoTime();
  }

  /** Returns whether both shapes were seen lately, as while a new version is rolled out. */
  synchronized boolean isMixed() {
    return contradicted && System.nanoTime() - contradictedAt < TRUST_NANOS;
  }

  /** Returns the permit to find out: one request that may be in vain is enough. */
  Semaphore probe() {
    return probe;
  }

  /** Returns whether a probe met an unknown task, so that the next one asks for the task first. */
  synchronized boolean wasProbedInVain() {
    return probedInVain;
  }

  synchronized void probedInVain() {
    probedInVain = true;
  }
}
