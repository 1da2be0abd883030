package dev.turntable.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.PromptServer;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Inserter;
import dev.turntable.source.Inserter.Row;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskSource;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent for a row, and what the service's answer to it means. */
final class RunInserterTest {
  private static final String ID = MockRightbrain.ID;

  private final MockWebServer server = PromptServer.create();
  private final ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);
  private final StatementScope scope = connection.statement("INSERT", Duration.ZERO);
  private TaskSource source;

  @BeforeEach
  void start() throws IOException {
    source = MockRightbrain.start(server, connection);
  }

  @AfterEach
  void stop() {
    scope.close();
    source.close();
    connection.close();
    server.close();
  }

  private void answer(int status, String type, String body) {
    server.enqueue(new MockResponse(status, Headers.of("Content-Type", type), body));
  }

  private static String run(boolean isError, String response) {
    return "{\"id\":\""
        + ID
        + "\",\"task_id\":\""
        + ID
        + "\",\"task_revision_id\":\""
        + ID
        + "\",\"run_data\":{},\"created\":\"2026-05-01T10:00:00Z\",\"is_error\":"
        + isError
        + ",\"response\":"
        + response
        + "}";
  }

  private List<Object> insert(String... more) {
    Map<String, Object> row = new HashMap<>(Map.of("task_id", ID, "input", "{\"a\": 1}"));
    for (int i = 0; i < more.length; i += 2) {
      row.put(more[i], more[i + 1]);
    }
    Inserter inserter = MockRightbrain.runs(source, scope).inserter();
    inserter.check(List.of(new Row(row, true)), scope);
    return inserter.insert(new Row(row, true), scope);
  }

  private TurntableException failure(String... more) {
    TurntableException failure = catchThrowableOfType(TurntableException.class, () -> insert(more));
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }

  @Test
  void theServicesOwn404IsAnUnknownTask() {
    answer(404, "application/json", "{\"detail\":\"Task not found\"}");
    assertThat(failure().kind()).isEqualTo(ErrorKind.UNKNOWN_PARENT);
  }

  /** Else a wrong {@code baseUrl} would look like a task that is gone. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html | <h1>404 Not Found</h1>",
        "text/plain | 404 page not found",
        "application/json | []",
      })
  void a404OfSomebodyElseIsNone(String type, String body) {
    answer(404, type, body);
    TurntableException failure = failure();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(failure).hasMessageContaining("answered 404");
  }

  /** The row is there and the credits are spent, whatever the service says of the reason. */
  @ParameterizedTest
  @ValueSource(
      strings = {"null", "{}", "\"no\"", "{\"detail\":null}", "{\"detail\":{\"message\":1}}"})
  void aFailedRunWithoutAReasonIsToldOfToo(String response) {
    answer(200, "application/json", run(true, response));
    assertThat(insert()).containsExactly(ID);
    assertThat(scope.warnings()).containsExactly("rightbrain.task_runs: run '" + ID + "' failed");
  }

  @Test
  void theReasonOfAFailedRunIsTold() {
    answer(200, "application/json", run(true, "{\"detail\":{\"message\":\"too long\"}}"));
    assertThat(insert()).containsExactly(ID);
    assertThat(scope.warnings())
        .containsExactly("rightbrain.task_runs: run '" + ID + "' failed: too long");
  }

  @Test
  void aRunThatDidNotFailIsNotWarnedOf() {
    answer(200, "application/json", run(false, "{}"));
    assertThat(insert()).containsExactly(ID);
    assertThat(scope.warnings()).isEmpty();
  }

  /** The service's own limit of its texts. */
  @ParameterizedTest
  @ValueSource(strings = {"reference", "context_id", "reporting_group"})
  void aTextOf64CharactersIsSentAndALongerOneRefused(String column) throws Exception {
    answer(200, "application/json", run(false, "{}"));
    assertThat(insert(column, "x".repeat(64))).containsExactly(ID);
    var sent = server.takeRequest();
    assertThat(sent.getTarget() + sent.getBody().utf8()).contains("x".repeat(64));
    assertThat(failure(column, "x".repeat(65)).kind()).isEqualTo(ErrorKind.BAD_VALUE);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }
}
