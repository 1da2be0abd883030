package dev.turntable.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerTask;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** H2: a table of the service as a table of a local database, whose names are lower case as well. */
class H2LinkedTableIT {
  private Office office;
  private Connection h2;

  @BeforeEach
  void open() throws IOException, SQLException {
    office = Office.open();
    h2 = DriverManager.getConnection("jdbc:h2:mem:;DATABASE_TO_LOWER=TRUE");
    execute(
        "CREATE LINKED TABLE tasks('%s', '%s', '%s', '%s', 'handinger', 'tasks')"
            .formatted(Office.DRIVER, office.url(), Office.USER, Office.KEY));
    assertThat(office.asked()).as("linking reads no row").isEmpty();
  }

  @AfterEach
  void close() throws SQLException {
    h2.close();
    office.close();
  }

  private int execute(String sql) throws SQLException {
    try (Statement statement = h2.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private List<List<String>> rows(String sql) throws SQLException {
    try (Statement statement = h2.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<String>> list = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        list.add(row);
      }
      return list;
    }
  }

  @Test
  void theKeyIsSent() throws SQLException {
    HandingerTask task = office.tasks().get(6);
    assertThat(rows("SELECT title, credits FROM tasks WHERE id = '" + task.id() + "'"))
        .containsExactly(List.of(task.title(), String.valueOf(task.credits())));
    assertThat(office.asked()).containsExactly(Office.read(task));
  }

  @Test
  void aLocalTableIsJoinedByKeys() throws SQLException {
    execute("CREATE TABLE bills(task_id VARCHAR PRIMARY KEY, client VARCHAR)");
    List<HandingerTask> billed = office.tasks().subList(3, 5);
    execute("INSERT INTO bills VALUES ('%s', 'Acme')".formatted(billed.get(0).id()));
    execute("INSERT INTO bills VALUES ('%s', 'Café Zürich')".formatted(billed.get(1).id()));
    assertThat(
            rows(
                "SELECT b.client, t.credits FROM bills b JOIN tasks t ON t.id = b.task_id"
                    + " ORDER BY 1"))
        .containsExactly(
            List.of("Acme", String.valueOf(billed.get(0).credits())),
            List.of("Café Zürich", String.valueOf(billed.get(1).credits())));
    assertThat(office.asked())
        .containsExactlyInAnyOrderElementsOf(billed.stream().map(Office::read).toList());
  }

  /** A query is linked with the names that it writes, by which H2 asks for its columns again. */
  @Test
  void aQueryIsLinkedByItsNames() throws SQLException {
    execute(
        "CREATE LINKED TABLE sums('%s', '%s', '%s', '%s', '(SELECT worker_id, SUM(credits), MIN(id) AS first FROM handinger.tasks GROUP BY worker_id)')"
            .formatted(Office.DRIVER, office.url(), Office.USER, Office.KEY));
    assertThat(
            rows(
                "SELECT column_name FROM information_schema.columns WHERE table_name = 'sums'"
                    + " ORDER BY ordinal_position"))
        .containsExactly(List.of("worker_id"), List.of("SUM(credits)"), List.of("first"));
    List<String> workers =
        office.tasks().stream().map(HandingerTask::workerId).distinct().sorted().toList();
    assertThat(rows("SELECT worker_id FROM sums WHERE \"SUM(credits)\" > 0 ORDER BY 1"))
        .isEqualTo(workers.stream().map(List::of).toList());
  }

  @Test
  void theWholeTableIsRead() throws SQLException {
    assertThat(rows("SELECT id, created_at FROM tasks"))
        .extracting(row -> row.get(0))
        .containsExactlyInAnyOrderElementsOf(office.ids());
    assertThat(office.asked()).containsExactlyInAnyOrderElementsOf(office.readsOfAll());
  }

  @Test
  void aRowIsInserted() throws SQLException {
    assertThat(
            execute(
                "INSERT INTO tasks(worker_id, input) VALUES ('%s', 'Rain in Oslo?')"
                    .formatted(Office.WORKER)))
        .isEqualTo(1);
    assertThat(office.asked()).containsExactly("POST /api/tasks");
  }
}
