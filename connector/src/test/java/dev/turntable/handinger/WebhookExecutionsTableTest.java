package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.simulator.handinger.HandingerExecution;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Ordering;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookExecutionsTableTest {
  private final Fixture fixture = Fixture.small();
  private final String worker = fixture.worker(0);

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<String> logged() {
    return fixture.simulator.handinger().executions(worker).stream()
        .map(HandingerExecution::id)
        .toList();
  }

  private List<Object> read() {
    return fixture.read("webhook_executions", "by worker_id", Fixture.keys(worker), "id");
  }

  @Test
  void readsAllPagesNewestFirst() {
    assertThat(read()).hasSize(120).containsExactlyElementsOf(logged());
    assertThat(fixture.requests()).containsExactly(page(1), page(2), page(3));
    assertThat(Fixture.path(fixture.table("webhook_executions"), "by worker_id").order())
        .containsExactly(new Ordering("created_at", true));
  }

  private String page(int number) {
    return "GET /api/workers/" + worker + "/webhook/executions?page=" + number;
  }

  @Test
  void rememberesHowManyPagesThereWere() {
    var path = Fixture.path(fixture.table("webhook_executions"), "by worker_id");
    assertThat(path.estimate(Fixture.keys(worker)).toString())
        .isEqualTo("[GET /api/workers/{worker_id}/webhook/executions x 1 (at least)]");
    read();
    assertThat(path.estimate(Fixture.keys(worker)).toString())
        .isEqualTo("[GET /api/workers/{worker_id}/webhook/executions x 3 (at least)]");
  }

  @Test
  void aLogThatGrowsWhileItIsReadIsReadOnceMore() {
    afterRequest(2, 1);

    assertThat(read()).hasSize(121).doesNotHaveDuplicates().hasSameElementsAs(logged());
    assertThat(fixture.requests()).containsExactly(page(1), page(2), page(1), page(2), page(3));
  }

  @Test
  void aLogThatKeepsChangingFails() {
    afterRequest(2, Integer.MAX_VALUE);

    assertThatThrownBy(this::read)
        .isInstanceOf(TurntableException.class)
        .hasMessageContaining("changed while it was read")
        .extracting(e -> ((TurntableException) e).kind())
        .isEqualTo(ErrorKind.UNSTABLE);
  }

  @Test
  void anOrderedScanOfALogThatChangesFailsRatherThanBreakTheOrder() {
    afterRequest(2, 1);
    ScanRequest ordered =
        new ScanRequest(
            Set.of(), List.of(List.of(worker)), Map.of(), OptionalLong.empty(), true, false);

    assertThatThrownBy(() -> fixture.read("webhook_executions", "by worker_id", ordered, "id"))
        .isInstanceOf(TurntableException.class)
        .extracting(e -> ((TurntableException) e).kind())
        .isEqualTo(ErrorKind.UNSTABLE);
  }

  /** A delivery is logged just before the request is answered, for so many requests. */
  private void afterRequest(int first, int times) {
    fixture.source();
    AtomicInteger left = new AtomicInteger(times);
    fixture.simulator.faults(
        (request, ordinal) -> {
          if (ordinal >= first && left.getAndDecrement() > 0) {
            fixture.simulator.handinger().addExecution(worker, null);
          }
          return java.util.Optional.empty();
        });
  }

  @Test
  void anEntryThatIsMissingIsNoticed() {
    fixture.simulator.faults(
        FaultRule.when(
            request -> request.line().endsWith("page=2"),
            Fault.answer(
                200,
                Map.of("Content-Type", "application/json"),
                "{\"logs\":[],\"page\":2,\"pageCount\":3,\"totalCount\":120}")));

    assertThatThrownBy(this::read)
        .isInstanceOf(TurntableException.class)
        .hasMessageContaining("120 entries announced, 70 seen")
        .extracting(e -> ((TurntableException) e).kind())
        .isEqualTo(ErrorKind.UNSTABLE);
  }

  @Test
  void aLimitReadsNoFurtherPage() {
    try (StatementScope scope = fixture.statement()) {
      assertThat(
              fixture.read(
                  fixture.table("webhook_executions"),
                  "by worker_id",
                  Fixture.keys(worker),
                  "id",
                  scope,
                  50))
          .hasSize(50);
    }
    assertThat(fixture.requests()).hasSize(1);
  }

  @Test
  void pagesMayBeReadInParallel() {
    var path = Fixture.path(fixture.table("webhook_executions"), "by worker_id");
    try (StatementScope scope = fixture.statement()) {
      var first = path.open(Fixture.keys(worker), scope).get(0).fetch(scope);
      List<java.util.concurrent.Callable<Integer>> rest =
          first.next().stream()
              .<java.util.concurrent.Callable<Integer>>map(
                  step -> () -> step.fetch(scope).rows().size())
              .toList();
      assertThat(scope.inParallel(rest)).containsExactly(50, 20);
    }
  }

  @Test
  void anUnknownWorkerHasNoLog() {
    assertThat(fixture.read("webhook_executions", "by worker_id", Fixture.keys("wrk_no"), "id"))
        .isEmpty();
  }

  @Test
  void withoutWorkersTheWaysAreNamed() {
    for (String table : List.of("webhook_executions", "worker_schedules", "workers")) {
      assertThatThrownBy(() -> fixture.read(table, "workerIds", Fixture.all(), "id"))
          .isInstanceOf(TurntableException.class)
          .hasMessageContainingAll("handinger." + table, "workerIds")
          .extracting(e -> ((TurntableException) e).kind())
          .isEqualTo(ErrorKind.INVALID_STATEMENT);
    }
  }

  @Test
  void theConfiguredWorkersAreTheDefault() {
    fixture.with("workerIds", worker + "," + fixture.worker(1));
    assertThat(fixture.read("webhook_executions", "workerIds", Fixture.all(), "worker_id"))
        .hasSize(240)
        .containsOnly(worker, fixture.worker(1));
  }
}
