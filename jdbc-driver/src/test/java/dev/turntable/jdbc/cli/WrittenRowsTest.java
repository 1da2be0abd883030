package dev.turntable.jdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.cli.script.Console;
import dev.turntable.jdbc.cli.script.Screen;
import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** INSERT … RETURNING, parameters and files on the command line. */
final class WrittenRowsTest {
  private Simulator simulator;
  private Screen screen = Screen.NONE;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorOptions.builder().tasks(2).build());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private int run(PrintStream rows, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add(
        "jdbc:turntable:handinger:baseUrl="
            + simulator.handingerUrl()
            + ";apiKey="
            + HandingerOptions.KEY
            + ";maxConcurrentWrites=1");
    return new CommandLine(
            new Console(
                Map.of(),
                new ByteArrayInputStream(new byte[0]),
                rows,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                screen))
        .run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return run(new PrintStream(out, true, StandardCharsets.UTF_8), arguments);
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String insert(int rows) {
    String worker = simulator.handinger().workerIds().get(0);
    StringBuilder sql = new StringBuilder("INSERT INTO tasks (worker_id, input) VALUES ");
    for (int i = 1; i <= rows; i++) {
      sql.append(i == 1 ? "" : ", ").append("('").append(worker).append("', 'row ").append(i);
      sql.append("')");
    }
    return sql + " RETURNING output_text AS answer";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "table | 'answer\n-----------\nDone: row 1\nDone: row 2\n'",
        "csv   | 'answer\r\nDone: row 1\r\nDone: row 2\r\n'",
        "tsv   | 'answer\nDone: row 1\nDone: row 2\n'",
        "json  | '{\"answer\":\"Done: row 1\"}\n{\"answer\":\"Done: row 2\"}\n'",
        "jsonl | '{\"answer\":\"Done: row 1\"}\n{\"answer\":\"Done: row 2\"}\n'",
        "json-array | '[\n{\"answer\":\"Done: row 1\"},\n{\"answer\":\"Done: row 2\"}\n]\n'",
        "markdown   | '| answer |\n| --- |\n| Done: row 1 |\n| Done: row 2 |\n'",
        "vertical   | '-- 1 ---------------------------\nanswer | Done: row 1\n"
            + "-- 2 ---------------------------\nanswer | Done: row 2\n'",
      })
  void everyFormat(String format, String printed) {
    assertThat(run("--format", format, "-e", insert(2))).isZero();
    assertThat(output()).isEqualTo(printed);
    assertThat(err.size()).isZero();
  }

  /** Runs take minutes: a row is on the screen while the next one is under way. */
  @ParameterizedTest
  @ValueSource(
      strings = {"table", "vertical", "csv", "tsv", "json", "jsonl", "json-array", "markdown"})
  void rowsAppearAsTheyAreAnswered(String format) {
    simulator.handinger().runDuration(Duration.ofMillis(300));
    List<Integer> runsWhenSeen = new ArrayList<>();
    PrintStream rows =
        new PrintStream(
            new java.io.BufferedOutputStream(
                new ByteArrayOutputStream() {
                  @Override
                  public synchronized void write(byte[] bytes, int from, int length) {
                    if (new String(bytes, from, length, StandardCharsets.UTF_8).contains("row 1")) {
                      runsWhenSeen.add(simulator.handinger().runs());
                    }
                  }
                },
                1 << 16),
            false,
            StandardCharsets.UTF_8);
    assertThat(run(rows, "--format", format, "-e", insert(6))).isZero();
    assertThat(simulator.handinger().runs()).isEqualTo(6);
    assertThat(runsWhenSeen).singleElement().satisfies(runs -> assertThat(runs).isLessThan(6));
  }

  @Test
  void progressCountsThem() {
    simulator.handinger().runDuration(Duration.ofMillis(500));
    screen = new Screen(false, false, true, 80, 24);
    assertThat(run("--format", "csv", "-e", insert(4))).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .containsPattern("[1-3] of 4 rows, [1-4] requests? … ")
        .contains("4 rows, 4 requests");
  }

  @Test
  void whatWasWrittenBeforeAFailureIsPrinted() {
    simulator.faults(FaultRule.nth(3, Fault.status(402)));
    assertThat(run("--format", "csv", "-e", insert(4))).isEqualTo(1);
    assertThat(output()).isEqualTo("answer\r\nDone: row 1\r\nDone: row 2\r\n");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("error: [58000] row 3 of 4, of which 2 were written: ");
    assertThat(simulator.handinger().runs()).isEqualTo(2);
  }

  @Test
  void parametersAreBound() {
    String worker = simulator.handinger().workerIds().get(0);
    assertThat(
            run(
                "--param",
                "worker=" + worker,
                "--param=q=Who's 'x'? a=b",
                "--format=csv",
                "-e",
                "INSERT INTO tasks (worker_id, input) VALUES (:worker, :q) RETURNING input, ':q' || '' AS"
                    + " text"))
        .isEqualTo(1); // RETURNING takes columns only
    out.reset();
    assertThat(
            run(
                "--param",
                "worker=" + worker,
                "--param=q=Who's 'x'? a=b",
                "--format=csv",
                "-e",
                "INSERT INTO tasks (worker_id, input) VALUES (:worker, :q) RETURNING input; SELECT ':q'"
                    + " AS a, CAST(:q AS VARCHAR) AS b -- :q"))
        .isZero();
    assertThat(output()).isEqualTo("input\r\nWho's 'x'? a=b\r\na,b\r\n:q,Who's 'x'? a=b\r\n");
  }

  @Test
  void filesAreBound(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("notes é.TXT"), "Hello");
    Path other = Files.write(folder.resolve("x.unknown"), new byte[0]);
    assertThat(
            run(
                "--param-file",
                "f=" + text,
                "--param-file",
                "f=" + other,
                "--format=csv",
                "-e",
                "INSERT INTO tasks (input, files) VALUES ('x', :f) RETURNING id, output_text"))
        .isZero();
    assertThat(output()).endsWith(",\"Done: x (notes é.TXT, x.unknown)\"\r\n");
    String id = output().split("[\\n,]", -1)[2];
    assertThat(simulator.handinger().uploads(id).toString())
        .isEqualTo(
            "[files[] notes é.TXT text/plain 5, files[] x.unknown application/octet-stream 0]");
    assertThat(simulator.handinger().uploads(id).get(0).text()).isEqualTo("Hello");
  }

  @Test
  void aFileThatCannotBeReadRunsNothing(@TempDir Path folder) {
    for (String path : List.of(folder.resolve("none").toString(), folder.toString(), "/dev/zero")) {
      err.reset();
      assertThat(run("--param-file", "f=" + path, "-e", "SELECT 1")).isEqualTo(1);
      assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("error: cannot read " + path);
    }
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "--param, q",
    "--param, =x",
    "--param, 1a=x",
    "--param, a b=x",
    "--param-file, q",
    "--param-file, =x"
  })
  void parametersThatAreNone(String option, String value) {
    assertThat(run(option, value, "-e", "SELECT 1")).isEqualTo(2);
    assertThat(run("--param", "a=1", "--param", "a=2", "-e", "SELECT 1")).isEqualTo(2);
  }
}
