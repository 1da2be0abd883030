package dev.turntable.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerTask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sqlline.SqlLine;

/** SQLLine as it is published, not the copy in the jar: a session typed by a person. */
class SqllineIT {
  private Office office;

  @BeforeEach
  void open() throws IOException {
    office = Office.open();
  }

  @AfterEach
  void close() {
    office.close();
  }

  /** Types lines and returns what the screen shows, errors too. */
  private String type(String... lines) throws IOException {
    SqlLine shell = new SqlLine();
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8)) {
      shell.setOutputStream(out);
      shell.setErrorStream(out);
      InputStream keys =
          new ByteArrayInputStream(
              (String.join("\n", lines) + "\n!quit\n").getBytes(StandardCharsets.UTF_8));
      String[] arguments = {
        "-d",
        Office.DRIVER,
        "-u",
        office.url(),
        "-n",
        Office.USER,
        "-p",
        Office.KEY,
        "--color=false",
        "--outputformat=csv"
      };
      SqlLine.Status status = shell.begin(arguments, keys, false);
      assertThat(status).as(screen.toString(StandardCharsets.UTF_8)).isEqualTo(SqlLine.Status.OK);
    }
    return screen.toString(StandardCharsets.UTF_8);
  }

  @Test
  void metadataIsShownWithoutARequest() throws IOException {
    String screen =
        type(
            "!tables",
            "!columns tasks",
            "!primarykeys tasks",
            "!indexes tasks",
            "!importedkeys turns",
            "!typeinfo",
            "!dbinfo",
            "!procedures",
            "!metadata getSchemas");
    assertThat(screen)
        .contains("'worker_schedules'", "'created_at'", "'TIMESTAMP'", "'task_id'")
        .doesNotContain("Exception", "Error", Office.KEY);
    assertThat(office.asked()).isEmpty();
  }

  @Test
  void statementsRun() throws IOException {
    HandingerTask task = office.tasks().get(2);
    String screen =
        type(
            "SELECT title, credits FROM tasks WHERE id = '" + task.id() + "';",
            "!set rowlimit 2",
            "SELECT id FROM tasks;",
            "!commit",
            "!rollback",
            "!autocommit off",
            "!commit");
    assertThat(screen)
        .contains("'" + task.title() + "','" + task.credits() + "'", "'" + office.ids().get(0))
        .doesNotContain("Exception", "'" + office.ids().get(3));
    assertThat(office.asked()).startsWith(Office.read(task)).hasSize(1 + 2);
  }

  @Test
  void aWriteIsCountedAndAnErrorIsTold() throws IOException {
    String screen =
        type(
            "INSERT INTO tasks (worker_id, input) VALUES ('" + Office.WORKER + "', 'Rain?');",
            "DELETE FROM tasks WHERE id = '" + office.ids().get(2) + "';",
            "UPDATE tasks SET title = 'x';");
    assertThat(screen).contains("1 row affected", "state=0A000").doesNotContain("\tat ");
    assertThat(office.asked())
        .containsExactly("POST /api/tasks", "DELETE /api/tasks/" + office.ids().get(2));
  }
}
