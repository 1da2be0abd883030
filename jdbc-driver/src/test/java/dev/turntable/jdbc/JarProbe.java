package dev.turntable.jdbc;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/** Statements that reach every library in the jar. Uses nothing but JDBC, so it runs beside it. */
final class JarProbe {
  static final List<String> STATEMENTS =
      List.of(
          "SELECT status, COUNT(*) AS tasks, SUM(credits) AS credits FROM tasks"
              + " GROUP BY status ORDER BY credits DESC",
          "SELECT id, JSON_VALUE(structured_output, '$.city'), JSON_EXISTS(files, '$[0]'),"
              + " JSON_QUERY(structured_output, '$')"
              + " FROM turns WHERE structured_output IS NOT NULL ORDER BY id",
          "SELECT JSON_OBJECT('id': id, 'n': ROW_NUMBER() OVER (ORDER BY id)) FROM tasks ORDER BY id",
          "SELECT status, LISTAGG(title, ',') WITHIN GROUP (ORDER BY title) FROM tasks"
              + " GROUP BY status ORDER BY status",
          "SELECT MD5(id), SHA1(title), SOUNDEX('abc'), TO_BASE64(id) FROM tasks ORDER BY id",
          "SELECT FLOOR(created_at TO MONTH), COUNT(DISTINCT worker_id) FROM tasks"
              + " GROUP BY 1 ORDER BY 1",
          "SELECT TIMESTAMPADD(DAY, 1, created_at), EXTRACT(HOUR FROM created_at) FROM tasks"
              + " ORDER BY id",
          "SELECT REGEXP_REPLACE(title, '[aeiou]', '_') FROM tasks ORDER BY id",
          "SELECT CONTAINS_SUBSTR(title, 'A') FROM tasks ORDER BY id",
          "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY credits) FROM tasks",
          "SELECT t.id, x.c FROM tasks t, LATERAL"
              + " (SELECT COUNT(*) AS c FROM turns u WHERE u.task_id = t.id) x ORDER BY t.id",
          "SELECT x FROM UNNEST(ARRAY[1, 2]) AS t(x)",
          "EXPLAIN PLAN FOR SELECT * FROM tasks WHERE status = 'error'");

  private JarProbe() {}

  /** Prints the answers of all statements and the drivers that are registered. */
  public static void main(String[] arguments) throws Exception {
    // By name: a driver beside it that cannot be loaded ends the search of the service loader.
    Class.forName("dev.turntable.jdbc.TurntableDriver");
    try (Connection connection = DriverManager.getConnection("jdbc:turntable:demo")) {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      answers(connection).forEach(out::println);
      for (Driver driver : Collections.list(DriverManager.getDrivers())) {
        out.println("driver " + driver.getClass().getName());
      }
    }
  }

  static List<String> answers(Driver driver) throws SQLException {
    try (Connection connection = driver.connect("jdbc:turntable:demo", new Properties())) {
      return answers(connection);
    }
  }

  private static List<String> answers(Connection connection) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (String sql : STATEMENTS) {
        try (ResultSet rows = statement.executeQuery(sql)) {
          int before = lines.size();
          while (rows.next()) {
            StringBuilder line = new StringBuilder();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              line.append(rows.getString(i)).append('|');
            }
            lines.add(line.toString().replaceAll("\\R", " "));
          }
          if (lines.size() == before) {
            lines.add("no row: " + sql);
          }
        }
      }
    }
    return lines;
  }
}
