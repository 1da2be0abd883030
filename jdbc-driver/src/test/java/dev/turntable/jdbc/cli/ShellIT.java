package dev.turntable.jdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The shell at a pseudo-terminal. */
@EnabledOnOs(OS.LINUX)
class ShellIT {
  private static final String PROMPT = "turntable> ";
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";

  @TempDir Path folder;

  private PseudoTerminal shell(Map<String, String> environment, String arguments) throws Exception {
    PseudoTerminal shell = PseudoTerminal.start(folder, environment, arguments);
    shell.await(PROMPT);
    return shell;
  }

  private PseudoTerminal shell() throws Exception {
    return shell(Map.of(), "");
  }

  /** The first screen says what the answers are of, and where to begin. */
  @Test
  void itSaysWhereItIsAndHowToGoOn() throws Exception {
    try (PseudoTerminal shell = PseudoTerminal.start(folder, Map.of(), "")) {
      assertThat(shell.await(PROMPT))
          .contains(" at jdbc:turntable:demo, services made up in this process")
          .contains("\\dt shows the tables, \\? help and statements to try, \\q leaves");
      shell.type("\\dt\r");
      shell.await("task_runs");
      shell.await("rows, 0 requests");
    }
    try (PseudoTerminal shell =
        PseudoTerminal.start(
            folder,
            Map.of(),
            "'jdbc:turntable:handinger:apiKey=sk_secret;taskIds=" + "a,".repeat(50) + "a'")) {
      assertThat(shell.await(PROMPT))
          .contains(" at jdbc:turntable:handinger:apiKey=****;taskIds=a,a,")
          .contains("…")
          .doesNotContain("sk_secret", "made up");
    }
  }

  /** The statements run only if Tab has made them whole. */
  @Test
  void tabCompletesTablesColumnsAndFunctionsWithoutARequest() throws Exception {
    try (PseudoTerminal shell = shell()) {
      shell.type("SELECT COALES\tMAX(id), '0') AS n FROM tas\tWHERE worker\tIS NULL AND 1 = 0;\r");
      assertThat(shell.await("1 row, 0 requests")).contains(" n\r\n".strip()).contains("0");
      shell.await(PROMPT);
      shell.type("SELECT * FROM turntable.prop\tb WHERE b.na\t= 'maxAge';\r");
      assertThat(shell.await("1 row, 0 requests")).contains("maxAge");
      shell.await(PROMPT);
      shell.type("\\d web\t\r");
      shell.await("response_status");
      shell.await(PROMPT);
      shell.type("\\set form\tmark\t\r");
      shell.await("format is markdown");
      shell.await(PROMPT);
      shell.type("SELECT COUNT(*) AS sent FROM turntable.requests;\r");
      shell.await("| 0 |");
    }
  }

  @Test
  void ctrlCGivesAFreshPromptAndEndsWhatRuns() throws Exception {
    try (PseudoTerminal shell = shell()) {
      shell.type("SELECT 1 +\r");
      shell.await("-> ");
      shell.type("nonsense" + CTRL_C);
      assertThat(shell.await(PROMPT)).doesNotContain("error");
      shell.type("SELECT 'fre' || 'sh' AS a;\r");
      shell.await("fresh");
      shell.await(PROMPT);
      // So much work that nobody waits for its end.
      shell.type(
          "WITH n (i) AS (SELECT ROW_NUMBER() OVER () FROM tasks)"
              + " SELECT COUNT(*) FROM n a, n b, n c, n d, n e, n f;\r");
      shell.await("request");
      shell.type(CTRL_C);
      shell.await("error: [57014]");
      shell.await(PROMPT);
      shell.type("SELECT 'on' || 'wards' AS a;\r");
      shell.await("onwards");
      shell.await(PROMPT);
      shell.type(CTRL_D);
      shell.await("status 0");
    }
  }

  @Test
  void commandsRunAtAnyPrompt() throws Exception {
    try (PseudoTerminal shell = shell()) {
      shell.type("SELECT 'a' ||\r");
      shell.await("-> ");
      shell.type("\\l\r");
      shell.await("rightbrain_runs");
      // The statement that was begun is still there.
      shell.await(PROMPT);
      shell.type(" 'bc' AS a;\r");
      shell.await("abc");
      shell.await(PROMPT);
      shell.type(".tables\r");
      shell.await("commands begin with a backslash");
      shell.await(PROMPT);
      shell.type("SELECT 'block' AS kind\\gx\r");
      shell.await("kind | block");
      shell.await(PROMPT);
      shell.type("\\watch 0.01 3\r");
      shell.await("1 row, 0 requests");
      shell.await("1 row, 0 requests");
      shell.await("1 row, 0 requests");
      shell.await(PROMPT);
      shell.type("help\r");
      shell.await("Ctrl-R searches");
      shell.await(PROMPT);
      shell.type("exit\r");
      shell.await("status 0");
    }
  }

  /** Nothing is cut: not ids, nor times, nor what is said of columns. */
  @Test
  void idsTimesAndRemarksAreWhole() throws Exception {
    try (PseudoTerminal shell = shell()) {
      shell.type("SELECT * FROM tasks WHERE id = 'tsk_2Z-YWz3hFq6VlW';\r");
      assertThat(shell.await("1 row, 1 request"))
          .contains("id                 | tsk_2Z-YWz3hFq6VlW", "2026-05-11 09:14:22")
          .doesNotContain("…");
      shell.await(PROMPT);
      shell.type("\\d tasks\r");
      assertThat(shell.await("rows, 0 requests"))
          .contains("are in turns.input")
          .doesNotContain("…");
      shell.await(PROMPT);
      shell.type("\\x on\r");
      shell.await("expanded is on");
      shell.await(PROMPT);
      shell.type("SELECT 1 AS a;\r");
      shell.await("a | 1");
    }
  }

  @Test
  void whatIsHigherThanTheScreenIsPaged() throws Exception {
    try (PseudoTerminal shell = shell(Map.of("PAGER", "sed s/^/paged-/"), "")) {
      shell.type("SELECT 1 AS short;\r");
      assertThat(shell.await("1 row")).doesNotContain("paged-");
      shell.await(PROMPT);
      shell.type("SELECT name FROM turntable.properties, (VALUES 1, 2, 3) AS t;\r");
      shell.await("paged-name");
      shell.await(PROMPT);
      shell.type("\\set pager off\r");
      shell.await("pager is off");
      shell.await(PROMPT);
      shell.type("SELECT name FROM turntable.properties, (VALUES 1, 2, 3) AS t;\r");
      assertThat(shell.await("rows, 0 requests")).doesNotContain("paged-");
    }
  }

  @Test
  void historyIsItsOwnAndKeepsNoKeys() throws Exception {
    try (PseudoTerminal shell = shell()) {
      shell.type("SELECT 'remember' AS me;\r");
      shell.await("1 row");
      shell.await(PROMPT);
      shell.type("\\c jdbc:turntable:handinger:apiKey=sk_secret\r");
      shell.await(PROMPT);
      shell.type("\\q\r");
      shell.await("status 0");
    }
    Path file = folder.resolve(".local/state/turntable/history");
    assertThat(Files.readString(file)).contains("remember").doesNotContain("sk_secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void theEditorTakesTheLastStatement() throws Exception {
    try (PseudoTerminal shell = shell(Map.of("EDITOR", "sed -i s/before/after/"), "")) {
      shell.type("SELECT 'be' || 'fore' AS before;\r");
      shell.await("1 row");
      shell.await(PROMPT);
      shell.type("\\e\r");
      shell.await("AS after");
      shell.type(";\r");
      shell.await("1 row");
    }
  }

  @Test
  void coloursAreLeftOutWhereNobodyWantsThem() throws Exception {
    try (PseudoTerminal shell = shell()) {
      shell.type("SELECT nix;\r");
      shell.await("[42703]");
      assertThat(shell.raw()).doesNotContain("\u001b[31m", "\u001b[1m");
    }
    try (PseudoTerminal shell = shell(Map.of("NO_COLOR", ""), "")) {
      shell.type("SELECT nix;\r");
      shell.await("[42703]");
      assertThat(shell.raw()).contains("\u001b[31merror");
    }
  }

  @Test
  void resultsOfAStatementFromTheOptionsArePagedAndMeasuredToo() throws Exception {
    try (PseudoTerminal run =
        PseudoTerminal.start(folder, Map.of(), "-c 'SELECT 1 AS a' 'SELECT 2 AS b'")) {
      assertThat(run.await("status 0")).containsSubsequence("a", "1", "1 row", "b", "2", "1 row");
    }
  }

  @Test
  void rowsOfAnInsertAreShown() throws Exception {
    try (PseudoTerminal shell = shell(Map.of(), "--param q=Hi")) {
      shell.type(
          "INSERT INTO tasks (worker_id, input) SELECT worker_id, :q FROM tasks"
              + " WHERE id = 'tsk_2Z-YWz3hFq6VlW'\r RETURNING input AS asked, status;\r");
      assertThat(shell.await("1 row, 3 requests"))
          .containsPattern("asked +\\| status")
          .containsPattern("Hi +\\| completed");
    }
  }

  /** What one shell has read, the next one has. */
  @Test
  void aStoreIsKept() throws Exception {
    String sql = "SELECT title FROM tasks WHERE id = 'tsk_2Z-YWz3hFq6VlW';\r";
    try (PseudoTerminal shell = shell(Map.of(), "--store kept")) {
      shell.type(sql);
      shell.await("1 row, 1 request");
      shell.await(PROMPT);
      shell.type(CTRL_D);
      shell.await("status 0");
    }
    try (PseudoTerminal shell = shell(Map.of(), "--store kept jdbc:turntable:demo:maxAge=3600")) {
      shell.type(sql);
      shell.await("1 row, 0 requests, 1 row from the store (age at most ");
    }
  }

  /** How far a statement is stands on one line, which is gone when its rows come. */
  @Test
  void progressGivesWayToRows() throws Exception {
    try (PseudoTerminal shell =
        shell(Map.of(), "'jdbc:turntable:demo:requestsPerSecond=20;maxConcurrentRequests=2'")) {
      shell.type("SELECT COUNT(*) AS n FROM tasks WHERE status = 'error' AND worker_id IS NULL;\r");
      shell.await(" requests … 1 s");
      shell.await("1 row, ");
      assertThat(shell.raw()).containsPattern("\r\u001b\\[K *n\r\n-\r\n");
    }
  }
}
