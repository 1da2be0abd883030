package dev.turntable.simulator.handinger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.Until;
import dev.turntable.simulator.Client;
import dev.turntable.simulator.Simulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HandingerTasksTest {
  private static final String TASK =
      "{\"id\":\"tsk_2Z-YWz3hFq6VlW\",\"completedAt\":\"2026-05-11T09:14:48.000Z\","
          + "\"createdAt\":\"2026-05-11T09:14:22.000Z\",\"createdByUserId\":\"usr_7yh-91XzM2nQ4\","
          + "\"organizationId\":\"org_8s1Df9aLp-1z\",\"status\":\"completed\","
          + "\"title\":\"Weather report for Barcelona\","
          + "\"totals\":{\"credits\":42,\"durationMs\":25812,\"turnCount\":1},"
          + "\"triggeredBy\":\"api\",\"url\":\"https://v3.handinger.com/worker/"
          + "wrk_vk81XUHKHG-qr4/task/tsk_2Z-YWz3hFq6VlW\",\"workerId\":\"wrk_vk81XUHKHG-qr4\"}";
  private static final String TURNS =
      "[{\"id\":\"trn_4Hq-9Vk2pLm8Rx\",\"completedAt\":\"2026-05-11T09:14:48.000Z\","
          + "\"credits\":42,\"durationMs\":25812,"
          + "\"input\":\"What's the weather today in Barcelona?\",\"inputTokens\":1842,"
          + "\"outputText\":\"It's currently 21°C and sunny in Barcelona with a light breeze from"
          + " the south-east.\",\"outputTokens\":312,\"role\":\"user\",\"seq\":0,"
          + "\"startedAt\":\"2026-05-11T09:14:22.000Z\",\"status\":\"completed\","
          + "\"structuredOutput\":{\"temperatureCelsius\":\"bar\",\"conditions\":\"bar\"},"
          + "\"taskId\":\"tsk_2Z-YWz3hFq6VlW\"}]";

  private Simulator simulator;
  private HandingerState state;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start();
    state = simulator.handinger();
    client = new Client(simulator.handingerUrl(), HandingerOptions.KEY);
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void publishedTaskInTheNewShape() throws Exception {
    String path = "/api/tasks/" + HandingerState.PUBLISHED_TASK;
    assertThat(client.get(path).text()).isEqualTo("{\"task\":" + TASK + "}");
    assertThat(client.get(path + "/turns").text())
        .isEqualTo("{\"taskId\":\"tsk_2Z-YWz3hFq6VlW\",\"items\":" + TURNS + "}");
  }

  @Test
  void publishedTaskInTheLegacyShape() throws Exception {
    state.shape(HandingerState.Shape.LEGACY);
    String path = "/api/tasks/" + HandingerState.PUBLISHED_TASK;
    assertThat(client.get(path).text())
        .isEqualTo("{\"task\":" + TASK + ",\"turns\":" + TURNS + "}");
    Client.Reply turns = client.get(path + "/turns");
    assertThat(turns.status()).isEqualTo(404);
    assertThat(turns.text()).isEqualTo("{\"error\":\"Not found\"}");
  }

  @Test
  void everyAnswerIsJson() throws Exception {
    Client.Reply found = client.get("/api/tasks/" + HandingerState.PUBLISHED_TASK);
    Client.Reply unknown = client.get("/api/tasks/none");
    assertThat(found.response().header("Content-Type")).isEqualTo("application/json");
    assertThat(unknown.response().header("Content-Type")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/tasks/none, 404",
    "GET, /api/tasks/none/turns, 404",
    "DELETE, /api/tasks/none, 404",
    "GET, /api/tasks, 404",
    "GET, /api/workers, 404",
    "GET, /api/tasks/, 404",
    "GET, /api, 404",
    "GET, /, 404",
    "GET, /api/tasks/tsk_2Z-YWz3hFq6VlW/other, 404",
    "PUT, /api/tasks/tsk_2Z-YWz3hFq6VlW, 404",
    "GET, /api/tasks/tsk_F0r3ign-0rg-01, 403",
    "DELETE, /api/tasks/tsk_F0r3ign-0rg-01, 403",
    "GET, /api/workers/wrk_F0r3ign-0rg-01, 403",
    "GET, /api/workers/none/email, 404",
  })
  void refusesWithItsOwnError(String method, String path, int status) throws Exception {
    Client.Reply reply = client.call(method, path, method.equals("PUT") ? "{}" : null);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.at("error")).asString().isNotEmpty();
  }

  @Test
  void idsAreDecodedAndCaseSensitive() throws Exception {
    client.post("/api/tasks", "{\"input\":\"x\",\"taskId\":\"a b+c/d\"}");
    assertThat(client.get("/api/tasks/a%20b+c%2Fd").at("task", "id")).isEqualTo("a b+c/d");
    assertThat(client.get("/api/tasks/A%20b+c%2Fd").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hdg_live_wrong"})
  void wrongOrMissingKey(String key) throws Exception {
    try (Client stranger = new Client(simulator.handingerUrl(), key)) {
      assertThat(stranger.get("/api/tasks/" + HandingerState.PUBLISHED_TASK).status())
          .isEqualTo(401);
      assertThat(stranger.post("/api/tasks", "{\"input\":\"x\"}").status()).isEqualTo(401);
    }
    assertThat(state.runs()).isZero();
  }

  @Test
  void keysComeAndGo() throws Exception {
    state.revokeKey(HandingerOptions.KEY);
    assertThat(client.get("/api/tasks/none").status()).isEqualTo(401);
    state.acceptMemberKey(HandingerOptions.KEY);
    assertThat(client.get("/api/tasks/" + HandingerState.PUBLISHED_TASK).status()).isEqualTo(200);
    assertThat(client.delete("/api/tasks/" + HandingerState.PUBLISHED_TASK).status())
        .isEqualTo(403);
  }

  @Test
  void postMakesATaskUnderTheGivenId() throws Exception {
    String worker = state.workerIds().get(0);
    Client.Reply run =
        client.post(
            "/api/tasks",
            "{\"input\":\"Say hi\",\"taskId\":\"tsk_mine\",\"budget\":\"high\",\"workerId\":\""
                + worker
                + "\"}");
    assertThat(run.status()).isEqualTo(200);
    assertThat(run.at("id")).isEqualTo(worker);
    assertThat(run.at("object")).isEqualTo("worker");
    assertThat(run.at("status")).isEqualTo("completed");
    assertThat(run.at("output_text")).isEqualTo("Done: Say hi");
    HandingerTask task = state.task("tsk_mine").orElseThrow();
    assertThat(task.workerId()).isEqualTo(worker);
    assertThat(task.status()).isEqualTo("completed");
    assertThat(task.credits()).isEqualTo(96);
    assertThat(client.get("/api/tasks/tsk_mine").at("task", "totals", "credits")).isEqualTo(96.0);
    assertThat(state.posts("tsk_mine")).isEqualTo(1);
    assertThat(state.runs()).isEqualTo(1);
    assertThat(state.taskIds()).endsWith("tsk_mine");
  }

  @Test
  void postWithoutWorkerMakesOne() throws Exception {
    int before = state.workerIds().size();
    String worker = (String) client.post("/api/tasks", "{\"input\":\"x\"}").at("id");
    assertThat(state.workerIds()).hasSize(before + 1).contains(worker);
    assertThat(client.get("/api/workers/" + worker).at("output_text")).isEqualTo("Done: x");
  }

  @Test
  void postUnderAKnownIdAddsATurn() throws Exception {
    String id = state.taskIds().get(0);
    HandingerTask before = state.task(id).orElseThrow();
    client.post("/api/tasks", "{\"input\":\"And now?\",\"taskId\":\"" + id + "\"}");
    HandingerTask after = state.task(id).orElseThrow();
    assertThat(after.turns()).hasSize(before.turns().size() + 1).containsAll(before.turns());
    HandingerTurn turn = after.turns().get(before.turns().size());
    assertThat(turn.seq()).isEqualTo(before.turns().size());
    assertThat(turn.input()).isEqualTo("And now?");
    assertThat(after.credits()).isEqualTo(before.credits() + turn.credits());
    assertThat(after.workerId()).isEqualTo(before.workerId());
  }

  @Test
  void postBlocksWhileTheTaskRuns() throws Exception {
    state.runDuration(Duration.ofSeconds(30));
    CompletableFuture<Client.Reply> post =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return client.post("/api/tasks", "{\"input\":\"x\",\"taskId\":\"slow\"}");
              } catch (java.io.IOException e) {
                return new Client.Reply(0, e.toString(), null);
              }
            });
    Until.holds("the task is made", () -> state.task("slow").isPresent());
    Client.Reply running = client.get("/api/tasks/slow");
    assertThat(running.at("task", "status")).isEqualTo("running");
    assertThat(running.at("task", "completedAt")).isNull();
    assertThat(post).isNotDone();
    simulator.close();
    assertThat(post.get(10, TimeUnit.SECONDS).status()).isNotEqualTo(200);
  }

  @Test
  void runTakesItsTime() throws Exception {
    state.runDuration(Duration.ofMillis(150));
    long begin = System.nanoTime();
    client.post("/api/tasks", "{\"input\":\"x\",\"taskId\":\"t\"}");
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(150_000_000L);
    assertThat(state.task("t").orElseThrow().durationMs()).isEqualTo(150);
  }

  @Test
  void turnsOfOneTaskRunOneAfterAnother() throws Exception {
    List<CompletableFuture<Integer>> posts =
        java.util.stream.IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            return client
                                .post("/api/tasks", "{\"input\":\"x\",\"taskId\":\"both\"}")
                                .status();
                          } catch (java.io.IOException e) {
                            return 0;
                          }
                        }))
            .toList();
    assertThat(posts).allSatisfy(post -> assertThat(post.get(20, TimeUnit.SECONDS)).isEqualTo(200));
    assertThat(state.task("both").orElseThrow().turns())
        .extracting(HandingerTurn::seq)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(state.posts("both")).isEqualTo(8);
  }

  @Test
  void runCanFail() throws Exception {
    state.runOutcome("error");
    Client.Reply run = client.post("/api/tasks", "{\"input\":\"x\",\"taskId\":\"bad\"}");
    assertThat(run.status()).isEqualTo(200);
    assertThat(run.at("status")).isEqualTo("completed");
    assertThat(client.get("/api/tasks/bad").at("task", "status")).isEqualTo("error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{}",
        "{\"input\":\"\"}",
        "{\"input\":null}",
        "{\"input\":7}",
        "{\"input\":\"x\",\"budget\":\"huge\"}",
        "{\"input\":\"x\",\"budget\":null}",
        "{\"input\":\"x\",\"taskId\":\"\"}",
        "{\"input\":\"x\",\"workerId\":\"\"}",
      })
  void badBodyRunsNothing(String body) throws Exception {
    Client.Reply reply = client.post("/api/tasks", body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.at("error")).asString().isNotEmpty();
    assertThat(state.runs()).isZero();
  }

  @Test
  void postChecksWhatItNames() throws Exception {
    String id = state.taskIds().get(0);
    Map<String, Integer> bodies =
        Map.of(
            "{\"input\":\"x\",\"workerId\":\"none\"}",
            404,
            "{\"input\":\"x\",\"workerId\":\"wrk_F0r3ign-0rg-01\"}",
            403,
            "{\"input\":\"x\",\"taskId\":\"tsk_F0r3ign-0rg-01\"}",
            403,
            "{\"input\":\"x\",\"taskId\":\"" + id + "\",\"workerId\":\"wrk_vk81XUHKHG-qr4\"}",
            400);
    for (Map.Entry<String, Integer> body : bodies.entrySet()) {
      assertThat(client.post("/api/tasks", body.getKey()).status())
          .as(body.getKey())
          .isEqualTo(body.getValue());
    }
    assertThat(state.runs()).isZero();
  }

  @Test
  void archivedTaskStaysReadable() throws Exception {
    String path = "/api/tasks/" + state.taskIds().get(3);
    String before = client.get(path).text();
    assertThat(client.delete(path).text()).isEqualTo("{\"archived\":true}");
    assertThat(client.delete(path).text()).isEqualTo("{\"archived\":true}");
    assertThat(client.get(path).text()).isEqualTo(before);
    assertThat(state.task(state.taskIds().get(3)).orElseThrow().archived()).isTrue();
  }

  @Test
  void putReplacesATask() throws Exception {
    HandingerTask published = state.task(HandingerState.PUBLISHED_TASK).orElseThrow();
    state.put(published.with(published.turns().get(0)).archive());
    assertThat(state.taskIds()).containsOnlyOnce(HandingerState.PUBLISHED_TASK);
    assertThat(state.task(HandingerState.PUBLISHED_TASK).orElseThrow().archived()).isTrue();
  }
}
