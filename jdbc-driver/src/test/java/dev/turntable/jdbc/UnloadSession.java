package dev.turntable.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is done with a driver that is then unloaded. Loaded together with it. */
public final class UnloadSession {
  private static final String URL = "jdbc:turntable:demo";

  private static final String GROUPS = "SELECT status, COUNT(*) FROM tasks GROUP BY status";

  /** What uses more of Calcite, and of what it stands on, than {@link JarProbe}; some of it fails. */
  private static final List<String> STATEMENTS =
      List.of(
          "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5)"
              + " SELECT COUNT(*) FROM r",
          "SELECT JSON_PRETTY(structured_output), JSON_KEYS(structured_output) FROM turns"
              + " WHERE structured_output IS NOT NULL",
          "SELECT TO_CHAR(created_at, 'YYYY-MM-DD'), TO_DATE('2026-01-01', 'YYYY-MM-DD') FROM tasks",
          "SELECT id FROM tasks WHERE EXTRACT(YEAR FROM created_at) = 2026"
              + " AND FLOOR(created_at TO MONTH) >= TIMESTAMP '2026-01-01 00:00:00'",
          "SELECT XMLTRANSFORM('<a/>', '<b/>'), \"EXTRACT\"('<a>1</a>', '/a') FROM tasks",
          "SELECT nix FROM tasks",
          "SELECT 1 / (credits - credits) FROM tasks",
          "INSERT INTO tasks (worker_id, input) SELECT worker_id, 'a' FROM tasks LIMIT 2",
          "DELETE FROM tasks WHERE title LIKE 'a%'",
          "SELECT a.id FROM tasks a JOIN turns b ON a.id = b.task_id"
              + " WHERE a.id IN (SELECT id FROM tasks)"
              + " AND a.credits > (SELECT AVG(credits) FROM tasks)");

  private UnloadSession() {}

  /** Three ways in turn: hardly at all, one statement, everything. */
  public static void run(int number) throws Exception {
    Class.forName("dev.turntable.jdbc.TurntableDriver");
    switch (number % 3) {
      case 0 -> oneStatement();
      case 1 -> everything();
      default -> DriverManager.getConnection(URL).close();
    }
    ClassLoader own = UnloadSession.class.getClassLoader();
    for (Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (own.equals(driver.getClass().getClassLoader())) {
        DriverManager.deregisterDriver(driver);
      }
    }
  }

  private static void oneStatement() throws SQLException {
    try (Connection connection = DriverManager.getConnection(URL);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(GROUPS)) {
      read(rows);
    }
  }

  private static void everything() throws SQLException {
    List<String> statements = new ArrayList<>(JarProbe.STATEMENTS);
    statements.addAll(STATEMENTS);
    try (Connection connection = DriverManager.getConnection(URL)) {
      int failures = 0;
      for (String sql : statements) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          if (statement.execute()) {
            read(statement.getResultSet());
          }
        } catch (SQLException e) {
          failures++;
        }
      }
      if (failures == 0) {
        throw new SQLException("no statement failed");
      }
      try (ResultSet rows = connection.getMetaData().getColumns(null, null, "%", "%")) {
        read(rows);
      }
    }
  }

  private static void read(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      for (int i = 1; i <= columns; i++) {
        rows.getObject(i);
      }
    }
  }
}
