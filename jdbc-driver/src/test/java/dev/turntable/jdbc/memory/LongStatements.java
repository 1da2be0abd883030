package dev.turntable.jdbc.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Text of statements, by its length and by its number. */
@NullMarked
final class LongStatements {
  private LongStatements() {}

  /** A list of ids until the text is so long, and an order, so that it takes the planner. */
  private static String statement(int number, int length) {
    StringBuilder text = new StringBuilder("SELECT id, title FROM tasks WHERE id IN ('tsk_a_10_1'");
    for (int i = 0; text.length() < length; i++) {
      text.append(", 'tsk_a_10_").append(number).append('x').append(i).append("'");
    }
    return text.append(") ORDER BY title").toString();
  }

  private static void prepare(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.getMetaData();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery(sql).next();
    }
  }

  static void distinct(Tries tries) throws Exception {
    try (Connection connection = tries.connect()) {
      for (int i = 0; i < Tries.number(2000, 200); i++) {
        String sql = statement(i, 40_000);
        tries.attempt(() -> prepare(connection, sql));
      }
    }
    tries.sum("statements");
  }

  static void longer(Tries tries) throws Exception {
    try (Connection connection = tries.connect()) {
      for (int i = 0; i < Tries.number(100, 8); i++) {
        String sql = statement(i, 400_000);
        tries.attempt(() -> prepare(connection, sql));
        String literal =
            "SELECT '" + "x".repeat(400_000) + i + "' FROM tasks WHERE id = 'tsk_a_10_1'";
        tries.attempt(() -> execute(connection, literal));
      }
    }
    tries.sum("statements");
  }

  static void inLists(Tries tries) throws Exception {
    try (Connection connection = tries.connect()) {
      for (int i = 0; i < Tries.number(500, 60); i++) {
        String sql =
            "SELECT title FROM tasks WHERE id IN "
                + Tries.ids("a", 10, 3000).replace("_10_", "_10_" + i + "x");
        tries.attempt(() -> prepare(connection, sql));
      }
      tries.sum("prepared");
      for (int i = 0; i < 10; i++) {
        String sql =
            "SELECT title FROM tasks WHERE id IN "
                + Tries.ids("a", 10, 3000).replace("_10_", "_10_" + i + "y")
                + " LIMIT 5";
        tries.attempt(() -> execute(connection, sql));
      }
      tries.sum("executed");
    }
  }

  /** Each of them sends a request, which is logged, and has a plan, which is kept. */
  static void small(Tries tries) throws Exception {
    try (Connection connection = tries.connect()) {
      int begin = 1000;
      int end = Tries.number(200_000, 4000);
      run(tries, connection, 0, begin);
      // The planner comes when it is first asked for, and stays.
      tries.attempt(
          () -> execute(connection, "SELECT MAX(title) FROM tasks WHERE id = 'tsk_a_10_1'"));
      long before = used();
      run(tries, connection, begin, end);
      tries.say(
          "grown by " + Math.max(0, (used() - before) / (end - begin)) + " bytes a statement");
    }
    tries.sum("statements");
  }

  private static void run(Tries tries, Connection connection, int from, int to) {
    for (int i = from; i < to; i++) {
      String sql =
          "SELECT title, 'a text that differs "
              + i
              + "' FROM tasks WHERE id = 'tsk_a_10_"
              + i
              + "'";
      tries.attempt(() -> execute(connection, sql));
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Plans that clients keep open. */
  static void open(Tries tries) throws Exception {
    List<PreparedStatement> open = new ArrayList<>();
    try (Connection connection = tries.connect()) {
      for (int i = 0; i < Tries.number(1000, 100); i++) {
        String sql = statement(i, 40_000);
        tries.attempt(() -> open.add(connection.prepareStatement(sql)));
      }
      tries.sum("open");
      for (PreparedStatement statement : open) {
        statement.close();
      }
      String sql = statement(5000, 40_000);
      tries.attempt(() -> prepare(connection, sql));
      tries.sum("after closing");
    }
  }
}
