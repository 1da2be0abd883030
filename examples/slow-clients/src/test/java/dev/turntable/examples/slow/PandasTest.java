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

/** Python: the DB-API of JPype, and pandas on it. */
final class PandasTest {
  private static Service service;
  private static Session pandas;

  @BeforeAll
  static void start() throws IOException {
    service = Service.start();
    pandas =
        Session.start(
            service.environment(),
            Places.PYTHON,
            Places.resource("pandas_client.py"),
            service.url(),
            Places.DRIVER.toString());
  }

  @AfterAll
  static void stop() throws IOException {
    pandas.close();
    service.close();
  }

  @BeforeEach
  void forgetRequests() {
    service.requests();
  }

  @Test
  void columnsHaveTypes() throws IOException {
    assertThat(pandas.ask("types", "SELECT id, created_at, credits, turn_count FROM tasks LIMIT 3"))
        .containsExactly(
            "id object", "created_at datetime64[ns]", "credits int64", "turn_count int64");
    assertThat(service.requests()).hasSize(3);
  }

  /** Two columns of one name would be one to pandas, and EXPR$0 says nothing. */
  @Test
  void columnsHaveTheNamesOfTheStatement() throws IOException {
    assertThat(
            pandas.ask(
                "types",
                "SELECT t.id, MIN(u.id) AS turn, SUM(u.credits), COUNT(*) FROM tasks t"
                    + " JOIN turns u ON u.task_id = t.id WHERE t.id = '%s' GROUP BY t.id"
                        .formatted(PUBLISHED_TASK)))
        .containsExactly("id object", "turn object", "SUM(u.credits) int64", "COUNT(*) int64");
    service.requests();
  }

  @Test
  void aRowIsReadByOneRequest() throws IOException {
    String sql = "SELECT id, created_at, completed_at, credits FROM tasks WHERE id = ?";
    assertThat(pandas.ask("rows", sql, PUBLISHED_TASK))
        .containsExactly(PUBLISHED_TASK + "|2026-05-11 09:14:22|2026-05-11 09:14:48|42");
    assertThat(service.requests()).containsExactly("GET /api/tasks/" + PUBLISHED_TASK);
  }

  /** A statement that writes is a frame of its answers; each text is put through the worker once. */
  @Test
  void anInsertIsAFrameOfItsAnswers() throws IOException {
    String sql =
        "INSERT INTO tasks (worker_id, input) SELECT ?, v FROM (VALUES ('Regnet es in 東京?'), ('b')) AS"
            + " t(v) RETURNING input, output_text";
    assertThat(pandas.ask("rows", sql, PUBLISHED_WORKER))
        .containsExactly("Regnet es in 東京?|Done: Regnet es in 東京?", "b|Done: b");
    assertThat(service.requests()).containsExactly("POST /api/tasks", "POST /api/tasks");
  }

  @Test
  void textOfAnyScriptIsFound() throws IOException {
    List<String> titles =
        service.tasks().stream()
            .map(HandingerTask::title)
            .filter(title -> title.contains("東京"))
            .sorted()
            .toList();
    assertThat(pandas.ask("rows", "SELECT title FROM tasks WHERE title LIKE '%東京%' ORDER BY title"))
        .isNotEmpty()
        .isEqualTo(titles);
    assertThat(service.requests()).hasSize(service.tasks().size());
  }

  @Test
  void pandasGroupsAWholeTable() throws IOException {
    assertThat(pandas.ask("group")).isEqualTo(Service.creditsByWorker(service.tasks(), " "));
    assertThat(service.requests()).hasSize(service.tasks().size());
  }

  @Test
  void theCursorDescribesAndFetches() throws IOException {
    HandingerTask dearest =
        service.tasks().stream()
            .max((a, b) -> Long.compare(a.credits(), b.credits()))
            .orElseThrow();
    String sql = "SELECT id, credits FROM tasks WHERE credits >= ? ORDER BY id";
    assertThat(pandas.ask("fetch", sql, String.valueOf(dearest.credits())))
        .containsExactly(
            "id:VARCHAR credits:BIGINT", "['%s', %d]".formatted(dearest.id(), dearest.credits()));
    assertThat(service.requests()).hasSize(service.tasks().size());
  }

  @Test
  void aBatchIsInsertedAndCommitted() throws IOException {
    List<HandingerTask> before = service.tasks();
    assertThat(pandas.ask("insert", PUBLISHED_WORKER, "Was kostet Köln?", "東京の天気は?"))
        .containsExactly("2 None");
    assertThat(service.requests()).containsExactly("POST /api/tasks", "POST /api/tasks");
    assertThat(service.tasks().stream().filter(task -> !before.contains(task)))
        .extracting(task -> task.turns().get(0).input())
        .containsExactlyInAnyOrder("Was kostet Köln?", "東京の天気は?");
  }

  @Test
  void anErrorNamesColumnAndRemedy() throws IOException {
    assertThat(pandas.ask("fail", "SELECT nix FROM tasks"))
        .singleElement()
        .asString()
        .startsWith("DatabaseError: ")
        .contains("Column 'nix' not found", "there are id, title, status");
    assertThat(service.requests()).isEmpty();
  }
}
