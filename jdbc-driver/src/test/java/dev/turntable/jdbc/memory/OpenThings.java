package dev.turntable.jdbc.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** What clients leave open, or drop. */
@NullMarked
final class OpenThings {
  private static final int KB_64 = 1 << 16;
  private static final int MB_1 = 1 << 20;

  private OpenThings() {}

  private static String scan(int count) {
    return "SELECT title FROM tasks WHERE id IN " + Tries.ids("a", KB_64, count);
  }

  static void results(Tries tries) throws Exception {
    List<ResultSet> open = new ArrayList<>();
    Connection connection = tries.connect();
    for (int i = 0; i < Tries.number(300, 100); i++) {
      tries.attempt(
          () -> {
            ResultSet rows = connection.createStatement().executeQuery(scan(50));
            open.add(rows);
            rows.next();
          });
    }
    tries.sum("results");
    connection.close();
  }

  static void scrollable(Tries tries) throws Exception {
    Connection connection = tries.connect();
    List<ResultSet> open = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tries.attempt(
          () -> {
            Statement statement =
                connection.createStatement(
                    ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
            ResultSet rows = statement.executeQuery(scan(100));
            open.add(rows);
            rows.last();
          });
    }
    tries.sum("open");
    for (ResultSet rows : open) {
      rows.close();
    }
    tries.attempt(
        () -> {
          try (Statement statement =
              connection.createStatement(
                  ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
            statement.executeQuery(scan(100)).last();
          }
        });
    tries.sum("after closing");
    connection.close();
  }

  /** Nothing is closed, neither results nor statements nor connections. */
  static void dropped(Tries tries) throws Exception {
    for (int i = 0; i < Tries.number(60, 20); i++) {
      tries.attempt(
          () -> {
            ResultSet rows =
                tries
                    .connect()
                    .createStatement()
                    .executeQuery(
                        "SELECT title FROM tasks WHERE id IN "
                            + Tries.ids("a", KB_64, 100)
                            + " ORDER BY title");
            rows.next();
          });
    }
    tries.sum("dropped");
  }

  static void aged(Tries tries) throws Exception {
    try (Connection connection = tries.connect("maxAge", "3600")) {
      for (int i = 0; i < 8; i++) {
        String from = "tsk_a_" + KB_64 + "_" + i;
        tries.attempt(() -> Tries.readAll(connection, scan(100).replace("tsk_a_" + KB_64, from)));
      }
      tries.sum("scans");
      tries.attempt(() -> Tries.readAll(connection, scan(400) + " ORDER BY title"));
      tries.sum("a sort");
    }
  }

  static void batches(Tries tries) throws Exception {
    try (Connection connection = tries.connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO tasks (worker_id, input) VALUES (?, ?)")) {
      tries.tell(
          "a batch too large",
          () -> {
            for (int i = 0; i < 200; i++) {
              insert.setString(1, "wrk_1");
              insert.setString(2, "x".repeat(MB_1) + i);
              insert.addBatch();
            }
          });
      insert.clearBatch();
      String same = "x".repeat(MB_1);
      tries.tell(
          "the same again",
          () -> {
            for (int i = 0; i < 100; i++) {
              insert.setString(1, "wrk_1");
              insert.setString(2, same);
              insert.addBatch();
            }
          });
      insert.clearBatch();
      tries.tell(
          "a batch",
          () -> {
            for (int i = 0; i < 8; i++) {
              insert.setString(1, "wrk_1");
              insert.setString(2, "x".repeat(MB_1) + i);
              insert.addBatch();
            }
            insert.executeBatch();
          });
    }
  }

  static void insertSelect(Tries tries) throws Exception {
    try (Connection connection = tries.connect();
        Statement statement = connection.createStatement()) {
      tries.tell(
          "too much",
          () ->
              statement.executeUpdate(
                  "INSERT INTO tasks (worker_id, input) SELECT 'wrk_1', title FROM tasks WHERE id IN "
                      + Tries.ids("a", KB_64, 1500)));
      tries.tell(
          "a few",
          () ->
              statement.executeUpdate(
                  "INSERT INTO tasks (worker_id, input) SELECT 'wrk_1', title FROM tasks WHERE id IN "
                      + Tries.ids("a", KB_64, 50)));
    }
  }
}
