package dev.turntable.simulator.handinger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Client;
import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.server.Times;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class HandingerDataTest {

  private static String everything(SimulatorOptions options) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Simulator simulator = Simulator.start(options);
        Client client = new Client(simulator.handingerUrl(), options.handinger().key())) {
      simulator.handinger().shape(HandingerState.Shape.LEGACY);
      for (String id : simulator.handinger().taskIds()) {
        all.append(client.get("/api/tasks/" + id).text()).append('\n');
      }
      for (String id : simulator.handinger().workerIds()) {
        all.append(client.get("/api/workers/" + id).text()).append('\n');
        all.append(client.get("/api/workers/" + id + "/schedules").text()).append('\n');
        all.append(client.get("/api/workers/" + id + "/webhook/executions").text()).append('\n');
      }
    }
    return all.toString();
  }

  private static List<HandingerTask> tasks(SimulatorOptions options) throws IOException {
    try (Simulator simulator = Simulator.start(options)) {
      return simulator.handinger().tasks();
    }
  }

  @Test
  void sameSeedSameBytes() throws Exception {
    String first = everything(SimulatorOptions.defaults());
    assertThat(first).hasSizeGreaterThan(100_000);
    assertThat(everything(SimulatorOptions.defaults())).isEqualTo(first);
    assertThat(everything(SimulatorOptions.builder().seed(43).build())).isNotEqualTo(first);
    assertThat(everything(SimulatorOptions.demo())).isEqualTo(everything(SimulatorOptions.demo()));
  }

  @Test
  void answersSayWhatTheStateHolds() throws Exception {
    try (Simulator simulator = Simulator.start();
        Client client = new Client(simulator.handingerUrl(), HandingerOptions.KEY)) {
      for (HandingerTask task : simulator.handinger().tasks()) {
        Client.Reply reply = client.get("/api/tasks/" + task.id());
        assertThat(reply.at("task", "createdAt")).isEqualTo(Times.iso(task.createdAt()));
        assertThat(reply.at("task", "title")).isEqualTo(task.title());
        assertThat(reply.at("task", "url")).isEqualTo(task.url());
        assertThat(reply.at("task", "totals"))
            .isEqualTo(
                Map.of(
                    "credits", (double) task.credits(),
                    "durationMs", (double) task.durationMs(),
                    "turnCount", (double) task.turns().size()));
        Client.Reply turns = client.get("/api/tasks/" + task.id() + "/turns");
        Set<String> outputs = new HashSet<>();
        for (Object turn : turns.list("items")) {
          outputs.add((String) ((Map<?, ?>) turn).get("outputText"));
        }
        assertThat(outputs)
            .isEqualTo(
                task.turns().stream().map(HandingerTurn::outputText).collect(Collectors.toSet()));
      }
    }
  }

  @Test
  void dataHoldWhatBreaksCarelessClients() throws Exception {
    List<HandingerTask> tasks = tasks(SimulatorOptions.defaults());
    List<HandingerTurn> turns = tasks.stream().flatMap(task -> task.turns().stream()).toList();
    assertThat(tasks).hasSize(101);
    assertThat(tasks.subList(0, 20))
        .extracting(HandingerTask::status)
        .contains("pending", "running", "completed", "error", "aborted");
    assertThat(tasks)
        .extracting(HandingerTask::triggeredBy)
        .contains("api", "email", "schedule", "ui");
    assertThat(tasks).extracting(task -> task.turns().size()).contains(1, 2, 3, 4);
    assertThat(tasks).extracting(HandingerTask::createdByUserId).containsNull();
    assertThat(tasks).extracting(HandingerTask::url).containsNull();
    assertThat(tasks)
        .allSatisfy(
            task ->
                assertThat(task.completedAt() == null)
                    .isEqualTo(Set.of("pending", "running").contains(task.status())));
    assertThat(tasks.stream().map(task -> task.createdAt().getNano()).distinct().count())
        .isGreaterThan(80);
    assertThat(turns).extracting(HandingerTurn::structuredOutput).containsNull();
    assertThat(turns).extracting(HandingerTurn::files).containsNull().contains(List.of());
    assertThat(turns).anyMatch(turn -> turn.inputTokens() > Integer.MAX_VALUE);
    assertThat(turns).anyMatch(turn -> turn.outputText().length() > 15_000);
    String text = turns.stream().map(HandingerTurn::outputText).collect(Collectors.joining());
    assertThat(text).contains("東京", "☀️", "e\u0301", "\"", "'", "\n", "\r", "\t", "\u0001");
    assertThat(tasks.subList(0, 100))
        .isSortedAccordingTo(java.util.Comparator.comparing(HandingerTask::createdAt));
    assertThat(tasks)
        .allSatisfy(task -> assertThat(task.createdAt()).isBefore(SimulatorOptions.DEFAULT_NOW));
  }

  @Test
  void answersHoldOddForms() throws Exception {
    String all = everything(SimulatorOptions.defaults());
    assertThat(all)
        .containsPattern("\"credits\":[0-9]+\\.0,")
        .containsPattern("\"credits\":[0-9]+,")
        .contains("\"labels\":[\"new\"]", "\"model\":{\"vendor\":null}")
        .contains("12345678901234567890", "1e3", "19.90")
        .contains("\"createdByUserId\":null", "\"structuredOutput\":null", "\"files\":[]")
        .doesNotContain("paused", "\"skipped\"");
    assertThat(everything(SimulatorOptions.builder().unknownEnums(true).build()))
        .contains("\"status\":\"paused\"", "\"triggeredBy\":\"webhook\"", "\"skipped\"");
  }

  @Test
  void someTurnsComeInAnotherOrder() throws Exception {
    try (Simulator simulator = Simulator.start();
        Client client = new Client(simulator.handingerUrl(), HandingerOptions.KEY)) {
      int shuffled = 0;
      for (HandingerTask task : simulator.handinger().tasks()) {
        List<Object> seqs =
            client.get("/api/tasks/" + task.id() + "/turns").list("items").stream()
                .map(turn -> (Object) ((Map<?, ?>) turn).get("seq"))
                .toList();
        assertThat(seqs).hasSameSizeAs(task.turns()).doesNotHaveDuplicates().contains(0.0);
        shuffled += seqs.get(0).equals(0.0) ? 0 : 1;
      }
      assertThat(shuffled).isBetween(5, 50);
    }
  }

  @Test
  void logsNameEveryFinishedTask() throws Exception {
    try (Simulator simulator = Simulator.start()) {
      HandingerState state = simulator.handinger();
      Set<String> named = new HashSet<>();
      for (String worker : state.workerIds()) {
        for (HandingerExecution execution : state.executions(worker)) {
          assertThat(execution.workerId()).isEqualTo(worker);
          if (execution.taskId() != null) {
            HandingerTask task = state.task(execution.taskId()).orElseThrow();
            assertThat(task.workerId()).isEqualTo(worker);
            assertThat(task.title()).isEqualTo(execution.taskTitle());
            assertThat(task.status()).isIn("completed", "error", "aborted");
            named.add(task.id());
          }
        }
      }
      assertThat(named)
          .hasSize(
              (int)
                  state.tasks().stream()
                      .filter(task -> task.completedAt() != null)
                      .filter(task -> !task.id().equals(HandingerState.PUBLISHED_TASK))
                      .count());
      assertThat(state.executions(state.workerIds().get(0)))
          .extracting(HandingerExecution::taskId)
          .containsNull();
    }
  }

  @Test
  void demoIsDiscoverableThroughItsWorkers() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorOptions.demo());
        Client client = new Client(simulator.handingerUrl(), HandingerOptions.DEMO_KEY)) {
      HandingerState state = simulator.handinger();
      assertThat(state.workerIds()).isEqualTo(HandingerState.demoWorkerIds());
      List<String> named =
          state.workerIds().stream()
              .flatMap(worker -> state.executions(worker).stream())
              .map(HandingerExecution::taskId)
              .filter(Objects::nonNull)
              .toList();
      assertThat(new HashSet<>(named)).isEqualTo(new HashSet<>(state.taskIds()));
      assertThat(named).hasSizeGreaterThan(state.taskIds().size());
      assertThat(state.tasks())
          .extracting(HandingerTask::status)
          .contains("pending", "running", "completed", "error", "aborted");
      assertThat(client.get("/api/tasks/" + HandingerState.PUBLISHED_TASK).status()).isEqualTo(200);
    }
  }

  @Test
  void demoMovesWithItsClock() throws Exception {
    java.time.Instant now = java.time.Instant.parse("2027-01-31T08:30:00Z");
    List<HandingerTask> moved = tasks(SimulatorOptions.demo(now));
    assertThat(moved.subList(0, 60))
        .allSatisfy(
            task ->
                assertThat(task.createdAt())
                    .isBetween(now.minus(java.time.Duration.ofDays(95)), now));
    assertThat(moved.stream().mapToLong(HandingerTask::credits).sum())
        .isEqualTo(tasks(SimulatorOptions.demo()).stream().mapToLong(HandingerTask::credits).sum());
  }

  @Test
  void anySize() throws Exception {
    List<HandingerTask> tasks =
        tasks(SimulatorOptions.builder().tasks(3000).workers(20).turns(2, 2).build());
    assertThat(tasks).hasSize(3001);
    assertThat(tasks).extracting(HandingerTask::id).doesNotHaveDuplicates();
    assertThat(tasks.subList(0, 3000)).allSatisfy(task -> assertThat(task.turns()).hasSize(2));
    assertThat(tasks)
        .extracting(HandingerTask::workerId)
        .containsAll(Set.of(tasks.get(7).workerId()));
  }
}
