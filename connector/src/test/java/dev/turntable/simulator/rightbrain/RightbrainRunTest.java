package dev.turntable.simulator.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RightbrainRunTest {
  private static final String INPUT = "{\"task_input\":{\"text\":\"Hello\",\"reader\":7}}";

  private Simulator simulator;
  private RightbrainState state;
  private RightbrainCalls calls;
  private String task;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorOptions.builder().tasks(0).build());
    state = simulator.rightbrain();
    calls = new RightbrainCalls(simulator);
    task = state.taskId("Task-1");
  }

  @AfterEach
  void stop() {
    calls.close();
    simulator.close();
  }

  @Test
  void runsATaskOnce() throws IOException {
    RightbrainCalls.Reply run = calls.run(task, INPUT);
    assertThat(run.status()).isEqualTo(200);
    String id = (String) run.at("id");
    assertThat(run.response().header("X-Task-Run-ID")).isEqualTo(id);
    assertThat(run.response().header("X-Task-Revision-ID")).isEqualTo(run.at("task_revision_id"));
    assertThat(run.text()).contains("\"submitted\":{\"text\":\"Hello\",\"reader\":7}");
    assertThat(run.at("response")).isInstanceOf(Map.class);
    assertThat(state.runs()).isEqualTo(1);
    assertThat(state.runIds(task)).hasSize(201).startsWith(id);
    assertThat(calls.project("task/" + task + "/run", "page_limit", "1").at("results", 0))
        .isEqualTo(run.at());
    assertThat(calls.project("task/" + task + "/run/" + id).at()).isEqualTo(run.at());
    assertThat(calls.project("task_run", "page_limit", "1").at("results", 0, "id")).isEqualTo(id);
  }

  @Test
  void keepsTheNumbersOfTheInputAsTheyWereWritten() throws IOException {
    String exact = "{\"text\":12345678901234567890.10,\"reader\":[1,{\"a\":1e2}]}";
    assertThat(calls.run(task, "{\"task_input\":" + exact + "}").text()).contains(exact);
  }

  @Test
  void takesReferenceContextAndGroup() throws IOException {
    RightbrainCalls.Reply run =
        calls.run(
            task,
            "{\"reference\":\"a\",\"task_reference\":\"b\",\"context_id\":\"c\"," + rest(INPUT),
            "reporting_group",
            "Finance");
    assertThat(run.at("reference")).isEqualTo("b");
    assertThat(run.at("context_id")).isEqualTo("c");
    assertThat(run.at("reporting_group", "name")).isEqualTo("Finance");
    String group = (String) run.at("reporting_group_id");
    RightbrainCalls.Reply again =
        calls.run(
            task, "{\"reference\":\"a\",\"reporting_group_id\":\"" + group + "\"," + rest(INPUT));
    assertThat(again.at("reporting_group", "name")).isEqualTo("Finance");
    assertThat(again.at("reference")).isEqualTo("a");
    assertThat(calls.run(task, INPUT, "reporting_group", "New one").at("reporting_group", "name"))
        .isEqualTo("New one");
  }

  private static String rest(String object) {
    return object.substring(1);
  }

  @Test
  void choosesAmongActiveRevisionsByWeight() throws IOException {
    Map<Object, Integer> chosen = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      chosen.merge(calls.run(task, INPUT).at("task_revision_id"), 1, Integer::sum);
    }
    List<String> revisions = state.revisionIds(task);
    assertThat(chosen).containsOnlyKeys(revisions.get(1), revisions.get(2));
    assertThat(chosen.get(revisions.get(2))).isBetween(50, 90);
  }

  @Test
  void takesTheRevisionThatIsNamed() throws IOException {
    String test = state.revisionIds(task).get(0);
    assertThat(calls.run(task, INPUT, "revision_id", test).at("task_revision_id")).isEqualTo(test);
    assertThat(calls.run(task, INPUT, "revision_id", task).status()).isEqualTo(404);
    assertThat(calls.run(task, INPUT, "revision_id", "x").status()).isEqualTo(422);
    assertThat(calls.run(task, INPUT, "revision_tag", "none").status()).isEqualTo(404);
  }

  @Test
  void aFailedRunIsA200() throws IOException {
    state.switches().failRuns(input -> input.contains("Hello"));
    RightbrainCalls.Reply run = calls.run(task, INPUT);
    assertThat(run.status()).isEqualTo(200);
    assertThat(run.at("is_error")).isEqualTo(true);
    assertThat(run.at("response", "detail", "message")).isEqualTo("The simulated model failed");
    assertThat(calls.run(task, INPUT.replace("Hello", "Hi")).at("id")).isNotNull();
    assertThat(calls.all("task/" + task + "/run", "status", "error"))
        .extracting(each -> each.get("id"))
        .contains(run.at("id"));
  }

  @Test
  void usesTheFallbackModelWhereThereIsOne() throws IOException {
    RightbrainCalls.Reply run = calls.run(task, INPUT, "use_fallback_model", "true");
    assertThat(run.at("used_fallback_model")).isEqualTo(true);
    assertThat(run.at("fallback_llm_model_id")).isNotNull();
    RightbrainCalls.Reply none =
        calls.run(
            state.taskId("Task-3"),
            "{\"task_input\":{\"person\":\"Ada\",\"subject\":\"x\"}}",
            "use_fallback_model",
            "true");
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.at("detail", "reason")).isEqualTo("FALLBACK_MODEL_NOT_CONFIGURED");
  }

  @Test
  void blocksAsLongAsTheModelThinks() throws IOException {
    state.switches().runDuration(Duration.ofMillis(300));
    long begin = System.nanoTime();
    assertThat(calls.run(task, INPUT).status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(299));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"text\":\"at the root\"} | missing | [body, task_input]",
        "{\"task_input\":[1]} | dict_type | [body, task_input]",
        "{\"task_input\":{\"text\":\"x\"}} | missing | [body, task_input, reader]",
        "{\"task_input\":{},\"reference\":5} | string_type | [body, reference]",
        "{\"task_input\":{},\"reporting_group_id\":\"x\"} | uuid_parsing"
            + " | [body, reporting_group_id]",
        "{\"task_input\":{ | json_invalid | [body]",
        "[] | json_invalid | [body]",
      })
  void refusesBodiesAsFastApiDoes(String body, String type, String where) throws IOException {
    RightbrainCalls.Reply reply = calls.run(task, body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.at("detail", 0, "type")).isEqualTo(type);
    assertThat(reply.at("detail", 0, "loc").toString()).isEqualTo(where);
    assertThat(state.runs()).isZero();
  }

  @Test
  void refusesLongTextsOtherTypesAndWhatCannotRun() throws IOException {
    String body = "{\"context_id\":\"" + "x".repeat(65) + "\"," + rest(INPUT);
    assertThat(calls.run(task, body).at("detail", 0, "type")).isEqualTo("string_too_long");
    assertThat(calls.run(task, INPUT, "reporting_group", "y".repeat(65)).status()).isEqualTo(422);
    RequestBody text = RequestBody.create(INPUT, MediaType.get("text/plain"));
    String path = calls.inProject("task/" + task + "/run");
    assertThat(calls.send(path, request -> request.post(text)).status()).isEqualTo(422);
    RequestBody form = RequestBody.create(INPUT, MediaType.get("multipart/form-data"));
    assertThat(calls.send(path, request -> request.post(form)).status()).isEqualTo(400);
    state.disableTask(task);
    assertThat(calls.project("task/" + task).at("enabled")).isEqualTo(false);
    assertThat(calls.run(task, INPUT).at("detail", "reason")).isEqualTo("TASK_DISABLED");
    state.deleteTask(task);
    assertThat(calls.run(task, INPUT).status()).isEqualTo(404);
    assertThat(state.runs()).isZero();
  }
}
