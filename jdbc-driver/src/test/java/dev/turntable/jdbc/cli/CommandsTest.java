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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backslash commands, as a script gives them. */
class CommandsTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... commands) {
    out.reset();
    err.reset();
    List<String> arguments = new ArrayList<>(List.of("jdbc:turntable:demo"));
    for (String command : commands) {
      arguments.addAll(List.of("-c", command));
    }
    return new CommandLine(
            new Console(
                Map.of(),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Screen.NONE))
        .run(arguments.toArray(String[]::new));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private void assertFails(String command, String message) {
    assertThat(run(command)).as(command).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("error: " + message + "\n");
    assertThat(out.size()).isZero();
  }

  private Path copied(String name, String from, String format) throws IOException {
    Path file = folder.resolve(name);
    assertThat(run("\\copy " + from + " TO '" + file + "' " + format))
        .as(() -> err.toString(StandardCharsets.UTF_8))
        .isZero();
    assertThat(out.size()).isZero();
    return file;
  }

  @Test
  void copyWritesAFileInTheFormatOfItsEnding() throws IOException {
    String query = "(SELECT 1 AS a, NULL AS b, 'to; \\n' AS \"to\")";
    assertThat(Files.readString(copied("a.csv", query, ""))).isEqualTo("a,b,to\r\n1,,to; \\n\r\n");
    assertThat(Files.readString(copied("a.tsv", query, "")))
        .isEqualTo("a\tb\tto\n1\t\\N\tto; \\\\n\n".replace("\\N", ""));
    assertThat(Files.readString(copied("a.jsonl", query, "")))
        .isEqualTo("{\"a\":1,\"b\":null,\"to\":\"to; \\\\n\"}\n");
    assertThat(Files.readString(copied("a.json", query, "")))
        .isEqualTo("[\n{\"a\":1,\"b\":null,\"to\":\"to; \\\\n\"}\n]\n");
    assertThat(Files.readString(copied("a.md", "(SELECT 1 AS a)", "")))
        .isEqualTo("| a |\n| ---: |\n| 1 |\n");
    assertThat(Files.readString(copied("a b", "(SELECT 1 AS a)", ""))).isEqualTo("a\r\n1\r\n");
    assertThat(Files.readString(copied("a b", "(SELECT 1 AS a)", "(FORMAT tsv)")))
        .isEqualTo("a\n1\n");
    assertThat(Files.readString(copied("known.csv", "turntable.known_tasks", "")))
        .startsWith("id,origin,");
  }

  @Test
  void copyRefusesWhatItCannotDo() throws IOException {
    String usage =
        "this command is \\copy (QUERY) TO FILE [FORMAT], or \\copy TABLE TO FILE [FORMAT]";
    assertFails("\\copy", usage);
    assertFails("\\copy tasks", usage);
    assertFails("\\copy (SELECT 1) TO", usage);
    assertFails(
        "\\copy tasks FROM 'a.csv'", "files cannot be copied into tables; INSERT writes rows");
    Path none = folder.resolve("none").resolve("a.csv");
    assertFails(
        "\\copy (SELECT 1 AS a) TO " + none, "cannot write " + none + ": NoSuchFileException");
    assertFails(
        "\\copy (SELECT 1 AS a) TO " + folder.resolve("a.csv") + " xml",
        "the format has to be one of table, vertical, csv, tsv, json, jsonl, json-array, markdown");
  }

  @Test
  void outputGoesToAFileUntilItIsCalledBack() throws IOException {
    Path file = folder.resolve("rows.txt");
    assertThat(run("\\o " + file, "SELECT 1 AS a", "\\echo done", "\\o", "SELECT 2 AS a")).isZero();
    assertThat(said()).isEqualTo("a\n-\n2\n");
    assertThat(Files.readString(file)).isEqualTo("a\n-\n1\ndone\n");
  }

  @Test
  void aStatementGoesToAFileOrInBlocks() throws IOException {
    Path file = folder.resolve("rows.txt");
    assertThat(run("SELECT 1 AS a \\g " + file + "\nSELECT 2 AS a \\gx\n\\g")).isZero();
    assertThat(said()).isEqualTo("-- 1 ---------------------------\na | 2\na\n-\n2\n");
    assertThat(Files.readString(file)).isEqualTo("a\n-\n1\n");
    assertFails("\\g", "there is no statement to run");
  }

  @Test
  void functionsAreListedByPattern() {
    assertThat(run("\\df *substr*")).isZero();
    assertThat(said()).startsWith("function\n").contains("SUBSTRING").doesNotContain("UPPER");
    assertThat(run("\\df")).isZero();
    assertThat(said())
        .contains("UPPER", "COALESCE", "JSON_VALUE", "MEDIAN", "NOW", "NVL", "DATEDIFF", "CORR")
        .doesNotContain("AT_ZONE", "JSON_GET", "DATEDIFF_BY");
  }

  @Test
  void tablesAreListedByPatternWithoutARequest() {
    assertThat(run("\\dt", "SELECT COUNT(*) AS sent FROM turntable.requests")).isZero();
    assertThat(said())
        .contains("handinger  | tasks ", "rightbrain | task_runs ", "turntable  | requests ")
        .contains("Turns: one message to the worker and its reply")
        .endsWith("sent\n----\n   0\n");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "rightbrain_runs has tables, too: \\dt rightbrain_runs asks the service for them\n");
    assertThat(run("\\d *report")).isZero();
    assertThat(said()).contains("credit_report").doesNotContain("webhook");
    assertThat(run("\\dt rightbrain.task*")).isZero();
    assertThat(said()).contains("task_revisions").doesNotContain("handinger", "report");
    assertThat(run("\\dt rightbrain_runs")).isZero();
    assertThat(said()).contains("Reply-Drafter");
  }

  @Test
  void aPatternWithoutATableIsTold() {
    assertThat(run("\\dt nix*")).isZero();
    assertThat(said()).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("no table matches nix*; \\dt lists them all\n");
  }

  @Test
  void anotherConnectionIsOpenedAndTold() {
    assertThat(
            run(
                "\\conninfo",
                "\\c jdbc:turntable:rightbrain:apiKey=sk_secret",
                "\\c",
                "SELECT value FROM turntable.properties WHERE name = 'orgId' OR name LIKE '%nix'"))
        .isZero();
    assertThat(said().lines().limit(2).toList())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("connected to jdbc:turntable:demo, schema handinger, Turntable"),
            line ->
                assertThat(line)
                    .startsWith(
                        "connected to jdbc:turntable:rightbrain:apiKey=****, schema rightbrain,"));
    assertThat(said()).doesNotContain("sk_secret");
  }

  /** The connection before stays where another one cannot be had. */
  @Test
  void whatCannotBeOpenedChangesNothing() {
    assertFails("\\c demo", "\\c takes a URL, such as jdbc:turntable:demo");
    Path script = folder.resolve("a.sql");
    assertThat(run("\\c jdbc:turntable:nix")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("error: [22023] unknown source");
    assertThat(script).doesNotExist();
  }

  @Test
  void settingsAreShownAndChanged() {
    assertThat(
            run(
                "\\set format csv",
                "\\set null -",
                "\\set header off",
                "SELECT 1, NULL",
                "\\x on",
                "\\set"))
        .isZero();
    assertThat(said())
        .isEqualTo(
            "1,-\r\nformat csv\nexpanded on\nheader off\nnull -\ntiming on\npager on\nexplain off\n");
    assertFails(
        "\\set nix",
        "there is no setting nix; there are format, expanded, header, null, timing, pager, explain");
    assertFails("\\x perhaps", "expanded has to be on, off or auto");
    assertFails("\\timing perhaps", "timing has to be on or off");
  }

  @Test
  void whatOtherShellsCallOtherwiseIsKnown() {
    assertThat(run("\\dn")).isZero();
    assertThat(said()).contains("rightbrain_runs");
    assertThat(run("\\d+ turns")).isZero();
    assertThat(said()).contains("structured_output");
    assertFails("\\des", "\\des is no command; \\? shows those there are");
  }
}
