package dev.turntable.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.server.Times;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SimulatorTest {

  @Test
  void listensOnTheLoopbackOnly() throws Exception {
    try (Simulator simulator = Simulator.start()) {
      assertThat(simulator.handingerUrl()).startsWith("http://127.0.0.1:");
      assertThat(simulator.url("handinger")).isEqualTo(simulator.handingerUrl());
      assertThatThrownBy(() -> simulator.url("other")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void leavesNoThreadThatKeepsTheProgramAlive() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (Simulator simulator = Simulator.start();
        Client client = new Client(simulator.handingerUrl(), HandingerOptions.KEY)) {
      client.get("/api/tasks/none");
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !before.contains(thread))
          .filteredOn(thread -> !thread.getName().startsWith("OkHttp"))
          .isNotEmpty()
          .allMatch(Thread::isDaemon);
    }
  }

  @Test
  void closedOneAnswersNobody() throws Exception {
    Simulator simulator = Simulator.start();
    simulator.close();
    simulator.close();
    try (Client client = new Client(simulator.handingerUrl(), HandingerOptions.KEY)) {
      assertThatThrownBy(() -> client.get("/")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void takenPortIsAnError() throws Exception {
    try (Simulator simulator = Simulator.start()) {
      int port = URI.create(simulator.handingerUrl()).getPort();
      SimulatorOptions same = SimulatorOptions.builder().port(port).build();
      assertThatThrownBy(() -> Simulator.start(same)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void badSizesAreRefused() {
    assertThatThrownBy(() -> SimulatorOptions.builder().workers(0).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SimulatorOptions.builder().turns(3, 2).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void commandLine() throws Exception {
    String lines = printed("--tasks", "7", "--shape", "legacy", "--key", "k", "--latency-ms", "1");
    assertThat(lines)
        .matches(
            "http://127\\.0\\.0\\.1:\\d+ key k\\R"
                + "http://127\\.0\\.0\\.1:\\d+/api/v1 key rb_live_simulator\\R");
    assertThat(
            printed("--rightbrain-tasks", "1", "--rightbrain-runs", "5", "--rightbrain-key", "r"))
        .endsWith("/api/v1 key r" + System.lineSeparator());
    assertThat(printed("--demo"))
        .contains(" key hdg_live_demo" + System.lineSeparator())
        .endsWith("/api/v1 key rb_live_demo" + System.lineSeparator());
    for (List<String> wrong :
        List.of(List.of("--nonsense", "1"), List.of("--tasks"), List.of("--tasks", "x"))) {
      assertThatThrownBy(() -> printed(wrong.toArray(String[]::new)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String printed(String... arguments) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, UTF_8);
    SimulatorMain.start(new ArrayDeque<>(List.of(arguments)), out).close();
    return bytes.toString(UTF_8);
  }

  @Test
  void timesHaveMilliseconds() {
    assertThat(Times.iso(Instant.parse("2026-05-11T09:14:22Z")))
        .isEqualTo("2026-05-11T09:14:22.000Z");
    assertThat(Times.iso(Instant.parse("1969-12-31T23:59:59.007999Z")))
        .isEqualTo("1969-12-31T23:59:59.007Z");
  }
}
