package dev.turntable.examples.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs a statement over a short list and over a long one, in turn, in one process. */
final class GrowthMain {
  private static final int ROUNDS = 3;
  private static final int SHORT_RUNS = 4;

  private GrowthMain() {}

  /**
   * Prints the nanoseconds of each run, after {@code short} or {@code long}.
   *
   * @param arguments a JDBC URL of the short list, one of the long list, a statement
   */
  public static void main(String[] arguments) throws SQLException {
    try (Connection few = DriverManager.getConnection(arguments[0]);
        Connection many = DriverManager.getConnection(arguments[1])) {
      for (int i = 0; i < SHORT_RUNS; i++) {
        run(few, arguments[2]); // warms up
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < SHORT_RUNS; i++) {
          System.out.println("short " + run(few, arguments[2]));
        }
        System.out.println("long " + run(many, arguments[2]));
      }
    }
  }

  private static long run(Connection connection, String sql) throws SQLException {
    long start = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        if (result.getString(1) == null) {
          throw new SQLException("a row without id");
        }
      }
    }
    return System.nanoTime() - start;
  }
}
