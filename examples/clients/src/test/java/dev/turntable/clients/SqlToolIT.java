package dev.turntable.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hsqldb.cmdline.SqlTool;
import org.hsqldb.cmdline.SqlTool.SqlToolException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HSQLDB's SqlTool: a script, with its own commands between the statements. */
class SqlToolIT {
  @TempDir Path folder;
  private Office office;

  @BeforeEach
  void open() throws IOException {
    office = Office.open();
  }

  @AfterEach
  void close() {
    office.close();
  }

  /** Runs a script and returns what it prints. */
  private String run(String script) throws IOException, SqlToolException {
    Path accounts =
        Files.writeString(
            folder.resolve("accounts.rc"),
            """
            urlid office
            url %s
            username %s
            password %s
            driver %s
            """
                .formatted(office.url(), Office.USER, Office.KEY, Office.DRIVER));
    Path file = Files.writeString(folder.resolve("script.sql"), script);
    PrintStream console = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      SqlTool.objectMain(
          new String[] {
            "--rcFile=" + accounts, "--setVar=sqlfile_charset=UTF-8", "office", file.toString()
          });
    } finally {
      System.setOut(console);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aScriptRuns() throws IOException, SqlToolException {
    HandingerTask task = office.tasks().get(0);
    String said =
        run(
            """
            \\dt handinger.
            \\d handinger.tasks
            SELECT title, credits FROM tasks WHERE id = '%s';
            COMMIT;
            SELECT COUNT(*) AS known FROM tasks;
            ROLLBACK;
            """
                .formatted(task.id()));
    assertThat(said)
        .contains("tasks", "turns", "worker_schedules", "created_at", "TIMESTAMP")
        .containsPattern("\\Q" + task.title() + "\\E\\s+" + task.credits());
    assertThat(said.lines().map(String::strip)).contains("12");
    assertThat(office.asked())
        .startsWith(Office.read(task))
        .containsOnlyOnceElementsOf(office.readsOfAll().subList(1, 12))
        .hasSize(1 + 12);
  }

  @Test
  void aRowIsInserted() throws IOException, SqlToolException {
    run(
        "INSERT INTO tasks (worker_id, input) VALUES ('%s', 'Rain in Oslo?');\n"
            .formatted(Office.WORKER));
    assertThat(office.service().runs()).isEqualTo(1);
    assertThat(office.asked()).containsExactly("POST /api/tasks");
  }
}
