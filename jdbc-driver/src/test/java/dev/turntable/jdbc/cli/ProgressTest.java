package dev.turntable.jdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.cli.script.Console;
import dev.turntable.jdbc.cli.script.Screen;
import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far a statement is, on a terminal. */
class ProgressTest {
  private Simulator simulator;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorOptions.builder().tasks(60).build());
    simulator.latency(Duration.ofMillis(150));
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private String said(Screen screen, String sql) {
    return said(screen, sql, new ByteArrayOutputStream());
  }

  private String said(Screen screen, String sql, OutputStream out) {
    String url =
        "jdbc:turntable:handinger+rightbrain:handinger.baseUrl="
            + simulator.handingerUrl()
            + ";rightbrain.baseUrl="
            + simulator.rightbrainUrl()
            + ";handinger.apiKey="
            + HandingerOptions.KEY
            + ";rightbrain.apiKey="
            + RightbrainOptions.KEY
            + ";maxConcurrentRequests=4;handinger.workerIds="
            + String.join(",", simulator.handinger().workerIds());
    Console console =
        new Console(
            Map.of(),
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            screen);
    assertThat(new CommandLine(console).run(url, "-c", sql)).isZero();
    return err.toString(StandardCharsets.UTF_8);
  }

  private static Screen terminal() {
    return new Screen(false, false, true, 80, 24);
  }

  /** Ids that the statement names, or that are known before the first request. */
  @Test
  void idsHaveATotalAndATimeLeft() {
    simulator.latency(Duration.ofMillis(450)); // longer than until the line is first shown
    String ids = String.join("', '", simulator.handinger().taskIds().subList(0, 20));
    assertThat(said(terminal(), "SELECT COUNT(*) FROM tasks WHERE id IN ('" + ids + "')"))
        .containsPattern("\\d+ of 20 requests … \\d+ s, \\d+ s left")
        .contains("20 requests, ")
        .doesNotContain("at least");
  }

  /** As long as logs are read nobody knows how many tasks they name. */
  @Test
  void logsTellHowManyThereAreAtLeast() {
    assertThat(said(terminal(), "SELECT COUNT(*) FROM tasks"))
        .containsPattern("\\d+ of at least \\d+ requests … \\d+ s, \\d+ s or more left")
        .contains("60 requests, ");
  }

  /** The turns of those tasks follow, and nobody knows yet how many requests they take. */
  @Test
  void furtherTablesMakeItATotalAtLeast() {
    assertThat(
            said(
                terminal(),
                "SELECT COUNT(*) FROM tasks t JOIN turns u ON u.task_id = t.id WHERE t.credits >= 0"))
        .containsPattern("\\d+ of at least \\d+ requests … \\d+ s")
        .doesNotContain(" s left");
  }

  /** A limit may end the reading anywhere. */
  @Test
  void aLimitHasNoTotal() {
    assertThat(said(terminal(), "SELECT id FROM tasks WHERE title <> '' LIMIT 20"))
        .containsPattern("\\d+ requests? … \\d+ s")
        .doesNotContainPattern("\\d of ");
  }

  /** Nobody at a terminal waits for the last row to see the first. */
  @Test
  void slowRowsAreShownBeforeTheLast() {
    simulator.latency(Duration.ofMillis(500));
    List<Integer> sentWhenSeen = new ArrayList<>();
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int from, int length) {
            if (new String(bytes, from, length, StandardCharsets.UTF_8).contains("tsk_")) {
              sentWhenSeen.add(simulator.requests().size());
            }
          }
        };
    String ids = String.join("', '", simulator.handinger().taskIds().subList(0, 20));
    said(
        new Screen(false, true, true, 80, 24),
        "SELECT id FROM tasks WHERE id IN ('" + ids + "')",
        out);
    assertThat(sentWhenSeen).hasSizeGreaterThan(1);
    assertThat(sentWhenSeen.get(0)).isLessThan(20);
  }

  @Test
  void nobodyIsToldWithoutATerminal() {
    assertThat(said(Screen.NONE, "SELECT COUNT(*) FROM tasks"))
        .doesNotContain("…", "\u001b", "requests");
  }
}
