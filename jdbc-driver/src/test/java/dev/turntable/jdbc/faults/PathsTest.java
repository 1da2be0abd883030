package dev.turntable.jdbc.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.simulator.handinger.HandingerState.Shape;
import java.net.URLDecoder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An id from SQL becomes one segment of a path, and cannot become anything else. */
class PathsTest {
  /** Ids of no task that look like something else. */
  private static final List<String> IDS =
      List.of(
          "/",
          "a/b",
          "../workers/w",
          "..%2f..",
          "%2e%2e",
          "%2f",
          "a?archive=true",
          "a#b",
          "a;b=c",
          "a b",
          "a+b",
          "a\\b",
          "\t",
          "a\r\nX-Evil: 1",
          "\0",
          "\u001f\u007f",
          "ü\uD83D\uDE00",
          "...",
          "x".repeat(10_000));

  /** What no server could tell from another path. */
  private static final List<String> IMPOSSIBLE = List.of("", ".", "..");

  private Scene handinger;
  private Scene rightbrain;
  private Line line;

  @BeforeEach
  void open() throws Exception {
    handinger = Scene.handinger(Shape.NEW);
    rightbrain = Scene.rightbrain(1, 1);
  }

  @AfterEach
  void close() {
    handinger.close();
    rightbrain.close();
  }

  private int rows(Scene scene, String sql, String id) throws Exception {
    return run(scene, sql, id, statement -> statement);
  }

  private int run(Scene scene, String sql, String id, UnaryOperator<PreparedStatement> use)
      throws Exception {
    Properties properties = new Properties();
    properties.putAll(scene.key());
    try (Line opened = Line.open(scene.upstream(), (number, request) -> null);
        Connection connection = DriverManager.getConnection(scene.jdbcUrl(opened), properties);
        PreparedStatement statement = use.apply(connection.prepareStatement(sql))) {
      line = opened;
      statement.setString(1, id);
      if (!statement.execute()) {
        return statement.getUpdateCount();
      }
      int count = 0;
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          count++;
        }
      }
      return count;
    }
  }

  @Test
  void idsOfReads() throws Exception {
    for (String id : IDS) {
      assertThat(rows(handinger, "SELECT * FROM tasks WHERE id = ?", id)).as(id).isZero();
      assertSegment("/api/tasks/", id, "");
      assertThat(rows(handinger, "SELECT * FROM worker_schedules WHERE worker_id = ?", id))
          .isZero();
      assertSegment("/api/workers/", id, "/schedules");
      assertThat(rows(handinger, "SELECT * FROM webhook_executions WHERE worker_id = ?", id))
          .isZero();
      assertSegment("/api/workers/", id, "/webhook/executions");
    }
  }

  @Test
  void idsInParameters() throws Exception {
    for (String id : IDS) {
      String worker = handinger.simulator().handinger().workerIds().get(0);
      rows(handinger, "SELECT * FROM workers WHERE id = '" + worker + "' AND task_id = ?", id);
      assertThat(line.received())
          .singleElement()
          .satisfies(
              request -> {
                assertThat(request.path()).isEqualTo("/api/workers/" + worker);
                String query = request.target().substring(request.path().length());
                assertThat(query).startsWith("?taskId=").doesNotContain("&", "#");
                assertThat(URLDecoder.decode(query.substring("?taskId=".length()), UTF_8))
                    .isEqualTo(id);
              });
    }
  }

  @Test
  void idsOfWrites() throws Exception {
    for (String id : IDS) {
      try {
        assertThat(rows(handinger, "DELETE FROM tasks WHERE id = ?", id)).as(id).isZero();
      } catch (SQLException e) {
        assertThat(e.getSQLState()).as(id).isEqualTo("58000");
      }
      assertThat(line.received()).allMatch(request -> request.method().equals("DELETE"));
      assertSegment("/api/tasks/", id, "");
    }
  }

  private void assertSegment(String before, String id, String after) {
    assertThat(line.received())
        .singleElement()
        .satisfies(
            request -> {
              String path = request.path();
              assertThat(path).startsWith(before).endsWith(after);
              String segment = path.substring(before.length(), path.length() - after.length());
              assertThat(segment).doesNotContain("/", "?", "#", "\\").isNotEqualTo("..");
              assertThat(URLDecoder.decode(segment.replace("+", "%2B"), UTF_8)).isEqualTo(id);
            });
  }

  @Test
  void idsThatCannotExist() throws Exception {
    for (String id : IMPOSSIBLE) {
      for (String table : List.of("tasks WHERE id", "turns WHERE task_id", "workers WHERE id")) {
        assertThat(rows(handinger, "SELECT * FROM " + table + " = ?", id)).isZero();
        assertThat(line.received()).isEmpty();
      }
      for (String write :
          List.of(
              "DELETE FROM tasks WHERE id = ?",
              "INSERT INTO turns (task_id, input) VALUES (?, 'x')",
              "INSERT INTO tasks (id, worker_id, input) VALUES (?, 'wrk_x', 'x')")) {
        SQLException failure =
            catchThrowableOfType(SQLException.class, () -> rows(handinger, write, id));
        assertThat(failure.getSQLState()).as(write + " " + id).isEqualTo("22023");
        assertThat(line.received()).isEmpty();
      }
    }
  }

  @Test
  void whatIsNoUuidIsNotAskedFor() throws Exception {
    for (List<String> ids : List.of(IDS, IMPOSSIBLE)) {
      for (String id : ids) {
        for (String table :
            List.of("tasks WHERE id", "task_runs WHERE task_id", "token_report WHERE task_id")) {
          assertThat(rows(rightbrain, "SELECT * FROM " + table + " = ?", id)).isZero();
          assertThat(line.received()).isEmpty();
        }
        SQLException failure =
            catchThrowableOfType(
                SQLException.class,
                () ->
                    rows(
                        rightbrain, "INSERT INTO task_runs (task_id, input) VALUES (?, '{}')", id));
        assertThat(failure.getSQLState()).isEqualTo("22023");
        assertThat(line.received()).isEmpty();
      }
    }
  }
}
