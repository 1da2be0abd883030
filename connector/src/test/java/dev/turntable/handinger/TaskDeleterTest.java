package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as archived, and what a scan shows afterwards. */
final class TaskDeleterTest {
  private final Fixture fixture = Fixture.small();

  @AfterEach
  void close() {
    fixture.close();
  }

  private boolean delete(String id) {
    try (StatementScope scope = fixture.statement()) {
      return fixture.table("tasks").deleter().delete(List.of(id), scope);
    }
  }

  private void answer(int status, String type, String body) {
    fixture.simulator.faults(
        FaultRule.when(
            request -> request.method().equals("DELETE"),
            Fault.answer(status, Map.of("Content-Type", type), body)));
  }

  /** Else a wrong {@code baseUrl} would look like a table without that row. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html | <h1>404 Not Found</h1>",
        "text/plain | 404 page not found",
        "application/json | {\"message\":\"no Route matched with those values\"}",
        "application/json | []",
      })
  void a404OfSomebodyElseIsNoMissingRow(String type, String body) {
    answer(404, type, body);
    TurntableException failure =
        catchThrowableOfType(TurntableException.class, () -> delete(fixture.ids(1).get(0)));
    assertThat(failure).as("a 404 of a proxy").isNotNull();
    assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(failure).hasMessageContaining("answered 404");
  }

  /** Only of a row that is not there it can be said that there was none to archive. */
  @Test
  void aRefusalIsNoMissingRow() {
    answer(403, "application/json", "{\"error\":\"not yours\"}");
    TurntableException failure =
        catchThrowableOfType(TurntableException.class, () -> delete(fixture.ids(1).get(0)));
    assertThat(failure).as("a refusal").isNotNull();
    assertThat(failure).hasMessageContainingAll("403", "not yours");
  }

  @Test
  void theServicesOwn404IsARowThatIsNotThere() {
    assertThat(delete("tsk_nope")).isFalse();
  }

  @Test
  void whatTheServiceDidNotArchiveIsStillThere() {
    String id = fixture.ids(1).get(0);
    fixture.with("taskIds", id);
    answer(200, "application/json", "{\"id\":\"" + id + "\",\"archived\":false}");
    assertThat(delete(id)).isFalse();
    assertThat(fixture.read("tasks", "known ids", Fixture.all(), "id")).containsExactly(id);
  }

  @Test
  void whatWasArchivedComesBackFromNowhere() {
    String worker = fixture.worker(0);
    List<String> logged =
        fixture.simulator.handinger().executions(worker).stream()
            .map(execution -> execution.taskId())
            .filter(id -> id != null)
            .distinct()
            .toList();
    fixture.with("workerIds", worker).with("taskIds", logged.get(1));
    assertThat(delete(logged.get(0))).isTrue();
    assertThat(delete(logged.get(1))).isTrue();
    assertThat(fixture.read("tasks", "known ids", Fixture.all(), "id"))
        .containsExactlyInAnyOrderElementsOf(logged.subList(2, logged.size()));
  }
}
