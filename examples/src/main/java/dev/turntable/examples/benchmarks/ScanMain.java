package dev.turntable.examples.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads a result to its end, as often as asked. */
final class ScanMain {
  private ScanMain() {}

  /**
   * Prints the number of rows, and the nanoseconds of each run.
   *
   * @param arguments a JDBC URL, a statement, how often
   */
  public static void main(String[] arguments) throws SQLException {
    try (Connection connection = DriverManager.getConnection(arguments[0]);
        Statement statement = connection.createStatement()) {
      for (int run = 0; run < Integer.parseInt(arguments[2]); run++) {
        long start = System.nanoTime();
        long rows = 0;
        try (ResultSet result = statement.executeQuery(arguments[1])) {
          while (result.next()) {
            rows += result.getString(1) == null ? 0 : 1;
          }
        }
        System.out.println("nanos " + (System.nanoTime() - start));
        System.out.println("rows " + rows);
      }
    }
  }
}
