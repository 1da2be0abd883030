package dev.turntable.simulator.handinger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A planned or repeated start of a worker. */
public record HandingerSchedule(String id, String budget, String input, When when) {

  /**
   * When a worker starts.
   *
   * @param type {@code scheduled}, {@code delayed}, {@code cron} or {@code interval}; each of the last
   *     three has its own further member, the others are null and left out
   */
  public record When(
      String type,
      Instant nextRunAt,
      @Nullable Integer delayInSeconds,
      @Nullable Integer intervalSeconds,
      @Nullable String cron) {

    public static When scheduled(Instant next) {
      return new When("scheduled", next, null, null, null);
    }

    public static When delayed(Instant next, int seconds) {
      return new When("delayed", next, seconds, null, null);
    }

    public static When interval(Instant next, int seconds) {
      return new When("interval", next, null, seconds, null);
    }

    public static When cron(Instant next, String expression) {
      return new When("cron", next, null, null, expression);
    }
  }
}
