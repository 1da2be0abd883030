package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.ScanRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerTablesTest {
  private final Fixture fixture = Fixture.small();
  private final String worker = fixture.worker(0);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void readsTheSchedulesOfAWorker() {
    assertThat(fixture.read("worker_schedules", "by worker_id", Fixture.keys(worker), "type"))
        .containsExactlyInAnyOrder("scheduled", "delayed", "cron", "interval");
    assertThat(fixture.requests()).containsExactly("GET /api/workers/" + worker + "/schedules");
    assertThat(fixture.read("worker_schedules", "by worker_id", Fixture.keys(worker), "worker_id"))
        .containsOnly(worker);
    assertThat(fixture.read("worker_schedules", "by worker_id", Fixture.keys(worker), "timezone"))
        .doesNotContainNull();
  }

  @Test
  void readsTheLatestStateOfAWorker() {
    assertThat(fixture.read("workers", "by id", Fixture.keys(worker), "id"))
        .containsExactly(worker);
    assertThat(fixture.read("workers", "by id", Fixture.keys(worker), "task_id"))
        .containsExactly((Object) null);
    assertThat(fixture.read("workers", "by id", Fixture.keys(worker), "output").get(0))
        .asString()
        .startsWith("[");
    assertThat(fixture.requests()).containsOnly("GET /api/workers/" + worker);
  }

  @Test
  void aTaskIdSelectsTheTask() {
    String task =
        fixture.simulator.handinger().tasks().stream()
            .filter(candidate -> candidate.workerId().equals(worker))
            .findFirst()
            .orElseThrow()
            .id();
    ScanRequest request =
        Fixture.keys(worker)
            .withFilters(Map.of("task_id", new ColumnFilter.OneOf(List.of(task, ".."))));

    assertThat(fixture.read("workers", "by id", request, "task_id")).containsExactly(task);
    assertThat(
            fixture.read(
                "workers",
                "by id and task_id",
                Fixture.all().withKeys(List.of(List.of(worker, task))),
                "task_id"))
        .containsExactly(task);
    assertThat(fixture.requests())
        .containsOnly("GET /api/workers/" + worker + "?taskId=" + task)
        .hasSize(2);
  }

  @Test
  void unknownWorkersHaveNoRows() {
    assertThat(fixture.read("workers", "by id", Fixture.keys("wrk_no", ".."), "id")).isEmpty();
    assertThat(fixture.read("worker_schedules", "by worker_id", Fixture.keys("wrk_no"), "id"))
        .isEmpty();
    assertThat(fixture.requests()).hasSize(2);
  }

  @Test
  void theConfiguredWorkersAreTheDefault() {
    fixture.with("workerIds", worker + "," + HandingerState.PUBLISHED_WORKER);
    assertThat(fixture.read("workers", "workerIds", Fixture.all(), "id"))
        .containsExactly(worker, HandingerState.PUBLISHED_WORKER);
  }
}
