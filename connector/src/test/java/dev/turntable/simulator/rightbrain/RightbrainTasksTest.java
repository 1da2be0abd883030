package dev.turntable.simulator.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RightbrainTasksTest {
  private Simulator simulator;
  private RightbrainState state;
  private RightbrainCalls calls;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorOptions.builder().tasks(0).build());
    state = simulator.rightbrain();
    calls = new RightbrainCalls(simulator);
  }

  @AfterEach
  void stop() {
    calls.close();
    simulator.close();
  }

  @Test
  void listsTasksPageByPage() throws IOException {
    assertThat(calls.project("task").at("pagination").toString()).contains("has_next=false");
    RightbrainCalls.Reply two = calls.project("task", "page_limit", "2");
    assertThat(two.results()).hasSize(2);
    assertThat(two.at("pagination", "page_limit")).isEqualTo(2.0);
    assertThat(two.at("pagination", "has_next")).isEqualTo(true);
    assertThat(calls.all("task", "page_limit", "4"))
        .extracting(task -> task.get("name"))
        .containsExactly("Task-1", "Task-2", "Task-3", "Task-4", "Task-5", "Task-6");
  }

  @Test
  void findsByAPartOfTheNameInAnyCase() throws IOException {
    assertThat(calls.project("task", "name", "sK-3").results()).hasSize(1);
    assertThat(calls.project("task", "name", "TASK").results()).hasSize(6);
    assertThat(calls.project("task", "name", "invoice").results()).isEmpty();
    assertThat(calls.project("task", "tag_id", state.orgId()).results()).isEmpty();
  }

  @Test
  void showsTestRevisionsOnlyWhenAsked() throws IOException {
    String id = state.taskId("Task-1");
    assertThat(revisions(calls.project("task/" + id))).hasSize(3);
    RightbrainCalls.Reply all = calls.project("task/" + id, "include_tests", "true");
    assertThat(revisions(all))
        .extracting(revision -> revision.get("id"))
        .containsExactlyElementsOf(state.revisionIds(id));
    assertThat(revisions(all)).extracting(revision -> revision.get("test")).contains(true);
    assertThat(all.at("active_revisions").toString()).contains("weight=0.7", "weight=0.3");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> revisions(RightbrainCalls.Reply task)
      throws IOException {
    return (List<Map<String, Object>>) task.at("revisions");
  }

  @Test
  void tellsTheTypesOfInputsAndOutputs() throws IOException {
    RightbrainCalls.Reply task = calls.project("task/" + state.taskId("Task-1"));
    assertThat(task.at("revisions", 1, "input_params")).isEqualTo(List.of("text", "reader"));
    assertThat(task.at("revisions", 0, "output_format", "score"))
        .isEqualTo(Map.of("type", "str", "description", "in words"));
    assertThat(calls.project("task/" + state.taskId("Task-3")).at("output_modality"))
        .isEqualTo("text");
  }

  @Test
  void aDeletedTaskIsNotListedButCanBeRead() throws IOException {
    String id = state.taskId("Task-2");
    state.deleteTask(id);
    assertThat(calls.project("task").results()).hasSize(5);
    assertThat((String) calls.project("task/" + id).at("deleted")).startsWith("2026-07-20T12:");
    assertThat(calls.project("task_run", "task_id", id, "start_date", "2024-01-01").results())
        .isEmpty();
    assertThat(calls.project("task/" + id + "/run").results()).hasSize(100);
  }

  @Test
  void nothingCanBeDeletedOrMade() throws IOException {
    String path = calls.inProject("task/" + state.taskId("Task-1"));
    assertThat(calls.send(path, request -> request.delete()).status()).isEqualTo(403);
    assertThat(calls.project("task/" + state.taskId("Task-1")).status()).isEqualTo(200);
    assertThat(calls.send(calls.inProject("task_run"), request -> request.delete()).text())
        .isEqualTo("{\"detail\":\"Method Not Allowed\"}");
  }

  @Test
  void refusesWhatIsNoId() throws IOException {
    RightbrainCalls.Reply bad = calls.project("task/nonsense");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.at("detail", "reason")).isEqualTo("MALFORMED_RESOURCE_IDENTIFIER");
    assertThat(bad.at("detail", "malformedResourceIdentifierError", "field")).isEqualTo("task_id");
    RightbrainCalls.Reply unknown = calls.project("task/" + state.orgId());
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.at("detail", "message")).isEqualTo("Task not found");
    assertThat(calls.project("task/" + state.taskId("Task-1") + "/no_report").text())
        .isEqualTo("{\"detail\":\"Not Found\"}");
  }

  @Test
  void saysEverythingThatIsWrongWithAQuery() throws IOException {
    RightbrainCalls.Reply reply =
        calls.project("task", "page_limit", "101", "include_tests", "maybe", "tag_id", "x");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(Stream.of(0, 1, 2).map(i -> at(reply, "detail", i, "type")))
        .containsExactly("less_than_equal", "uuid_parsing", "bool_parsing");
    assertThat(reply.at("detail", 0, "loc")).isEqualTo(List.of("query", "page_limit"));
    assertThat(calls.project("task", "page_limit", "0").status()).isEqualTo(422);
    assertThat(calls.project("task", "page_limit", "ten").status()).isEqualTo(422);
    assertThat(calls.project("task", "colour", "red").status()).isEqualTo(200);
    assertThat(calls.project("task", "cursor", "nonsense").status()).isEqualTo(400);
  }

  private static Object at(RightbrainCalls.Reply reply, Object... path) {
    try {
      return reply.at(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
