package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.handinger.HandingerState.Shape;
import dev.turntable.source.Column;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import dev.turntable.source.TurntableException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TasksTableTest {
  private final Fixture fixture = Fixture.small();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void readsThePublishedTask(Shape shape) {
    fixture.shape(shape);
    Map<String, Object> row = row(fixture.table("tasks"), HandingerState.PUBLISHED_TASK);

    assertThat(row)
        .containsEntry("id", "tsk_2Z-YWz3hFq6VlW")
        .containsEntry("status", "completed")
        .containsEntry("title", "Weather report for Barcelona")
        .containsEntry("triggered_by", "api")
        .containsEntry("worker_id", "wrk_vk81XUHKHG-qr4")
        .containsEntry("created_at", Instant.parse("2026-05-11T09:14:22Z"))
        .containsEntry("completed_at", Instant.parse("2026-05-11T09:14:48Z"))
        .containsEntry("credits", 42L)
        .containsEntry("duration_ms", 25812L)
        .containsEntry("turn_count", 1L);
    assertThat(fixture.requests()).containsExactly("GET /api/tasks/tsk_2Z-YWz3hFq6VlW");
  }

  private <T> Map<String, Object> row(TableDef<T> table, String id) {
    try (StatementScope scope = fixture.statement()) {
      T row =
          Fixture.path(table, "by id")
              .open(Fixture.keys(id), scope)
              .get(0)
              .fetch(scope)
              .rows()
              .get(0);
      return table.columns().stream()
          .filter(column -> column.reader().apply(row) != null)
          .collect(Collectors.toMap(Column::name, column -> column.reader().apply(row)));
    }
  }

  @Test
  void namesItsColumnsAsTheContractDoes() {
    assertThat(fixture.table("tasks").columns().stream().map(Column::name))
        .containsExactly(
            "id",
            "title",
            "status",
            "triggered_by",
            "worker_id",
            "organization_id",
            "created_by_user_id",
            "created_at",
            "completed_at",
            "credits",
            "duration_ms",
            "turn_count",
            "url",
            "input",
            "budget",
            "files");
  }

  @Test
  void anUnknownIdHasNoRow() {
    assertThat(fixture.read("tasks", "by id", Fixture.keys("tsk_nope"), "id")).isEmpty();
    assertThat(fixture.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void anIdThatCannotExistSendsNothing(String id) {
    assertThat(fixture.read("tasks", "by id", Fixture.keys(id), "id")).isEmpty();
    assertThat(fixture.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../workers", "a/b", "a?b=c", "a%2fb", "%2e%2e", "a\nb\u0000", " ", "é#;"})
  void anIdIsOnePathSegment(String id) {
    assertThat(fixture.read("tasks", "by id", Fixture.keys(id), "id")).isEmpty();
    assertThat(fixture.simulator.requests())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.path()).startsWith("/api/tasks/");
              assertThat(request.path().substring("/api/tasks/".length())).doesNotContain("/", "?");
            });
  }

  @Test
  void aForeignTaskIsForbidden() {
    assertThatThrownBy(
            () -> fixture.read("tasks", "by id", Fixture.keys(HandingerState.FOREIGN_TASK), "id"))
        .isInstanceOf(TurntableException.class)
        .hasMessageStartingWith("handinger.tasks: GET /api/tasks/tsk_F0r3ign-0rg-01 answered 403: ")
        .extracting(e -> ((TurntableException) e).kind())
        .isEqualTo(ErrorKind.FORBIDDEN);
  }

  @Test
  void aScanWithoutIdsCoversTheKnownOnesOnce() {
    List<String> ids = fixture.ids(3);
    fixture.with("taskIds", String.join(",", ids) + "," + ids.get(0));

    try (StatementScope scope = fixture.statement()) {
      assertThat(read(scope, Integer.MAX_VALUE)).containsExactlyElementsOf(ids);
      assertThat(scope.warnings())
          .containsExactly("tasks: 3 known ids (taskIds 3); Handinger publishes no list of tasks");
    }
    assertThat(fixture.requests()).hasSize(3);
  }

  @Test
  void aScanFindsIdsInTheLogsOfWorkers() {
    String worker = fixture.worker(0);
    List<String> logged =
        fixture.simulator.handinger().executions(worker).stream()
            .map(execution -> execution.taskId())
            .filter(id -> id != null)
            .distinct()
            .toList();
    fixture.with("workerIds", worker).with("taskIds", logged.get(0));

    try (StatementScope scope = fixture.statement()) {
      assertThat(read(scope, Integer.MAX_VALUE)).containsExactlyInAnyOrderElementsOf(logged);
      assertThat(scope.warnings())
          .containsExactly(
              "tasks: "
                  + logged.size()
                  + " known ids (taskIds 1, logs of workers "
                  + (logged.size() - 1)
                  + "); Handinger publishes no list of tasks");
    }
    assertThat(fixture.requests()).hasSize(3 + logged.size());
  }

  @Test
  void aLimitReachedByTaskIdsReadsNoLog() {
    fixture.with("workerIds", fixture.worker(0)).with("taskIds", String.join(",", fixture.ids(5)));

    try (StatementScope scope = fixture.statement()) {
      assertThat(read(scope, 5)).hasSize(5);
      assertThat(scope.warnings()).as("how many there are shows with the last row").isEmpty();
    }
    assertThat(fixture.requests()).allMatch(line -> line.startsWith("GET /api/tasks/")).hasSize(5);
  }

  private List<Object> read(StatementScope scope, int limit) {
    return fixture.read(fixture.table("tasks"), "known ids", Fixture.all(), "id", scope, limit);
  }

  @Test
  void aScanThatKnowsNothingNamesTheWays() {
    assertThatThrownBy(() -> fixture.read("tasks", "known ids", Fixture.all(), "id"))
        .isInstanceOf(TurntableException.class)
        .hasMessageContainingAll("WHERE id", "taskIds", "workerIds")
        .extracting(e -> ((TurntableException) e).kind())
        .isEqualTo(ErrorKind.INVALID_STATEMENT);
    assertThat(fixture.requests()).isEmpty();
  }

  /** The empty result of a wrong key or a typing error looks like an answer. */
  @Test
  void soDoesOneWhoseOnlyIdIsUnknown() {
    fixture.with("taskIds", "tsk_a");
    assertThatThrownBy(() -> fixture.read("tasks", "known ids", Fixture.all(), "id"))
        .isInstanceOf(TurntableException.class)
        .hasMessageContaining("none of the 1 known ids (taskIds 1)")
        .extracting(e -> ((TurntableException) e).kind())
        .isEqualTo(ErrorKind.BAD_VALUE);
  }

  @Test
  void oneThatIsThereIsEnough() {
    String id = fixture.ids(1).get(0);
    fixture.with("taskIds", "tsk_a," + id + ",tsk_b");
    assertThat(fixture.read("tasks", "known ids", Fixture.all(), "id")).containsExactly(id);
  }

  @Test
  void aScanWhoseIdsAreAllUnknownFails() {
    fixture.with("taskIds", "tsk_a,tsk_b");

    assertThatThrownBy(() -> fixture.read("tasks", "known ids", Fixture.all(), "id"))
        .isInstanceOf(TurntableException.class)
        .hasMessageContaining("none of the 2 known ids (taskIds 2)")
        .extracting(e -> ((TurntableException) e).kind())
        .isEqualTo(ErrorKind.BAD_VALUE);
  }
}
