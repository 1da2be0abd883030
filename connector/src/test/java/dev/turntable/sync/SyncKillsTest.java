package dev.turntable.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.Until;
import dev.turntable.plan.Bench;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.store.file.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that brings a store up to date is killed again and again, and another one goes on. */
final class SyncKillsTest {
  private static final int KILLS = Integer.getInteger("turntable.kills", 3);

  /** The list of tasks and the sample that tells how close together runs are. */
  private static final int FIXED = 4;

  private static final int IN_FLIGHT = 8;
  private static final int PAGES = 10;
  private static final int RUNS = 4_000 + KILLS * 400;

  private final Bench bench =
      Bench.rightbrain(RightbrainOptions.builder().tasks(4).runsPerTask(RUNS / 4).build());

  @TempDir Path temp;

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void nothingIsLostAndLittleIsReadAgain() throws Exception {
    Path store = temp.resolve("store");
    Random random = new Random(20_261_201);
    bench.simulator().latency(Duration.ofMillis(2));
    int requests = 0;
    for (int i = 0; i < KILLS; i++) {
      bench.simulator().clearRequests();
      Process process = process(store);
      int moment = 2 + random.nextInt(16);
      Until.holds("pages are read", () -> pages().size() >= moment || !process.isAlive());
      process.destroyForcibly().waitFor();
      requests += pages().size();
    }
    bench.simulator().clearRequests();
    assertThat(process(store).waitFor()).isZero();
    requests += pages().size();

    assertThat(requests).isLessThanOrEqualTo(RUNS / 100 + 40 + KILLS * (FIXED + IN_FLIGHT + PAGES));
    Stores.letGo(store);
    bench
        .store(store, "maxAge", "3600", "finalMaxAge", "unlimited")
        .sql("SELECT COUNT(*), COUNT(DISTINCT id) FROM task_runs")
        .rows()
        .sent(0)
        .is(RUNS + " | " + RUNS);
  }

  private List<String> pages() {
    return bench.simulator().requests().stream().map(ReceivedRequest::line).toList();
  }

  private Process process(Path store) throws Exception {
    return SyncProcess.start(bench.simulator(), store, temp.resolve("said"));
  }
}
