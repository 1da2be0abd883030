package dev.turntable.simulator.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds requests and answers against the reconstructed OpenAPI description: what it calls sound is
 * answered, what it calls wrong is refused, and every answer has the published shape.
 */
final class RightbrainOpenApiTest {
  private static RightbrainOpenApi description;

  private Simulator simulator;
  private RightbrainState state;
  private RightbrainCalls calls;
  private String task;

  @BeforeAll
  static void read() throws IOException {
    description = new RightbrainOpenApi();
  }

  @BeforeEach
  void start() throws IOException {
    RightbrainOptions options = RightbrainOptions.builder().hidden(0.2).build();
    simulator = Simulator.start(SimulatorOptions.builder().tasks(0).rightbrain(options).build());
    state = simulator.rightbrain();
    calls = new RightbrainCalls(simulator);
    task = state.taskId("Task-1");
  }

  @AfterEach
  void stop() {
    calls.close();
    simulator.close();
  }

  private static List<String> wrongRequest(RightbrainCalls.Reply reply) throws IOException {
    return description.wrong(reply.response().request());
  }

  private static List<String> wrongAnswer(RightbrainCalls.Reply reply) throws IOException {
    return description.wrong(reply.response(), reply.text());
  }

  private static void sound(int status, RightbrainCalls.Reply reply) throws IOException {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(wrongRequest(reply)).isEmpty();
    assertThat(wrongAnswer(reply)).isEmpty();
  }

  @Test
  void everyReadIsAsDescribed() throws IOException {
    String org = "org/" + state.orgId();
    sound(200, calls.get("whoami"));
    state.switches().whoamiNamesClient(false);
    sound(200, calls.get("whoami"));
    sound(200, calls.get("org"));
    sound(200, calls.get(org));
    sound(200, calls.get(org + "/project", "page_limit", "1"));
    sound(200, calls.get(org + "/project/" + state.projectId()));
    sound(200, calls.project("task", "include_tests", "true", "name", "task"));
    sound(200, calls.project("task/" + task, "include_tests", "true"));
    String run = state.runIds(task).get(0);
    state.switches().sendsHasNext(false);
    sound(200, calls.project("task/" + task + "/run", "status", "error", "cursor", run));
    sound(
        200,
        calls.project("task_run", "start_date", "2026-06-01", "include_event_trigger_id", "true"));
  }

  @Test
  void everyRunIsAsDescribed() throws IOException {
    List<String> parameters = List.of("start_date", "2023-01-01");
    List<String> query = new ArrayList<>(parameters);
    int runs = 0;
    while (true) {
      RightbrainCalls.Reply page = calls.project("task_run", query.toArray(new String[0]));
      sound(200, page);
      runs += page.results().size();
      if (page.at("pagination", "next_cursor") == null) {
        break;
      }
      query = new ArrayList<>(parameters);
      query.addAll(List.of("cursor", (String) page.at("pagination", "next_cursor")));
    }
    assertThat(runs).isBetween(500, 1200);
    Map<String, Object> first = calls.project("task/" + task + "/run").results().get(0);
    sound(200, calls.project("task/" + task + "/run/" + first.get("id")));
  }

  @Test
  void everyReportIsAsDescribed() throws IOException {
    String path = "task/" + task + "/";
    sound(200, calls.project(path + "token_report"));
    sound(200, calls.project(path + "token_report", "show_reporting_group", "true"));
    sound(200, calls.project(path + "credit_report", "start_date", "30 days ago"));
    sound(200, calls.project(path + "credit_report", "show_reporting_group", "true"));
    sound(200, calls.project(path + "timing_report", "aggregation", "day"));
    sound(200, calls.project(path + "timing_report", "start_date", "2026-06-01"));
    sound(200, calls.project(path + "usage_report", "aggregation", "week", "status", "FAIL"));
  }

  @Test
  void runningIsAsDescribed() throws IOException {
    String input = "{\"task_input\":{\"text\":\"a\",\"reader\":\"b\"},\"task_reference\":\"r\"}";
    sound(200, calls.run(task, input, "reporting_group", "Support"));
    sound(200, calls.run(task, input, "use_fallback_model", "true"));
    state.switches().failRuns(any -> true);
    sound(200, calls.run(task, input, "revision_id", state.revisionIds(task).get(1)));
  }

  @Test
  void refusalsAreAsDescribed() throws IOException {
    RightbrainCalls stranger = new RightbrainCalls(simulator, "wrong");
    sound(401, stranger.project("task"));
    sound(403, calls.get("org/" + state.projectId()));
    sound(404, calls.project("task/" + state.orgId()));
    state.switches().allowPointReads(false);
    sound(403, calls.project("task/" + task + "/run/" + state.runIds(task).get(0)));
    sound(422, calls.project("task_run", "start_date", "no date"));
    RightbrainCalls.Reply malformed = calls.project("task/x");
    assertThat(malformed.status()).isEqualTo(400);
    assertThat(wrongAnswer(malformed)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task?page_limit=0",
        "task?page_limit=101",
        "task?page_limit=x",
        "task?tag_id=x",
        "task?include_tests=maybe",
        "task_run?status=ERROR",
        "task_run?task_id=x",
        "task_run?cursor=x",
        "task/{task}/run?status=done",
        "task/{task}/run?task_revision_id=1",
        "task/{task}/timing_report?aggregation=week",
        "task/{task}/usage_report?status=success",
        "task/{task}/usage_report?aggregation=hour",
      })
  void whatTheDescriptionForbidsIsA422(String pathAndQuery) throws IOException {
    String[] parts = pathAndQuery.replace("{task}", task).split("[?=]");
    RightbrainCalls.Reply reply =
        calls.project(parts[0], Arrays.copyOfRange(parts, 1, parts.length));
    assertThat(wrongRequest(reply)).isNotEmpty();
    assertThat(reply.status()).isEqualTo(422);
    assertThat(wrongAnswer(reply)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"task_input\":5}", "{\"task_input\":{},\"task_reference\":7}", "[]"})
  void aBodyThatTheDescriptionForbidsIsA422(String body) throws IOException {
    RightbrainCalls.Reply reply = calls.run(task, body);
    assertThat(wrongRequest(reply)).isNotEmpty();
    assertThat(reply.status()).isEqualTo(422);
    assertThat(wrongAnswer(reply)).isEmpty();
  }

  @Test
  void aWrongAnswerWouldBeNoticed() throws IOException {
    RightbrainCalls.Reply page = calls.project("task/" + task + "/run");
    for (List<String> change :
        List.of(
            List.of("\"results\"", "\"items\""),
            List.of("\"input_tokens\":", "\"input_tokens\":\"many\",\"x\":"),
            List.of("\"llm_call_timing\"", "\"llm_timing\""),
            List.of("\"charged_credits\":\"", "\"charged_credits\":\"about "),
            List.of("\"task_id\":\"", "\"task_id\":\"task-"))) {
      assertThat(page.text()).contains(change.get(0));
      assertThat(
              description.wrong(page.response(), page.text().replace(change.get(0), change.get(1))))
          .as(change.get(1))
          .isNotEmpty();
    }
  }
}
