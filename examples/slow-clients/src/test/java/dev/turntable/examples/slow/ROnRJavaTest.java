package dev.turntable.examples.slow;

import static dev.turntable.simulator.handinger.HandingerState.PUBLISHED_TASK;
import static dev.turntable.simulator.handinger.HandingerState.PUBLISHED_WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R by the calls that RJDBC makes. */
final class ROnRJavaTest {
  private static Service service;
  private static Session r;

  @BeforeAll
  static void start() throws IOException {
    service = Service.start();
    r =
        Session.start(
            service.environment(),
            "/usr/bin/Rscript",
            "--vanilla",
            Places.resource("r_client.R"),
            service.url(),
            Places.DRIVER.toString());
  }

  @AfterAll
  static void stop() throws IOException {
    r.close();
    service.close();
  }

  @BeforeEach
  void forgetRequests() {
    service.requests();
  }

  @Test
  void theConnectionIsValid() throws IOException {
    assertThat(r.ask("valid")).containsExactly("TRUE");
    assertThat(service.requests()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void tablesAreListed() throws IOException {
    assertThat(r.ask("tables"))
        .containsExactly("tasks", "turns", "webhook_executions", "worker_schedules", "workers");
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void columnsHaveTypes() throws IOException {
    assertThat(r.ask("types", "SELECT id, created_at, credits FROM tasks LIMIT 2"))
        .containsExactly("id character", "created_at POSIXct", "credits numeric");
    assertThat(service.requests()).hasSize(2);
  }

  @Test
  void aRowIsReadByOneRequest() throws IOException {
    String sql =
        "SELECT id, created_at, CAST(created_at AS DATE) AS d, credits FROM tasks WHERE id = ?";
    assertThat(r.ask("rows", sql, PUBLISHED_TASK))
        .containsExactly(PUBLISHED_TASK + "|2026-05-11 09:14:22|2026-05-11|42");
    assertThat(service.requests()).containsExactly("GET /api/tasks/" + PUBLISHED_TASK);
  }

  @Test
  void rAggregatesAWholeTable() throws IOException {
    assertThat(r.ask("credits")).isEqualTo(Service.creditsByWorker(service.tasks(), "|"));
    assertThat(service.requests()).hasSize(service.tasks().size());
  }

  @Test
  void rowsAreInsertedAndCommitted() throws IOException {
    int before = service.tasks().size();
    assertThat(r.ask("insert", PUBLISHED_WORKER, "Was kostet Köln?", "東京の天気は?"))
        .containsExactly("1", "1");
    assertThat(service.requests()).containsExactly("POST /api/tasks", "POST /api/tasks");
    assertThat(service.tasks()).hasSize(before + 2);
    assertThat(service.tasks()).anyMatch(task -> task.turns().get(0).input().equals("東京の天気は?"));
  }

  @Test
  void anErrorNamesColumnAndRemedy() throws IOException {
    assertThat(r.ask("fail", "SELECT nix FROM tasks"))
        .singleElement()
        .asString()
        .contains("Column 'nix' not found", "there are id, title, status");
    assertThat(service.requests()).isEmpty();
  }
}
