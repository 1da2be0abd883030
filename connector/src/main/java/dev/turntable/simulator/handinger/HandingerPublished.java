package dev.turntable.simulator.handinger;

import dev.turntable.simulator.server.Times;
import java.time.Instant;
import java.util.List;

/** The task of the service's own published example, value by value. */
final class HandingerPublished {
  static final String TASK = "tsk_2Z-YWz3hFq6VlW";
  static final String WORKER = "wrk_vk81XUHKHG-qr4";
  static final String USER = "usr_7yh-91XzM2nQ4";

  private HandingerPublished() {}

  static HandingerTask task() {
    Instant begin = Times.utc(2026, 5, 11, 9, 14, 22);
    Instant end = Times.utc(2026, 5, 11, 9, 14, 48);
    HandingerTurn turn =
        HandingerTurn.builder("trn_4Hq-9Vk2pLm8Rx", TASK, 0)
            .status("completed")
            .input("What's the weather today in Barcelona?")
            .output(
                "It's currently 21°C and sunny in Barcelona with a light breeze from the south-east.",
                "{\"temperatureCelsius\":\"bar\",\"conditions\":\"bar\"}")
            .tokens(1842, 312)
            .cost(42, 25_812)
            .time(begin, end)
            .files(null)
            .build();
    return HandingerTask.builder(TASK, WORKER)
        .title("Weather report for Barcelona")
        .status("completed")
        .from("api", HandingerTask.ORGANIZATION, USER)
        .time(begin, end)
        .url(HandingerTask.url(WORKER, TASK))
        .turns(List.of(turn))
        .build();
  }
}
