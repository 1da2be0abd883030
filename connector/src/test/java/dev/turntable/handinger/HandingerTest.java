package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all tables rely on when a task or its turns are read. */
final class HandingerTest {
  private final Fixture fixture = Fixture.small();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** From now on every request is answered so. */
  private void answer(String json) {
    fixture.simulator.faults(
        FaultRule.always(Fault.answer(200, Map.of("Content-Type", "application/json"), json)));
  }

  private Handinger service() {
    return ((HandingerSource) fixture.source()).service();
  }

  private void readTask(String id) {
    try (StatementScope scope = fixture.statement()) {
      service().task(scope, "handinger.tasks", id);
    }
  }

  private void readTurns(String id) {
    try (StatementScope scope = fixture.statement()) {
      service().turns(scope, "handinger.turns", id);
    }
  }

  private static void isContradiction(TurntableException failure, String table) {
    assertThat(failure).as("an answer about another task").isNotNull();
    assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(failure)
        .hasMessageStartingWith(table)
        .hasMessageContainingAll("for 'tsk_a'", "answered with 'tsk_b'");
  }

  @Test
  void anAnswerAboutAnotherTaskIsNone() {
    answer("{\"task\":{\"id\":\"tsk_b\"}}");
    isContradiction(
        catchThrowableOfType(TurntableException.class, () -> readTask("tsk_a")), "handinger.tasks");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"taskId\":\"tsk_b\",\"items\":[]}",
        "{\"taskId\":\"tsk_a\",\"items\":[{\"id\":\"trn_1\",\"taskId\":\"tsk_b\"}]}",
        "{\"items\":[{\"id\":\"trn_0\",\"taskId\":\"tsk_a\"},{\"id\":\"trn_1\",\"taskId\":\"tsk_b\"}]}",
      })
  void norAreTurnsOfAnotherTask(String json) {
    answer(json);
    isContradiction(
        catchThrowableOfType(TurntableException.class, () -> readTurns("tsk_a")),
        "handinger.turns");
  }

  @Test
  void turnsThatNameNoTaskAreOfTheOneAskedFor() {
    answer("{\"items\":[{\"id\":\"trn_1\",\"seq\":1},{\"id\":\"trn_0\",\"seq\":0}]}");
    try (StatementScope scope = fixture.statement()) {
      assertThat(service().turns(scope, "handinger.turns", "tsk_a"))
          .extracting(HandingerJson.Turn::id, HandingerJson.Turn::taskId)
          .containsExactly(tuple("trn_0", "tsk_a"), tuple("trn_1", "tsk_a"));
    }
  }

  private void keeping() {
    fixture.limits(new ConnectionLimits(0, 8, 4, Duration.ofHours(1), false));
  }

  /** {@code maxAge} is for what no longer changes: a further turn is a write, of whoever it is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "completed | none | 1",
        "error | none | 1",
        "aborted | none | 1",
        "completed | \"completedAt\":\"2026-07-01T00:00:00Z\" | 1",
        "completed | \"status\":\"running\" | 2",
        "running | none | 2",
        "pending | none | 2",
        "running | \"completedAt\":\"2026-07-01T00:00:00Z\" | 2",
        "of a later version | none | 2",
        "none | none | 2",
      })
  void onlyAFinishedTaskIsKeptForLater(String status, String turn, int requests) {
    keeping();
    String state = status == null ? "" : ",\"status\":\"" + status + "\"";
    String turns =
        turn == null ? "" : ",\"turns\":[{\"id\":\"trn_0\",\"taskId\":\"tsk_a\"," + turn + "}]";
    answer("{\"task\":{\"id\":\"tsk_a\"" + state + "}" + turns + "}");
    readTask("tsk_a");
    readTask("tsk_a");
    assertThat(fixture.requests()).hasSize(requests);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "none | 2",
        "{\"id\":\"trn_0\",\"completedAt\":\"2026-07-01T00:00:00Z\"} | 1",
        "{\"id\":\"trn_0\",\"completedAt\":\"2026-07-01T00:00:00Z\"},{\"id\":\"trn_1\"} | 2",
      })
  void onlyFinishedTurnsAreKeptForLater(String turns, int requests) {
    keeping();
    answer("{\"taskId\":\"tsk_a\",\"items\":[" + (turns == null ? "" : turns) + "]}");
    readTurns("tsk_a");
    readTurns("tsk_a");
    assertThat(fixture.requests()).hasSize(requests);
  }

  @Test
  void aWriteForgetsWhatWasKept() {
    keeping();
    String id = HandingerState.PUBLISHED_TASK; // completed
    readTask(id);
    readTask(id);
    assertThat(fixture.requests()).containsExactly("GET /api/tasks/" + id);
    try (StatementScope scope = fixture.statement()) {
      fixture.table("tasks").deleter().delete(List.of("tsk_nope"), scope);
    }
    readTask(id);
    assertThat(fixture.requests())
        .containsExactly("DELETE /api/tasks/tsk_nope", "GET /api/tasks/" + id);
  }
}
