package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Ordering;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of the workers that {@code workerIds} names. */
final class KnownWorkersTest {
  private static final String LOG = "webhook_executions";

  private final Fixture fixture = Fixture.small();
  private final String worker = fixture.worker(0);

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<String> warnings(String table, String path, ScanRequest request) {
    try (StatementScope scope = fixture.statement()) {
      String column = fixture.table(table).columns().get(0).name();
      fixture.read(fixture.table(table), path, request, column, scope, Integer.MAX_VALUE);
      return scope.warnings();
    }
  }

  private String failure(String table, String path, ScanRequest request) {
    TurntableException failure =
        catchThrowableOfType(TurntableException.class, () -> warnings(table, path, request));
    assertThat(failure).as("an error").isNotNull();
    assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_VALUE);
    return failure.getMessage();
  }

  private void withoutEntries(String id) {
    fixture.simulator.faults(
        FaultRule.when(
            request -> request.target().contains("/" + id + "/webhook/"),
            Fault.answer(
                200,
                Map.of("Content-Type", "application/json"),
                "{\"logs\":[],\"page\":1,\"pageCount\":0,\"totalCount\":0}")));
  }

  @Test
  void howManyThereAre() {
    fixture.with("workerIds", worker);
    assertThat(warnings(LOG, "workerIds", Fixture.all()))
        .containsExactly(
            "webhook_executions: 1 known workers (workerIds 1); Handinger publishes no list of"
                + " workers");
  }

  @Test
  void thoseWithoutARowAreNamed() {
    fixture.with("workerIds", "wrk_b," + worker + ",wrk_a," + fixture.worker(1));
    withoutEntries(fixture.worker(1));
    assertThat(warnings(LOG, "workerIds", Fixture.all()))
        .containsExactly(
            "webhook_executions: 4 known workers (workerIds 4), without a log "
                + fixture.worker(1)
                + ", unknown to the service wrk_a, wrk_b; Handinger publishes no list of workers");
  }

  /** The empty result of a wrong key or a typing error looks like an answer. */
  @Test
  void thatNoneIsKnownIsAnError() {
    fixture.with("workerIds", "wrk_b,wrk_a");
    assertThat(failure(LOG, "workerIds", Fixture.all()))
        .isEqualTo(
            "handinger.webhook_executions: the service knows none of the 2 workers in workerIds"
                + " (wrk_a, wrk_b), or they have no webhook; check workerIds, the key and baseUrl");
    assertThat(failure("workers", "workerIds", Fixture.all())).startsWith("handinger.workers: ");
  }

  /** Those may be the ones that there are. */
  @Test
  void unlessTheStatementNamesOthers() {
    fixture.with("workerIds", "wrk_a");
    assertThat(warnings(LOG, "workerIds", Fixture.all().withKeysFollowing(true)))
        .singleElement()
        .asString()
        .contains("unknown to the service wrk_a");
  }

  /** A worker that has nothing of a task is no mistake in workerIds. */
  @Test
  void norWhereATaskIsAskedFor() {
    fixture.with("workerIds", "wrk_a");
    ScanRequest ofTask =
        Fixture.all().withFilters(Map.of("task_id", new ColumnFilter.OneOf(List.of("tsk_no"))));
    assertThat(warnings("workers", "workerIds", ofTask)).isEmpty();
  }

  /** Logs of several workers are not read in the order of their entries. */
  @Test
  void theOrderOfOneLogIsKept() {
    fixture.with("workerIds", worker);
    assertThat(Fixture.path(fixture.table(LOG), "workerIds").order())
        .containsExactly(new Ordering("created_at", true));
    fixture.reconnect().with("workerIds", worker + "," + fixture.worker(1));
    assertThat(Fixture.path(fixture.table(LOG), "workerIds").order()).isEmpty();
    assertThat(Fixture.path(fixture.table(LOG), "workerIds").unique()).isFalse();
  }

  @Test
  void anIdThatCannotExistSendsNothing() {
    fixture.with("workerIds", ".." + "," + worker);
    warnings("workers", "workerIds", Fixture.all());
    assertThat(fixture.requests()).containsExactly("GET /api/workers/" + worker);
    warnings("tasks", "known ids", Fixture.all());
    assertThat(fixture.requests())
        .filteredOn(line -> line.contains("/webhook/"))
        .allMatch(line -> line.contains(worker));
  }

  @Test
  void tasksOfLogsThatAreEmptyOrUnknown() {
    fixture.with("workerIds", "wrk_no," + fixture.worker(1) + "," + worker);
    withoutEntries(fixture.worker(1));
    assertThat(warnings("tasks", "known ids", Fixture.all()))
        .singleElement()
        .asString()
        .matches(
            "tasks: \\d+ known ids \\(logs of workers \\d+, without a log "
                + fixture.worker(1)
                + ", unknown to the service wrk_no\\); Handinger publishes no list of tasks");
  }

  @Test
  void tasksOfUnknownWorkersOnlyAreAnError() {
    fixture.with("workerIds", "wrk_b,wrk_a");
    assertThat(failure("tasks", "known ids", Fixture.all()))
        .isEqualTo(
            "handinger.tasks: the service knows none of the 2 known workers (logs of workers 0,"
                + " unknown to the service wrk_a, wrk_b); check taskIds, workerIds, the key and"
                + " baseUrl");
    assertThat(warnings("tasks", "known ids", Fixture.all().withKeysFollowing(true)))
        .containsExactly(
            "tasks: 0 known ids (logs of workers 0, unknown to the service wrk_a, wrk_b); Handinger"
                + " publishes no list of tasks");
  }

  /** A worker without a log is there: that it names no task is no mistake. */
  @Test
  void anEmptyLogNamesNoTask() {
    fixture.with("workerIds", "wrk_no," + worker);
    withoutEntries(worker);
    assertThat(warnings("tasks", "known ids", Fixture.all()))
        .singleElement()
        .asString()
        .startsWith("tasks: 0 known ids (logs of workers 0, without a log " + worker);
  }
}
