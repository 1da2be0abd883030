package dev.turntable.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** What a new process waits for: the first row, then the preparation of further statements. */
final class FirstRowMain {
  private FirstRowMain() {}

  /**
   * Prints the nanoseconds from the beginning of main to the first row, those of processor time that
   * the process has taken until then, compilers included, and then those of each further preparation.
   *
   * @param arguments a JDBC URL or a directory of rows; a file of statements, one a line
   */
  public static void main(String[] arguments) throws SQLException, IOException {
    long start = System.nanoTime();
    List<String> statements = Files.readAllLines(Path.of(arguments[1]));
    try (Connection connection = Opener.open(arguments[0])) {
      try (PreparedStatement first = connection.prepareStatement(statements.get(0));
          ResultSet row = first.executeQuery()) {
        if (!row.next() || row.getString(1) == null) {
          throw new SQLException("no row");
        }
        System.out.println("first " + (System.nanoTime() - start));
        System.out.println(
            "processor "
                + ProcessHandle.current()
                    .info()
                    .totalCpuDuration()
                    .orElse(Duration.ZERO)
                    .toNanos());
      }
      for (String statement : statements.subList(1, statements.size())) {
        long began = System.nanoTime();
        connection.prepareStatement(statement).close();
        System.out.println("prepare " + (System.nanoTime() - began));
      }
    }
  }
}
