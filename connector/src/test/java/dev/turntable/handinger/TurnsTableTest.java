package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.handinger.HandingerState.Shape;
import dev.turntable.simulator.handinger.HandingerTask;
import dev.turntable.simulator.handinger.HandingerTurn;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.source.Page;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TurnsTableTest {
  private final Fixture fixture = Fixture.small();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void readsTheTurnsInTheirOrder(Shape shape) {
    fixture.shape(shape);
    for (String id : fixture.ids(20)) {
      assertThat(turnIds(id)).containsExactlyElementsOf(expected(id));
    }
  }

  @Test
  void aTaskWithItsTurnsCostsTwoRequestsOnceThenOne() {
    fixture.shape(Shape.LEGACY);
    String id = fixture.ids(1).get(0);

    assertThat(estimate(1))
        .isEqualTo("[GET /api/tasks/{id}/turns or GET /api/tasks/{id} x 2 (at most)]");
    turnIds(id);
    assertThat(fixture.requests())
        .containsExactly("GET /api/tasks/" + id + "/turns", "GET /api/tasks/" + id);
    assertThat(estimate(3)).isEqualTo("[GET /api/tasks/{id} x 3 (exact)]");
    turnIds(id);
    assertThat(fixture.requests()).containsExactly("GET /api/tasks/" + id);
  }

  @Test
  void turnsApartCostOneRequestFromTheStart() {
    String id = fixture.ids(1).get(0);

    turnIds(id);
    turnIds(id);
    assertThat(fixture.requests())
        .containsExactly("GET /api/tasks/" + id + "/turns", "GET /api/tasks/" + id + "/turns");
    assertThat(estimate(3)).isEqualTo("[GET /api/tasks/{id}/turns x 3 (exact)]");
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aTaskThatWasReadTellsWhereTurnsAre(Shape shape) {
    fixture.shape(shape);
    String id = fixture.ids(1).get(0);
    fixture.read("tasks", "by id", Fixture.keys(id), "id");
    fixture.requests();

    turnIds(id);
    assertThat(fixture.requests()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void manyTasksAtOnceSendOneProbe(Shape shape) {
    fixture.shape(shape);
    List<String> ids = fixture.ids(12);
    TableDef<?> turns = fixture.table("turns");
    try (StatementScope scope = fixture.statement()) {
      List<Callable<Integer>> steps = new ArrayList<>();
      for (var step : Fixture.path(turns, "by task_id").open(Fixture.keys(ids.toArray()), scope)) {
        steps.add(
            () -> {
              Page<?> page = step.fetch(scope);
              return page.rows().size();
            });
      }
      assertThat(scope.inParallel(steps)).allMatch(rows -> rows > 0);
    }
    assertThat(fixture.requests()).hasSize(shape == Shape.LEGACY ? 13 : 12);
  }

  @Test
  void aDeploymentThatChangesIsLearnedAgain() {
    String id = fixture.ids(1).get(0);
    turnIds(id);
    fixture.shape(Shape.LEGACY);
    fixture.read("tasks", "by id", Fixture.keys(id), "id");
    assertThat(turnIds(id)).containsExactlyElementsOf(expected(id));
    fixture.shape(Shape.NEW);
    assertThat(turnIds(id)).containsExactlyElementsOf(expected(id));
    // Both were seen: a 404 alone is no longer believed.
    fixture.shape(Shape.LEGACY);
    assertThat(turnIds(id)).containsExactlyElementsOf(expected(id));
  }

  /** Its 404 may be a page of anybody's; what the task itself answers decides. */
  @Test
  void aDeploymentThatDoesNotKnowThePathMayAnswerAnyPage() {
    fixture.shape(Shape.LEGACY);
    fixture.simulator.faults(
        FaultRule.when(
            request -> request.target().endsWith("/turns"),
            Fault.answer(404, Map.of("Content-Type", "text/html"), "<h1>nothing here</h1>")));
    String id = fixture.ids(1).get(0);
    assertThat(turnIds(id)).containsExactlyElementsOf(expected(id));
    assertThat(turnIds("tsk_nope")).isEmpty();
  }

  /** Where the task says nothing of turns either, it is that page which is told. */
  @Test
  void aPageInTheirPlaceIsNoEmptyList() {
    fixture.simulator.faults(
        FaultRule.when(
            request -> request.target().endsWith("/turns"),
            Fault.answer(404, Map.of("Content-Type", "text/html"), "<h1>nothing here</h1>")));
    String id = fixture.ids(1).get(0);
    assertThatThrownBy(() -> turnIds(id))
        .isInstanceOf(TurntableException.class)
        .hasMessageContainingAll("/turns", "404");
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void unknownTasksHaveNoTurns(Shape shape) {
    fixture.shape(shape);
    assertThat(turnIds("tsk_nope")).isEmpty();
    assertThat(turnIds("tsk_nope2")).isEmpty();
    String id = fixture.ids(1).get(0);
    assertThat(turnIds(id)).containsExactlyElementsOf(expected(id));
    assertThat(fixture.requests()).hasSize(shape == Shape.LEGACY ? 4 : 5);
  }

  @Test
  void turnsThatCameWithAKeptTaskAreNotFetchedAgain() {
    fixture.shape(Shape.LEGACY);
    String id = fixture.ids(1).get(0);
    try (StatementScope scope = fixture.statement()) {
      scope.answers().keep();
      fixture.read(fixture.table("tasks"), "by id", Fixture.keys(id), "id", scope, 10);
      assertThat(
              fixture.read(fixture.table("turns"), "by task_id", Fixture.keys(id), "id", scope, 10))
          .containsExactlyElementsOf(expected(id));
    }
    assertThat(fixture.requests()).containsExactly("GET /api/tasks/" + id);
    assertThat(fixture.connection().log().records())
        .extracting(record -> record.shared())
        .containsExactly(false, true);
  }

  @Test
  void readsThePublishedTurn() {
    assertThat(
            fixture.read(
                "turns",
                "by task_id",
                Fixture.keys(HandingerState.PUBLISHED_TASK),
                "structured_output"))
        .singleElement()
        .asString()
        .startsWith("{\"")
        .doesNotContain(" \"");
    assertThat(
            fixture.read(
                "turns", "by task_id", Fixture.keys(HandingerState.PUBLISHED_TASK), "input_tokens"))
        .containsExactly(1842L);
  }

  private List<Object> turnIds(String taskId) {
    return fixture.read("turns", "by task_id", Fixture.keys(taskId), "id");
  }

  private List<String> expected(String taskId) {
    HandingerTask task = fixture.simulator.handinger().task(taskId).orElseThrow();
    return task.turns().stream()
        .sorted(java.util.Comparator.comparing(HandingerTurn::seq))
        .map(HandingerTurn::id)
        .toList();
  }

  private String estimate(int keys) {
    Object[] ids = fixture.ids(keys).toArray();
    return Fixture.path(fixture.table("turns"), "by task_id")
        .estimate(Fixture.keys(ids))
        .toString();
  }
}
