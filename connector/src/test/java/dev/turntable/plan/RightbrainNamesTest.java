package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.PromptServer;
import dev.turntable.config.ConfigRequest;
import dev.turntable.config.ConfigResolver;
import dev.turntable.config.Setting;
import dev.turntable.config.Sources;
import dev.turntable.engine.Engine;
import dev.turntable.engine.RowCursor;
import dev.turntable.source.StatementScope;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Inputs and outputs of a task may be named as columns of the run list, and are none of them. */
final class RightbrainNamesTest {
  private static final String ID = "019011e6-e530-3aca-6cf7-2973387c255d";
  private static final String REVISION = "0190a234-8dc6-6d08-aea9-928fcecad8f1";
  private static final String TASK =
      """
      {"id": "%1$s", "project_id": "%1$s", "name": "Checks", "enabled": true,
       "active_revisions": [{"task_revision_id": "%2$s", "weight": 1.0}],
       "revisions": [{"id": "%2$s", "active": true,
         "input_params": ["task_revision_id", "status", "Input_Status", "INPUT_status"],
         "output_format": {"is_error": "bool", "task_id": "str", "created": "str", "status": "int"}}]}
      """
          .formatted(ID, REVISION);
  private static final String RUN =
      """
      {"id": "%1$s", "task_id": "%1$s", "task_revision_id": "%2$s",
       "created": "2026-05-01T10:00:00Z", "is_error": false,
       "run_data": {"submitted": {"task_revision_id": "mine", "status": "a", "Input_Status": "b",
         "INPUT_status": "c"}},
       "response": {"is_error": true, "task_id": "other", "created": "then", "status": 7}}
      """
          .formatted(ID, REVISION);

  private final MockWebServer server = PromptServer.create();
  private final List<String> targets = new ArrayList<>();
  private Engine engine;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            targets.add(request.getTarget());
            String row = request.getTarget().contains("/run?") ? RUN : TASK;
            return new MockResponse(
                200,
                Headers.of("Content-Type", "application/json"),
                "{\"results\": [" + row + "], \"pagination\": {\"has_next\": false}}");
          }
        });
    server.start(InetAddress.getLoopbackAddress(), 0);
    List<Setting> settings =
        List.of(
            new Setting("baseUrl", "http://127.0.0.1:" + server.getPort() + "/api/v1"),
            new Setting("apiKey", "key"),
            new Setting("orgId", ID),
            new Setting("projectId", ID));
    engine =
        Engines.open(
            ConfigResolver.resolve(
                    new ConfigRequest(
                        Sources.named(List.of("rightbrain")),
                        settings,
                        Map.of(),
                        Map.of(),
                        Map.of()))
                .config());
  }

  @AfterEach
  void stop() {
    engine.close();
    server.close();
  }

  private List<Object> row(String columns, String predicate) {
    String sql = "SELECT " + columns + " FROM rightbrain_runs.\"Checks\" WHERE " + predicate;
    List<Object> row = new ArrayList<>();
    try (StatementScope scope = engine.newStatement(sql, Duration.ZERO);
        RowCursor cursor =
            engine.prepare(sql, engine.defaultSchema(), scope).query(List.of(), 0, scope)) {
      while (cursor.next()) {
        for (int i = 0; i < columns.split(",", -1).length; i++) {
          row.add(cursor.value(i));
        }
      }
    }
    return row;
  }

  @Test
  void theyAreComparedHere() {
    assertThat(row("is_error, task_id", "is_error AND task_id = 'other'"))
        .containsExactly(true, "other");
    assertThat(row("task_revision_id", "task_revision_id = 'mine'")).containsExactly("mine");
    assertThat(row("id", "NOT is_error")).isEmpty();
    assertThat(targets)
        .filteredOn(target -> target.contains("/run?"))
        .hasSize(3)
        .noneMatch(target -> target.contains("status=") || target.contains("revision_id="));
  }

  /** A taken name gets its kind in front, and then a number. */
  @Test
  void takenNames() {
    assertThat(row("status, input_status, output_status", "output_created = 'then'"))
        .containsExactly("success", "a", 7L);
    assertThat(row("\"input_Input_Status\", \"input_INPUT_status_2\"", "TRUE"))
        .containsExactly("b", "c");
  }
}
