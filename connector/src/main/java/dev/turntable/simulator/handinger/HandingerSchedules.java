package dev.turntable.simulator.handinger;

import dev.turntable.simulator.handinger.HandingerSchedule.When;
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
    return new HandingerSchedule(id, budget, input, when(body.object("when"), now));
  }

  private static When when(HandingerBody when, Instant now) {
    return switch (when.text("type")) {
      case "scheduled" -> When.scheduled(date(when.text("date")));
      case "delayed" -> {
        int seconds = when.integer("delayInSeconds", 1, LONGEST_SECONDS);
        yield When.delayed(now.plusSeconds(seconds), seconds);
      }
      case "interval" -> {
        int seconds = when.integer("intervalSeconds", 1, LONGEST_SECONDS);
        yield When.interval(now.plusSeconds(seconds), seconds);
      }
      case "cron" -> When.cron(now.plusSeconds(3600), when.text("cron"));
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
