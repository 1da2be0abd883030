package dev.turntable.simulator.handinger;

import dev.turntable.simulator.server.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** Reads the body of a new schedule. */
final class HandingerSchedules {
  static final List<String> TYPES = List.of("scheduled", "delayed", "cron", "interval");
  private static final int LONGEST_SECONDS = 31_536_000;

  private HandingerSchedules() {}

  /**
   * The schedule that a body asks for. A cron expression is not worked out (its dialect is not
   * published): its next run is an hour away.
   *
   * @throws Refusal 400
   */
  static HandingerSchedule parse(String id, HandingerBody body, Instant now) {
    String input = body.text("input");
    String budget = body.budget();
    HandingerBody when = body.object("when");
    String type = when.text("type");
    return switch (type) {
      case "scheduled" ->
          new HandingerSchedule(id, type, budget, input, date(when.text("date")), null, null, null);
      case "delayed" -> {
        int seconds = when.integer("delayInSeconds", 1, LONGEST_SECONDS);
        yield new HandingerSchedule(
            id, type, budget, input, now.plusSeconds(seconds), seconds, null, null);
      }
      case "interval" -> {
        int seconds = when.integer("intervalSeconds", 1, LONGEST_SECONDS);
        yield new HandingerSchedule(
            id, type, budget, input, now.plusSeconds(seconds), null, seconds, null);
      }
      case "cron" ->
          new HandingerSchedule(
              id, type, budget, input, now.plusSeconds(3600), null, null, when.text("cron"));
      default -> throw new Refusal(400, "when.type must be one of " + TYPES);
    };
  }

  private static Instant date(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new Refusal(400, "when.date is no date: " + text);
    }
  }
}
