package dev.turntable.jdbc.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every statement of the README and of the pages that show no answers runs on the demo, as it stands
 * there. {@link PagesTest} runs those of the others.
 */
final class ReadmeTest {
  // As many as there were when this was written, or a few less: pages change, and do not vanish.
  private static final int STATEMENTS = 8;
  private static final int COMMANDS = 2;
  private static final int EXAMPLES = 3;

  /** An empty page, or one whose blocks are marked in another way, would test nothing. */
  @Test
  void thePageHasStatementsAndCommands() throws IOException {
    assertThat(Markdown.readme().statements())
        .hasSizeGreaterThanOrEqualTo(STATEMENTS)
        .anyMatch(sql -> sql.startsWith("SELECT"))
        .anyMatch(sql -> sql.startsWith("INSERT"));
    assertThat(Markdown.readme().commands())
        .hasSizeGreaterThanOrEqualTo(COMMANDS)
        .contains("mvn -B verify")
        .anyMatch(line -> line.contains("java -jar"));
    assertThat(examples()).hasSizeGreaterThanOrEqualTo(EXAMPLES);
  }

  @TestFactory
  Stream<DynamicTest> statements() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Markdown page : Markdown.all()) {
      if (!page.isAnswered()) {
        page.statements()
            .forEach(
                sql ->
                    tests.add(
                        DynamicTest.dynamicTest(
                            page.name() + ": " + sql.lines().findFirst().orElse(""),
                            () -> run(sql))));
      }
    }
    return tests.stream();
  }

  /** What {@code &#92;?} of the shell shows runs too. */
  @TestFactory
  Stream<DynamicTest> examplesOfTheShell() throws IOException {
    return examples().stream()
        .map(sql -> DynamicTest.dynamicTest(sql.lines().findFirst().orElse(""), () -> run(sql)));
  }

  private static List<String> examples() throws IOException {
    String text;
    try (InputStream examples =
        ReadmeTest.class.getResourceAsStream("/dev/turntable/jdbc/cli/script/commands.txt")) {
      text = new String(examples.readAllBytes(), StandardCharsets.UTF_8);
    }
    String indented =
        text.lines()
            .takeWhile(line -> !line.startsWith("Commands"))
            .filter(line -> line.startsWith("  "))
            .collect(Collectors.joining("\n"));
    return Arrays.stream(indented.split(";"))
        .map(String::strip)
        .filter(sql -> !sql.isEmpty())
        .toList();
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
        assertThat(count > 0 || mayBeEmpty).as(sql).isTrue();
      }
    }
  }

  /**
   * Keeps the list of commands in step with {@link ReadmeIT}, which runs them on the packed jar, and
   * with the test of the slow clients, which runs Spark.
   */
  @Test
  void commands() throws IOException {
    assertThat(Markdown.allCommands())
        .isNotEmpty()
        .allMatch(
            line ->
                line.equals("mvn -B verify")
                    || line.equals(
                        "mvn -q -B -DskipTests -Pslow-clients -pl examples/spark package")
                    || line.equals("pip install --no-index --no-build-isolation ./examples/python")
                    || line.matches("(jshell|spark-submit|spark-shell) .*")
                    || line.matches(
                        "(mvn -B -ntp -DskipTests -pl jdbc-driver -am package && )?java -jar \\S+\\.jar .*"));
  }
}
