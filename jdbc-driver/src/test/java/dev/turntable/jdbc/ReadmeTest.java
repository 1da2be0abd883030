package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every statement of the README runs on the demo, as it stands there. */
final class ReadmeTest {
  @TestFactory
  Stream<DynamicTest> statements() throws IOException {
    return Readme.statements().stream()
        .map(sql -> DynamicTest.dynamicTest(sql.lines().findFirst().orElse(""), () -> run(sql)));
  }

  /** What {@code !examples} of the shell shows runs too. */
  @TestFactory
  Stream<DynamicTest> examplesOfTheShell() throws IOException {
    String text;
    try (InputStream examples =
        ReadmeTest.class.getResourceAsStream("/dev/turntable/jdbc/cli/examples.txt")) {
      text = new String(examples.readAllBytes(), StandardCharsets.UTF_8);
    }
    String indented =
        text.lines().filter(line -> line.startsWith("  ")).collect(Collectors.joining("\n"));
    return Arrays.stream(indented.split(";"))
        .map(String::strip)
        .filter(sql -> !sql.isEmpty())
        .map(sql -> DynamicTest.dynamicTest(sql.lines().findFirst().orElse(""), () -> run(sql)));
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:turntable:demo");
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        assertThat(statement.getUpdateCount()).as(sql).isEqualTo(1);
        return;
      }
      try (ResultSet rows = statement.getResultSet()) {
        int count = 0;
        while (rows.next()) {
          count++;
        }
        // What the connection sent and saw is empty before its first statement.
        boolean mayBeEmpty = sql.matches("(?s).*turntable\\.(requests|known_tasks|coverage)\\b.*");
        assertThat(count).as(sql).isGreaterThan(mayBeEmpty ? -1 : 0);
      }
    }
  }

  /**
   * Keeps the list of commands in step with {@link ReadmeIT}, which runs them on the packed jar, and
   * with the test of the slow clients, which runs Spark.
   */
  @Test
  void commands() throws IOException {
    assertThat(Readme.commands())
        .allMatch(
            line ->
                line.equals("mvn -B verify")
                    || line.equals(
                        "mvn -q -B -DskipTests -Pslow-clients -pl examples/spark package")
                    || line.matches("(jshell|spark-submit) .*")
                    || line.matches("(mvn -q -B -DskipTests package && )?java -jar \\S+\\.jar .*"));
  }
}
