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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sync} as it is typed: what it prints where, and how it ends. */
final class SyncCommandTest {
  private static final Screen TERMINAL = new Screen(true, true, true, 100, 30);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  /** The driver's jar has the library beside it; its classes alone have none. */
  @BeforeEach
  void library() throws IOException {
    Path file = folder.resolve("turntable/config");
    Files.createDirectories(file.getParent());
    Path library = Path.of("target/duckdb_jdbc-2.0.0.1.jar").toAbsolutePath();
    Files.writeString(file, "[here]\nstoreLibrary = " + library + "\n");
    file.toFile().setReadable(false, false);
    file.toFile().setWritable(false, false);
    file.toFile().setReadable(true, true);
    file.toFile().setWritable(true, true);
  }

  private int run(Screen screen, String... arguments) {
    out.reset();
    err.reset();
    return new CommandLine(
            new Console(
                Map.of("XDG_CONFIG_HOME", folder.toString()),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                screen))
        .run(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private int sync(Screen screen, String... more) {
    String[] all = new String[more.length + 3];
    all[0] = "sync";
    all[1] = "--store=" + folder.resolve("store");
    all[2] = "--profile=here";
    System.arraycopy(more, 0, all, 3, more.length);
    return run(screen, all);
  }

  /** One line, for cron. */
  @Test
  void aLineTellsWhatWasNew() {
    assertThat(sync(Screen.NONE, "jdbc:turntable:demo")).isZero();
    assertThat(out().lines()).singleElement().asString().startsWith("786 new, 0 changed, 0 gone;");
    assertThat(out()).contains("handinger.tasks 61", "rightbrain.task_runs 524", "maxAge=3600");
    assertThat(err()).isEmpty();

    assertThat(sync(Screen.NONE)).isZero();
    assertThat(out()).startsWith("0 new, 0 changed, 0 gone; ");

    assertThat(sync(Screen.NONE, "--status")).isZero();
    assertThat(out()).contains("store: 61 keys of id", "store: the project's list");
    assertThat(
            run(
                Screen.NONE,
                "--profile=here",
                "--store",
                folder.resolve("store").toString(),
                "jdbc:turntable:demo:maxAge=3600",
                "--format=csv",
                "SELECT COUNT(*) AS runs FROM rightbrain.task_runs"))
        .isZero();
    assertThat(out()).isEqualTo("runs\r\n524\r\n");
  }

  @Test
  void atATerminalABarShowsHowFarItIs() {
    assertThat(sync(TERMINAL, "--tables", "rightbrain.tasks,task_runs")).isZero();
    assertThat(err()).contains("rightbrain.task_runs  ████████████████████ 100 %  524 rows");
    assertThat(err()).endsWith("\r\u001b[K");
    assertThat(out()).contains("  rightbrain.task_runs: 524 rows, settled up to 2026-07-20");
    assertThat(out()).contains("(before: 0)").doesNotContain("handinger");
  }

  @Test
  void rowsAreCounted() {
    assertThat(sync(Screen.NONE, "--tables=task_runs,rightbrain.tasks", "--verify")).isZero();
    assertThat(out()).contains("Verified: 6 counts, of which 0 did not agree");
    assertThat(err()).isEmpty();
  }

  @Test
  void itsRoomIsGivenBack() {
    sync(Screen.NONE, "--tables=task_runs");

    assertThat(sync(Screen.NONE, "--compact")).isZero();

    assertThat(out()).matches("the store had \\d+\\.\\d MB, and has \\d+\\.\\d MB\\R");
  }

  @Test
  void parquetIsWrittenAfterwards() {
    String directory = folder.resolve("parquet").toString();

    assertThat(sync(TERMINAL, "--tables=task_runs", "--to", "parquet", directory)).isZero();

    assertThat(out())
        .contains("Parquet in " + directory + ": ", " days written (524 rows), 0 removed");
    assertThat(err()).contains("rightbrain.task_runs as Parquet  ████████████████████ 100 %");
    assertThat(sync(Screen.NONE, "--tables=task_runs", "--to=parquet", directory)).isZero();
    assertThat(out()).contains(": 0 days written (0 rows), 0 removed, ");
    assertThat(sync(Screen.NONE, "--to", "csv", directory)).isEqualTo(2);
    assertThat(err()).contains("--to wants a format and a directory, as --to parquet DIR");
  }

  @Test
  void argumentsThatMakeNoSense() {
    assertThat(sync(Screen.NONE, "--since", "yesterday")).isEqualTo(2);
    assertThat(err()).contains("--since wants a day or a time of UTC");
    assertThat(sync(Screen.NONE, "handinger")).isEqualTo(2);
    assertThat(err()).contains("there is no option handinger");
    assertThat(sync(Screen.NONE, "--tables", "runs")).isEqualTo(1);
    assertThat(err()).contains("[42P01] there is no table 'runs'", "rightbrain.task_runs");
    assertThat(run(Screen.NONE, "sync")).isEqualTo(1);
    assertThat(err()).contains("[22023] sync needs a store: give --store DIR");
    assertThat(run(Screen.NONE, "sync", "--help")).isZero();
    assertThat(out().lines()).hasSizeLessThan(24).allMatch(line -> line.length() <= 80);
  }

  @Test
  void runsFromADayOn() {
    assertThat(sync(Screen.NONE, "--since=2026-07-01", "--tables=task_runs")).isZero();
    assertThat(out()).contains("rightbrain.task_runs").doesNotContain("524");
  }
}
