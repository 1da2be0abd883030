package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.http.Settlement;
import dev.turntable.simulator.handinger.HandingerState.Shape;
import dev.turntable.simulator.handinger.HandingerTask;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.source.Deleter;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Inserter;
import dev.turntable.source.Inserter.Row;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritesTest {
  private static final Predicate<ReceivedRequest> POST = request -> request.method().equals("POST");

  private final Fixture fixture = Fixture.small();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static Row row(String... values) {
    Map<String, Object> row = new HashMap<>();
    for (int i = 0; i < values.length; i += 2) {
      if (values[i + 1] != null) {
        row.put(values[i], values[i + 1]);
      }
    }
    return new Row(row, true);
  }

  private String insert(String table, Row row) {
    return in(
        scope -> {
          Inserter inserter = fixture.table(table).inserter();
          inserter.check(List.of(row), scope);
          return (String) inserter.insert(row, scope).get(0);
        });
  }

  private <T> T in(Function<StatementScope, T> action) {
    try (StatementScope scope = fixture.statement()) {
      return action.apply(scope);
    }
  }

  private TurntableException failure(Function<StatementScope, ?> action) {
    try {
      Object result = in(action);
      throw new AssertionError("no failure but " + result);
    } catch (TurntableException e) {
      return e;
    }
  }

  private TurntableException refusal(String table, Row... rows) {
    return failure(
        scope -> {
          fixture.table(table).inserter().check(List.of(rows), scope);
          return "accepted";
        });
  }

  private HandingerTask task(String id) {
    return fixture.simulator.handinger().task(id).orElseThrow();
  }

  @Test
  void createsATaskUnderAnIdOfItsOwn() {
    String id =
        insert("tasks", row("input", "Say hi", "worker_id", fixture.worker(0), "budget", "low"));

    assertThat(id).matches("tsk_[A-Za-z0-9_-]{22}");
    assertThat(fixture.requests()).containsExactly("POST /api/tasks");
    assertThat(task(id).workerId()).isEqualTo(fixture.worker(0));
    assertThat(task(id).turns().get(0).input()).isEqualTo("Say hi");
  }

  @Test
  void createsATaskUnderAGivenIdThatIsNew() {
    assertThat(insert("tasks", row("id", "my id/1", "input", "x", "worker_id", fixture.worker(0))))
        .isEqualTo("my id/1");
    assertThat(fixture.requests()).containsExactly("GET /api/tasks/my%20id%2F1", "POST /api/tasks");
  }

  @Test
  void aTakenIdIsRefusedBeforeThePost() {
    String id = fixture.ids(1).get(0);
    Row row = row("id", id, "input", "x", "worker_id", fixture.worker(0));
    assertThat(failure(scope -> fixture.table("tasks").inserter().insert(row, scope)).kind())
        .isEqualTo(ErrorKind.DUPLICATE_KEY);
    assertThat(fixture.requests()).containsExactly("GET /api/tasks/" + id);
  }

  @Test
  void aSingleRowMayLeaveTheWorkerToTheService() {
    try (StatementScope scope = fixture.statement()) {
      Row row = row("input", "x");
      fixture.table("tasks").inserter().check(List.of(row), scope);
      assertThat(scope.warnings())
          .singleElement()
          .asString()
          .contains("Handinger creates a worker");
    }
    assertThat(insert("tasks", row("input", "x"))).startsWith("tsk_");
  }

  @ParameterizedTest
  @CsvSource({
    "input, , MISSING_VALUE",
    "input, '', BAD_VALUE",
    "budget, huge, BAD_VALUE",
    "budget, LOW, BAD_VALUE",
    "id, '', BAD_VALUE",
    "id, .., BAD_VALUE",
    "worker_id, '', BAD_VALUE",
  })
  void refusesBadRowsBeforeAnyRequest(String column, String value, ErrorKind kind) {
    Map<String, String> values = new HashMap<>(Map.of("input", "x", "worker_id", "w"));
    values.put(column, value);
    String[] flat =
        values.entrySet().stream()
            .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue()))
            .toArray(String[]::new);
    assertThat(refusal("tasks", row(flat)).kind()).isEqualTo(kind);
    assertThat(fixture.requests()).isEmpty();
  }

  @Test
  void refusesSeveralRowsWithoutWorkerOrWithOneId() {
    assertThat(refusal("tasks", row("input", "x", "worker_id", "w"), row("input", "y")).kind())
        .isEqualTo(ErrorKind.MISSING_VALUE);
    Row same = row("id", "a", "input", "x", "worker_id", "w");
    assertThat(refusal("tasks", same, same).kind()).isEqualTo(ErrorKind.DUPLICATE_KEY);
    assertThat(refusal("turns", row("input", "x")).kind()).isEqualTo(ErrorKind.MISSING_VALUE);
    assertThat(refusal("turns", row("input", "x", "task_id", ".")).kind())
        .isEqualTo(ErrorKind.BAD_VALUE);
    assertThat(fixture.requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void addsATurnToATask(Shape shape) {
    fixture.shape(shape);
    String task = fixture.ids(1).get(0);
    int before = task(task).turns().size();

    String id = insert("turns", row("task_id", task, "input", "And now?"));

    assertThat(task(task).turns()).hasSize(before + 1);
    assertThat(id).isEqualTo(task(task).turns().get(before).id());
    assertThat(fixture.requests())
        .startsWith("GET /api/tasks/" + task, "POST /api/tasks")
        .hasSize(3);
    assertThat(fixture.simulator.handinger().posts(task)).isEqualTo(1);
  }

  @Test
  void theKeyOfATurnIsReadOnlyIfItIsWanted() {
    String task = fixture.ids(1).get(0);
    Row row = new Row(Map.of("task_id", task, "input", "And now?"), false);
    List<Object> keys = in(scope -> fixture.table("turns").inserter().insert(row, scope));
    assertThat(keys).containsExactly((Object) null);
    assertThat(fixture.requests()).containsExactly("GET /api/tasks/" + task, "POST /api/tasks");
  }

  @Test
  void aTurnWhoseKeyCannotBeReadIsThereAllTheSame() {
    String task = fixture.ids(1).get(0);
    fixture.simulator.faults(
        FaultRule.nth(3, Fault.status(403)).or(FaultRule.nth(4, Fault.status(403))));
    try (StatementScope scope = fixture.statement()) {
      Row row = row("task_id", task, "input", "And now?");
      assertThat(fixture.table("turns").inserter().insert(row, scope))
          .containsExactly((Object) null);
      assertThat(scope.warnings())
          .singleElement()
          .asString()
          .contains("the turn was added to the task '" + task + "'", "403");
    }
    assertThat(fixture.simulator.handinger().posts(task)).isEqualTo(1);
  }

  @Test
  void aTurnNeedsItsTask() {
    Row row = row("task_id", "tsk_nope", "input", "x");
    assertThat(failure(scope -> fixture.table("turns").inserter().insert(row, scope)).kind())
        .isEqualTo(ErrorKind.UNKNOWN_PARENT);
    assertThat(fixture.requests()).containsExactly("GET /api/tasks/tsk_nope");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cutBody", "cut", "500", "truncated", "408"})
  void aTaskWhoseAnswerIsLostIsFoundByReading(String fault) {
    fixture.simulator.faults(FaultRule.first(1, POST, afterActing(fault)));

    String id = insert("tasks", row("input", "x", "worker_id", fixture.worker(0)));

    assertThat(fixture.simulator.handinger().posts(id)).isEqualTo(1);
    assertThat(fixture.simulator.handinger().runs()).isEqualTo(1);
    assertThat(fixture.requests()).containsExactly("POST /api/tasks", "GET /api/tasks/" + id);
  }

  private static Fault afterActing(String fault) {
    return switch (fault) {
      case "cutBody" -> Fault.cutInBody();
      case "cut" -> Fault.afterActing(Fault.cutBeforeHeaders());
      case "truncated" -> Fault.truncatedJson();
      default -> Fault.afterActing(Fault.status(Integer.parseInt(fault)));
    };
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aTurnWhoseAnswerIsLostIsFoundByReading(Shape shape) {
    fixture.shape(shape);
    String task = fixture.ids(1).get(0);
    int before = task(task).turns().size();
    fixture.simulator.faults(FaultRule.first(1, POST, afterActing("cut")));

    String id = insert("turns", row("task_id", task, "input", "And now?"));

    assertThat(task(task).turns()).hasSize(before + 1);
    assertThat(id).isEqualTo(task(task).turns().get(before).id());
    assertThat(fixture.simulator.handinger().posts(task)).isEqualTo(1);
  }

  @Test
  void aTaskThatIsNotFoundEitherIsUnknown() {
    fixture.simulator.faults(FaultRule.when(POST, Fault.cutBeforeHeaders()));
    Inserter inserter = new TaskInserter(service(), new Settlement(List.of(Duration.ZERO)));
    Row row = row("input", "x", "worker_id", fixture.worker(0));

    TurntableException failure = failure(scope -> inserter.insert(row, scope));

    assertThat(failure.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    assertThat(failure.getMessage()).containsPattern("look for the task with id 'tsk_[\\w-]{22}'");
    assertNoNetworkException(failure);
    assertThat(fixture.simulator.handinger().runs()).isZero();
  }

  /** Only an answer as the reference has it says that the task is there; else reading tells. */
  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "", "{\"id\":null}", "{\"error\":\"no\"}"})
  void anAnswerThatSaysNothingIsNoSuccess(String body) {
    Fault fault = Fault.answer(200, Map.of("Content-Type", "application/json"), body);
    Inserter inserter = new TaskInserter(service(), new Settlement(List.of(Duration.ZERO)));
    Row row = row("input", "x", "worker_id", fixture.worker(0));

    fixture.simulator.faults(FaultRule.when(POST, fault));
    assertThat(failure(scope -> inserter.insert(row, scope)))
        .hasMessageContaining("answered unreadable JSON")
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    assertThat(fixture.simulator.handinger().runs()).isZero();

    fixture.simulator.faults(FaultRule.when(POST, Fault.afterActing(fault)));
    String id = (String) in(scope -> inserter.insert(row, scope)).get(0);
    assertThat(fixture.simulator.handinger().posts(id)).isEqualTo(1);
  }

  private Handinger service() {
    return ((HandingerSource) fixture.source()).service();
  }

  private static void assertNoNetworkException(Throwable failure) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      assertThat(link).isInstanceOf(TurntableException.class);
    }
  }

  @Test
  void aTimedOutInsertReturnsInTimeAndNamesTheTask() {
    fixture.simulator.handinger().runDuration(Duration.ofSeconds(30));
    Row row = row("id", "tsk_mine", "input", "x", "worker_id", fixture.worker(0));
    long start = System.nanoTime();
    TurntableException failure;
    try (StatementScope scope = fixture.statement(Duration.ofMillis(800))) {
      failure =
          org.assertj.core.api.Assertions.catchThrowableOfType(
              TurntableException.class, () -> fixture.table("tasks").inserter().insert(row, scope));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(Duration.ofSeconds(20)); // the run would take 30
    assertThat(failure.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    assertThat(failure).hasMessageContainingAll("under way when the statement ended", "'tsk_mine'");
    assertNoNetworkException(failure);
    assertThat(fixture.simulator.handinger().posts("tsk_mine")).isEqualTo(1);
  }

  @Test
  void archivesTasksOnce() {
    String id = fixture.ids(1).get(0);
    Deleter deleter = fixture.table("tasks").deleter();
    boolean archived = in(scope -> deleter.delete(List.of(id), scope));
    boolean unknown = in(scope -> deleter.delete(List.of("tsk_nope"), scope));
    assertThat(archived).isTrue();
    assertThat(unknown).isFalse();
    assertThat(fixture.requests())
        .containsExactly("DELETE /api/tasks/" + id, "DELETE /api/tasks/tsk_nope");
  }

  @Test
  void anArchiveWhoseAnswerIsLostIsUnknown() {
    fixture.simulator.faults(FaultRule.always(Fault.cutInBody()));
    String id = fixture.ids(1).get(0);
    assertThat(failure(scope -> fixture.table("tasks").deleter().delete(List.of(id), scope)))
        .hasMessageContaining("DELETE /api/tasks/" + id)
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    assertThat(fixture.requests()).hasSize(1);
  }

  @Test
  void whatIsCreatedAndArchivedHereChangesTheScans() {
    String first = fixture.ids(1).get(0);
    fixture.with("taskIds", first);
    String created = insert("tasks", row("input", "x", "worker_id", fixture.worker(0)));

    assertThat(fixture.read("tasks", "known ids", Fixture.all(), "id"))
        .containsExactly(first, created);
    in(scope -> fixture.table("tasks").deleter().delete(List.of(first), scope));
    try (StatementScope scope = fixture.statement()) {
      assertThat(fixture.read(fixture.table("tasks"), "known ids", Fixture.all(), "id", scope, 10))
          .containsExactly(created);
      assertThat(scope.warnings())
          .containsExactly(
              "tasks: 1 known ids (created here 1); Handinger publishes no list of tasks");
    }
  }

  @Test
  void aWriteThatWasRefusedSaysWhy() {
    fixture.simulator.faults(FaultRule.when(POST, Fault.status(402)));
    Row row = row("input", "x", "worker_id", fixture.worker(0));
    assertThat(failure(scope -> fixture.table("tasks").inserter().insert(row, scope)))
        .hasMessageContainingAll("POST /api/tasks answered 402: simulated", "credits")
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(fixture.requests()).hasSize(1);
  }

  @Test
  void aConnectionIsValidUnlessTheKeyIsRefused() {
    assertThat(isValid()).isTrue();
    assertThat(isValid()).isTrue();
    assertThat(fixture.requests()).hasSize(1);
    fixture.reconnect();
    fixture.simulator.handinger().revokeKey(dev.turntable.simulator.handinger.HandingerOptions.KEY);
    assertThat(isValid()).isFalse();
  }

  private boolean isValid() {
    try (StatementScope scope = fixture.statement()) {
      return fixture.source().isValid(scope);
    }
  }
}
