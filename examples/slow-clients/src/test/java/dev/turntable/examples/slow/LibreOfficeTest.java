package dev.turntable.examples.slow;

import static dev.turntable.simulator.handinger.HandingerState.PUBLISHED_TASK;
import static dev.turntable.simulator.handinger.HandingerState.PUBLISHED_WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerTask;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** LibreOffice Base: the list of tables, a table's design, its grid, a new row. */
final class LibreOfficeTest {
  private static Service service;
  private static Session base;

  @BeforeAll
  static void start() throws IOException {
    service = Service.start();
    base =
        Session.start(
            service.environment(),
            Places.PYTHON,
            Places.resource("libreoffice_client.py"),
            // Nothing is read ahead, so that the requests are those of the rows shown.
            service.url() + ";maxConcurrentRequests=1",
            Places.DRIVER.toString());
  }

  @AfterAll
  static void stop() throws IOException {
    base.close();
    service.close();
  }

  @BeforeEach
  void forgetRequests() {
    service.requests();
  }

  @Test
  void theTablesAreListed() throws IOException {
    assertThat(base.ask("tables"))
        .containsExactly(
            "handinger.tasks",
            "handinger.turns",
            "handinger.webhook_executions",
            "handinger.worker_schedules",
            "handinger.workers");
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void theDesignShowsColumnsAndKeys() throws IOException {
    assertThat(base.ask("columns", "handinger.tasks"))
        .startsWith("id VARCHAR not null", "title VARCHAR")
        .contains("created_at TIMESTAMP", "credits BIGINT");
    assertThat(base.ask("keys", "handinger.turns"))
        .containsExactlyInAnyOrder("1 id", "3 task_id handinger.tasks");
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void theGridShowsTheFirstRows() throws IOException {
    List<String> rows = base.ask("grid", "handinger.tasks", "", "3");
    assertThat(rows).hasSize(3).anyMatch(row -> row.startsWith("tsk_"));
    // Base fills its window: the ten rows of the fetch size, and two.
    assertThat(service.requests()).hasSize(12);
  }

  @Test
  void aFormFindsARow() throws IOException {
    assertThat(base.ask("query", "SELECT title FROM tasks WHERE id = '" + PUBLISHED_TASK + "'"))
        .hasSize(1);
    assertThat(service.requests()).containsExactly("GET /api/tasks/" + PUBLISHED_TASK);
  }

  @Test
  void aRowIsInserted() throws IOException {
    String id = "tsk_Base-0000000000000001";
    assertThat(
            base.ask(
                "insert",
                "handinger.tasks",
                "id=" + id,
                "worker_id=" + PUBLISHED_WORKER,
                "input=Was kostet Köln?"))
        .hasSize(1);
    // The id that was given is looked up first.
    assertThat(service.requests())
        .contains("GET /api/tasks/" + id)
        .filteredOn(request -> !request.startsWith("GET "))
        .containsExactly("POST /api/tasks");
    assertThat(service.tasks())
        .filteredOn(task -> task.id().equals(id))
        .singleElement()
        .extracting(HandingerTask::workerId)
        .isEqualTo(PUBLISHED_WORKER);
  }

  @Test
  void anEditedCellTellsWhatCanBeDone() throws IOException {
    assertThat(base.ask("update", "handinger.tasks", "title", "new"))
        .singleElement()
        .asString()
        .startsWith("UPDATE is not supported: Turntable reads with SELECT");
  }
}
