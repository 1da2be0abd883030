package dev.turntable.jdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.cli.script.Console;
import dev.turntable.jdbc.cli.script.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  private static final String TASK = "tsk_2Z-YWz3hFq6VlW";

  private Map<String, String> environment = Map.of();
  private Screen screen = Screen.NONE;
  private byte[] in = new byte[0];
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return new CommandLine(
            new Console(
                environment,
                new ByteArrayInputStream(in),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                screen))
        .run(arguments);
  }

  @Test
  void helpAndVersionGoToStandardOutput() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--format", "TURNTABLE_URL", "-0.1.0")
        .doesNotContain("${");
    out.reset();
    assertThat(run("--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("turntable 0.1.0");
    assertThat(err.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-x", "-e", "--format=xml", "--format", "-f"})
  void wrongArgumentsAreToldAndHaveTheirOwnStatus(String argument) {
    assertThat(run(argument)).isEqualTo(2);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--help");
  }

  @Test
  void whatIsTooMuchOrNoneOfUseIsToldAndSendsNothing() {
    assertMisused("more than one URL", "jdbc:turntable:demo", "jdbc:turntable:demo");
    assertMisused("more than one argument of SQL", "SELECT 1", "SELECT 2");
    assertMisused("'tasks' is neither a URL", "tasks");
    assertMisused("--no-header takes no value", "--no-header=yes", "-c", "SELECT 1");
    assertMisused("there is no option --apiKey=…", "--apiKey=sk_secret");
    assertMisused("markdown", "--format", "xml");
  }

  private void assertMisused(String message, String... arguments) {
    err.reset();
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(message)
        .endsWith("; --help shows what there is\n")
        .doesNotContain("sk_secret");
    assertThat(out.size()).isZero();
  }

  /** As in psql, duckdb and trino: -c, -e and the SQL as argument. */
  @Test
  void sqlComesByOptionAndAsArgument() {
    assertThat(
            run(
                "jdbc:turntable:demo",
                "-c",
                "SELECT 1 AS a",
                "--execute=SELECT 2 AS b",
                "SELECT 3 AS c"))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\n-\n1\nb\n-\n2\nc\n-\n3\n");
    out.reset();
    assertThat(run("SELECT 1 AS a", "--format=vertical")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("-- 1 ---------------------------\na | 1\n");
  }

  @Test
  void resultsGoToAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("out.jsonl");
    assertThat(run("-o", file.toString(), "--format", "jsonl", "SELECT 1 AS a; SELECT 2 AS a"))
        .isZero();
    assertThat(out.size()).isZero();
    assertThat(file).hasContent("{\"a\":1}\n{\"a\":2}\n");
    assertThat(run("-o", folder.toString(), "SELECT 1 AS a")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("error: cannot write " + folder);
  }

  @Test
  void headerNullAndExplainAreOptions() {
    assertThat(run("--no-header", "--null", "-", "--format", "tsv", "SELECT 1, CAST(NULL AS INT)"))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("1\t-\n");
    out.reset();
    assertThat(
            run(
                "--explain",
                "-c",
                "DELETE FROM tasks WHERE id = 'tsk_a'; SHOW SCHEMAS; EXPLAIN SELECT 1",
                "-c",
                "SELECT COUNT(*) FROM turntable.requests"))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("DELETE /api/tasks/{id} x 1")
        .contains("rightbrain_runs");
    out.reset();
    err.reset();
  }

  /** Failures name file and line, and commands run everywhere. */
  @Test
  void failuresNameFileAndLine(@TempDir Path folder) throws IOException {
    Path inner = Files.writeString(folder.resolve("b.sql"), "\n\nSELECT 1;\n  SELECT\n nix;");
    Path outer =
        Files.writeString(folder.resolve("a.sql"), "\\i " + inner + "\n\\nix\nSELECT 1/0;\n");
    assertThat(run("--continue", "-f", outer.toString())).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith(inner + ":5:2: error: [42703] Column 'nix'"),
            line ->
                assertThat(line)
                    .isEqualTo(outer + ":2: error: \\nix is no command; \\? shows those there are"),
            line -> assertThat(line).startsWith(outer + ":3: error: [22012] "));
    err.reset();
    assertThat(run("SELECT 1;\nSELECT nix; SELECT 2")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("error: [42703] line 2, column 8: Column 'nix'");
    out.reset();
    assertThat(run("-c", "\\d webhook*")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("webhook_executions");
  }

  @Test
  void afterAFailureTheRestRunsOnlyIfAsked() {
    assertThat(run("--continue", "-c", "SELECT nix", "-c", "SELECT 2 AS b")).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("b\n-\n2\n");
    out.reset();
    assertThat(run("-c", "SELECT nix", "-c", "SELECT 2 AS b")).isEqualTo(1);
    assertThat(out.size()).isZero();
  }

  @Test
  void aScriptMayLeave() {
    assertThat(run("-c", "SELECT 1 AS a;\n\\q\nSELECT nix", "-c", "SELECT nix")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\n-\n1\n");
  }

  @Test
  void failuresGoToStandardErrorWithStatusOne() {
    assertThat(run("jdbc:turntable:nix:apiKey=sk_secret", "-e", "SELECT 1")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("error: [22023] unknown source")
        .doesNotContain("sk_secret");
    assertThat(run("jdbc:other:x", "-e", "SELECT 1")).isEqualTo(1);
    assertThat(out.size()).isZero();
  }

  @Test
  void resultsGoToStandardOutputAndAllElseToStandardError() {
    assertThat(
            run(
                "-e",
                "SELECT status, credits FROM tasks WHERE id = '" + TASK + "'",
                "-e",
                "SELECT 1 AS a; SELECT 'b' AS b;"))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "status    | credits\n----------+--------\ncompleted |      42\n"
                + "a\n-\n1\n"
                + "b\n-\nb\n");
    assertThat(err.size()).isZero();
  }

  @Test
  void aFileOrStandardInputIsRun(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.sql"), "SELECT 'é' AS a;\n-- done\n");
    in = "SELECT 2 AS b".getBytes(StandardCharsets.UTF_8);
    assertThat(run("jdbc:turntable:demo", "-f", file.toString(), "-f", "-", "--format=json"))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"a\":\"é\"}\n{\"b\":2}\n");
    assertThat(run("-f", folder.resolve("none").toString())).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("error: cannot read");
  }

  /** {@code echo "SELECT 1;" | java -jar …} is {@code -f -}: no prompt, no shell, and its status. */
  @ParameterizedTest
  @ValueSource(strings = {"", "-f -"})
  void whatIsPipedIsRunAsAFile(String option) {
    String[] arguments = option.isEmpty() ? new String[0] : option.split(" ", -1);
    assertPiped(arguments, "", 0, "", "");
    assertPiped(arguments, " ;; -- nothing\n", 0, "", "");
    assertPiped(arguments, "SELECT 1 AS a;\n", 0, "a\n-\n1\n", "");
    assertPiped(arguments, "SELECT 1 AS a", 0, "a\n-\n1\n", "");
    assertPiped(
        arguments,
        "SELECT\r\n 1 AS a; SELECT ';\n' AS bbb;;\r\n",
        0,
        "a\n-\n1\nbbb\n---\n;\\n\n",
        "");
    assertPiped(arguments, "\uFEFFSELECT 'é' AS a;", 0, "a\n-\né\n", "");
    assertPiped(
        arguments, "SELECT 1 AS a; SELECT nix; SELECT 2", 1, "a\n-\n1\n", "error: [42703] ");
    assertPiped(arguments, "SELECT 'a", 1, "", "error: [42601] ");
    assertPiped(arguments, "!quit\n", 1, "", "error: [42601] ");
  }

  private void assertPiped(
      String[] arguments, String text, int status, String rows, String failure) {
    in = text.getBytes(StandardCharsets.UTF_8);
    out.reset();
    err.reset();
    assertThat(run(arguments)).as(text).isEqualTo(status);
    assertThat(out.toString(StandardCharsets.UTF_8)).as(text).isEqualTo(rows);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .as(text)
        .startsWith(failure)
        .hasLineCount(failure.isEmpty() ? 0 : 1);
  }

  /** The URL and the format hold for what is piped, too, and what is no UTF-8 runs no statement. */
  @Test
  void whatIsPipedIsUtf8() {
    in = "SELECT '\uD83D\uDE00' AS a".getBytes(StandardCharsets.UTF_8);
    assertThat(run("jdbc:turntable:demo", "--format", "json")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"a\":\"\uD83D\uDE00\"}\n");
    out.reset();
    in = "SELECT 1; SELECT 'M\u00fcnchen'".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(run()).isEqualTo(1);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("error: [22023] standard input is not UTF-8");
  }

  @Test
  void anInsertPrintsItsKeys() {
    assertThat(
            run(
                "--format",
                "csv",
                "-e",
                "INSERT INTO tasks (worker_id, input) SELECT worker_id, 'hello' FROM tasks"
                    + " WHERE id = '"
                    + TASK
                    + "'; DELETE FROM tasks WHERE id = 'tsk_none'"))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).matches("id\r\ntsk_[A-Za-z0-9_-]{22}\r\n");
  }

  @Test
  void theFirstFailureEndsTheScript() {
    assertThat(run("--format", "csv", "-e", "SELECT 1 AS a; SELECT nix; SELECT 2 AS b"))
        .isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\r\n1\r\n");
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("error: [42703]").hasLineCount(1);
  }

  @Test
  void warningsAreShownOnStandardError() {
    assertThat(run("-e", "SELECT COUNT(*) AS n FROM tasks")).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("warning: handinger.tasks shows known ids only")
        .contains("warning: tasks: 61 known ids")
        .hasLineCount(2);
  }

  @Test
  void theUrlOfTheEnvironmentIsTheDefault() {
    environment = Map.of("TURNTABLE_URL", "jdbc:turntable:nix");
    assertThat(run("-e", "SELECT 1")).isEqualTo(1);
    assertThat(run("jdbc:turntable:demo", "-e", "SELECT 1")).isZero();
  }

  @Test
  void onATerminalASummaryFollows() {
    screen = new Screen(false, true, true, 80, 24);
    assertThat(run("-e", "SELECT id FROM tasks WHERE id = '" + TASK + "'")).isZero();
    String said = err.toString(StandardCharsets.UTF_8);
    assertThat(said.substring(said.indexOf("1 row"))).matches("1 row, 1 request, [0-9.]+ s\\R");
  }
}
