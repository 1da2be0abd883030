package dev.turntable.simulator.handinger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Client;
import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HandingerWorkersTest {
  private Simulator simulator;
  private HandingerState state;
  private Client client;
  private String worker;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorOptions.builder().executions(120).schedules(8).build());
    state = simulator.handinger();
    client = new Client(simulator.handingerUrl(), HandingerOptions.KEY);
    worker = "/api/workers/" + state.workerIds().get(0);
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void workerShowsItsLatestTask() throws Exception {
    HandingerTask latest =
        state.tasks().stream()
            .filter(task -> worker.endsWith(task.workerId()))
            .reduce((older, newer) -> newer)
            .orElseThrow();
    Client.Reply run = client.get(worker);
    assertThat(run.at("created_at")).isEqualTo((double) latest.createdAt().getEpochSecond());
    assertThat(run.at("usage", "durationMs")).isEqualTo((double) latest.durationMs());
    assertThat(((Map<?, ?>) run.at("usage")).containsKey("credits")).isFalse();
    assertThat(client.get(worker + "?taskId=" + latest.id()).text()).isEqualTo(run.text());
  }

  @Test
  void workerShowsTheTaskAskedFor() throws Exception {
    state.shape(HandingerState.Shape.LEGACY);
    String path = "/api/workers/" + HandingerState.PUBLISHED_WORKER;
    Client.Reply run = client.get(path + "?taskId=" + HandingerState.PUBLISHED_TASK);
    assertThat(run.at("output_text")).asString().startsWith("It's currently 21°C");
    assertThat(run.at("structured_output", "conditions")).isEqualTo("bar");
    assertThat(run.at("usage", "credits")).isEqualTo(42.0);
    assertThat(client.get(path + "?taskId=none").status()).isEqualTo(404);
    assertThat(client.get(path + "?taskId=" + state.taskIds().get(0)).status()).isEqualTo(404);
  }

  @Test
  void workerThatNeverRan() throws Exception {
    try (Simulator empty = Simulator.start(SimulatorOptions.builder().tasks(0).build());
        Client asker = new Client(empty.handingerUrl(), HandingerOptions.KEY)) {
      Client.Reply run = asker.get("/api/workers/" + empty.handinger().workerIds().get(0));
      assertThat(run.at("status")).isEqualTo("pending");
      assertThat(run.at("created_at")).isNull();
      assertThat(run.list("messages")).isEmpty();
    }
  }

  @Test
  void logHasFiftyAPageNewestFirst() throws Exception {
    List<Object> ids = new ArrayList<>();
    List<Object> times = new ArrayList<>();
    for (int page = 1; page <= 3; page++) {
      Client.Reply reply = client.get(worker + "/webhook/executions?page=" + page);
      assertThat(reply.at("page")).isEqualTo((double) page);
      assertThat(reply.at("pageCount")).isEqualTo(3.0);
      assertThat(reply.at("totalCount")).isEqualTo(120.0);
      List<Object> logs = reply.list("logs");
      assertThat(logs).hasSize(page < 3 ? 50 : 20);
      logs.forEach(log -> ids.add(((Map<?, ?>) log).get("id")));
      logs.forEach(log -> times.add(((Map<?, ?>) log).get("createdAt")));
    }
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(times.stream().map(String.class::cast).toList())
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(ids)
        .isEqualTo(
            state.executions(state.workerIds().get(0)).stream()
                .map(HandingerExecution::id)
                .toList());
    assertThat(client.get(worker + "/webhook/executions").text())
        .isEqualTo(client.get(worker + "/webhook/executions?page=1").text());
    assertThat(client.get(worker + "/webhook/executions?page=4").list("logs")).isEmpty();
  }

  @Test
  void logIsNewestFirstInWhateverOrderCallsEnd() {
    HandingerWorker busy = new HandingerWorker("w", List.of(), List.of(), Optional.empty());
    for (int second : new int[] {3, 1, 4, 1, 5, 2}) {
      busy.log(
          HandingerExecution.delivered(
              "whe_" + busy.executions().size(), "w", Instant.ofEpochSecond(second), 25));
    }
    assertThat(busy.executions().stream().map(HandingerExecution::id))
        .containsExactly("whe_4", "whe_2", "whe_0", "whe_5", "whe_3", "whe_1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "", "1.5"})
  void badPage(String page) throws Exception {
    assertThat(client.get(worker + "/webhook/executions?page=" + page).status()).isEqualTo(400);
  }

  @Test
  void lastPagesOfALongLogAreAsQuickAsTheFirst() throws Exception {
    try (Simulator large =
            Simulator.start(SimulatorOptions.builder().executions(1_000_000).build());
        Client asker = new Client(large.handingerUrl(), HandingerOptions.KEY)) {
      String path = "/api/workers/" + large.handinger().workerIds().get(1) + "/webhook/executions";
      Client.Reply last = asker.get(path + "?page=20000");
      assertThat(last.at("pageCount")).isEqualTo(20_000.0);
      assertThat(last.list("logs")).hasSize(50);
    }
  }

  @Test
  void finishedRunIsLogged() throws Exception {
    String id = state.workerIds().get(0);
    client.post("/api/tasks", "{\"input\":\"x\",\"taskId\":\"t\",\"workerId\":\"" + id + "\"}");
    Client.Reply log = client.get(worker + "/webhook/executions");
    assertThat(log.at("totalCount")).isEqualTo(121.0);
    assertThat(log.at("logs", 0, "taskId")).isEqualTo("t");
    assertThat(log.at("logs", 0, "taskTitle")).isEqualTo("x");
    state.addExecution(id, null);
    assertThat(client.get(worker + "/webhook/executions").at("logs", 0, "taskId")).isNull();
  }

  @Test
  void webhookKeepsItsTokenUntilItGoes() throws Exception {
    String path = "/api/workers/" + HandingerState.PUBLISHED_WORKER + "/webhook";
    assertThat(client.get(path).text()).isEqualTo("{\"token\":null,\"url\":null}");
    Client.Reply set = client.call("PUT", path, "{\"url\":\"https://example.com/a\"}");
    Client.Reply moved = client.call("PUT", path, "{\"url\":\"https://example.com/b\"}");
    assertThat(moved.at("token")).isEqualTo(set.at("token")).asString().startsWith("whk_");
    assertThat(moved.at("url")).isEqualTo("https://example.com/b");
    Client.Reply renewed = client.post(path + "/regenerate-token", "{}");
    assertThat(renewed.at("token")).isNotEqualTo(moved.at("token"));
    assertThat(client.delete(path).text()).isEqualTo("{\"token\":null,\"url\":null}");
    assertThat(client.call("PUT", path, "{\"url\":\"http://example.com\"}").status())
        .isEqualTo(400);
    assertThat(client.call("PUT", path, "{}").status()).isEqualTo(400);
  }

  @Test
  void onlyTheCreatorSeesTheLog() throws Exception {
    state.acceptMemberKey("hdg_live_member");
    try (Client member = new Client(simulator.handingerUrl(), "hdg_live_member")) {
      assertThat(member.get(worker + "/webhook/executions").status()).isEqualTo(403);
      assertThat(member.get(worker + "/schedules").status()).isEqualTo(200);
    }
  }

  @Test
  void schedulesOfAllTypes() throws Exception {
    Client.Reply list = client.get(worker + "/schedules");
    assertThat(list.at("timezone")).isEqualTo("Europe/Madrid");
    assertThat(list.at("workerId")).isEqualTo(state.workerIds().get(0));
    List<Object> schedules = list.list("schedules");
    assertThat(schedules).hasSize(8);
    assertThat(schedules)
        .extracting(schedule -> (Object) ((Map<?, ?>) schedule).get("type"))
        .contains("scheduled", "delayed", "cron", "interval");
    assertThat(((Map<?, ?>) list.at("schedules", 1)).containsKey("delayInSeconds")).isTrue();
    assertThat(((Map<?, ?>) list.at("schedules", 1)).containsKey("cron")).isFalse();
  }

  @Test
  void schedulesComeAndGo() throws Exception {
    String body = "{\"input\":\"x\",\"budget\":\"low\",\"when\":%s}";
    for (String when :
        List.of(
            "{\"type\":\"scheduled\",\"date\":\"2026-12-24T18:00:00+01:00\"}",
            "{\"type\":\"delayed\",\"delayInSeconds\":60}",
            "{\"type\":\"interval\",\"intervalSeconds\":60}",
            "{\"type\":\"cron\",\"cron\":\"0 6 * * *\"}")) {
      assertThat(client.post(worker + "/schedules", body.replace("%s", when)).status())
          .as(when)
          .isEqualTo(200);
    }
    Client.Reply made = client.get(worker + "/schedules");
    assertThat(made.at("schedules", 8, "nextRunAt")).isEqualTo("2026-12-24T17:00:00.000Z");
    assertThat(made.at("schedules", 8, "budget")).isEqualTo("low");
    String path = worker + "/schedules/" + made.at("schedules", 8, "id");
    assertThat(client.delete(path).text()).isEqualTo("{\"cancelled\":true}");
    assertThat(client.delete(path).status()).isEqualTo(404);
    for (String when :
        List.of(
            "{}",
            "{\"type\":\"never\"}",
            "{\"type\":\"delayed\",\"delayInSeconds\":0}",
            "{\"type\":\"delayed\",\"delayInSeconds\":1.5}",
            "{\"type\":\"interval\",\"intervalSeconds\":31536001}",
            "{\"type\":\"scheduled\",\"date\":\"soon\"}",
            "{\"type\":\"cron\",\"cron\":\"\"}")) {
      assertThat(client.post(worker + "/schedules", body.replace("%s", when)).status())
          .as(when)
          .isEqualTo(400);
    }
  }

  @Test
  void workerHasAnAddress() throws Exception {
    assertThat(client.get(worker + "/email").at("email")).asString().contains("@");
  }
}
