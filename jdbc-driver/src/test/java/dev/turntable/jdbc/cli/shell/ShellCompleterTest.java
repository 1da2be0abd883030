package dev.turntable.jdbc.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.RequestUsage;
import dev.turntable.jdbc.TurntableDriver;
import dev.turntable.jdbc.cli.script.Console;
import dev.turntable.jdbc.cli.script.Screen;
import dev.turntable.jdbc.cli.script.Session;
import dev.turntable.jdbc.cli.script.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Tab offers. */
class ShellCompleterTest {
  private static Session session;
  private static LineReaderImpl reader;

  @BeforeAll
  static void open() throws Exception {
    session = session();
    reader =
        new LineReaderImpl(
            new DumbTerminal(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream()));
  }

  private static Session session() throws SQLException {
    PrintStream none = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new Session(
        new Console(Map.of(), new ByteArrayInputStream(new byte[0]), none, none, Screen.NONE),
        new Settings(),
        url -> new TurntableDriver().connect(url, new Properties()),
        "jdbc:turntable:demo");
  }

  @AfterAll
  static void close() throws Exception {
    session.close();
  }

  /** Returns what is offered where the text has a bar, as far as it begins with the word there. */
  private static List<String> offered(String text) {
    return offered(session, text);
  }

  private static List<String> offered(Session session, String text) {
    int cursor = text.indexOf('|');
    String line = text.replace("|", "");
    ParsedLine parsed = new ShellParser().parse(line, cursor, ParseContext.COMPLETE);
    List<Candidate> candidates = new ArrayList<>();
    new ShellCompleter(session).complete(reader, parsed, candidates);
    return candidates.stream()
        .map(Candidate::value)
        .filter(value -> value.regionMatches(true, 0, parsed.word(), 0, parsed.word().length()))
        .toList();
  }

  @Test
  void tablesFollowFromJoinAndInto() throws SQLException {
    String[] tables = {
      "tasks",
      "turns",
      "webhook_executions",
      "worker_schedules",
      "workers",
      "handinger.",
      "rightbrain.",
      "rightbrain_runs.",
      "turntable."
    };
    for (String text :
        List.of(
            "SELECT * FROM |",
            "select * from |",
            "SELECT * FROM tasks JOIN |",
            "SELECT * FROM tasks t, |",
            "INSERT INTO |",
            "DELETE FROM |",
            "DESCRIBE |",
            "SELECT 1; SELECT * FROM | WHERE id = 'a'",
            "SELECT *\nFROM tasks t\nLEFT JOIN |")) {
      assertThat(offered(text)).as(text).containsExactlyInAnyOrder(tables);
    }
    assertThat(offered("SELECT * FROM ta|")).containsExactly("tasks");
    assertThat(offered("SELECT * FROM rightbrain.ta|"))
        .containsExactly("tasks", "task_revisions", "task_runs");
  }

  @Test
  void columnsOfTheStatementsTablesAreOfferedElsewhere() {
    assertThat(offered("SELECT * FROM tasks WHERE stat|")).containsExactly("status");
    assertThat(offered("SELECT sta| FROM turns"))
        .containsExactly("status", "started_at", "starts_with(");
    assertThat(offered("SELECT * FROM tasks t JOIN turns u ON u.task|")).containsExactly("task_id");
    assertThat(offered("SELECT u.output_te| FROM tasks t, turns AS u"))
        .containsExactly("output_text");
    assertThat(offered("SELECT * FROM rightbrain.task_runs r WHERE r.charged|"))
        .containsExactly("charged_credits");
    assertThat(offered("SELECT charged| FROM rightbrain.task_runs"))
        .containsExactly("charged_credits");
    assertThat(offered("INSERT INTO tasks (worker_|")).containsExactly("worker_id");
    // No table is written yet: those of the schema.
    assertThat(offered("SELECT cred|")).containsExactly("credits");
    assertThat(offered("SELECT t.cred|")).containsExactly("credits");
  }

  @Test
  void functionsAndKeywordsComeInTheCaseOfTheUser() {
    assertThat(offered("SELECT coal|")).containsExactly("coalesce(");
    assertThat(offered("SELECT JSON_VALU|")).containsExactly("JSON_VALUE(");
    assertThat(offered("SELECT * FROM tasks wher|")).containsExactly("where");
    assertThat(offered("SEL|")).containsExactly("SELECT");
    assertThat(offered("SELECT 1; ins|")).containsExactly("insert into");
  }

  @Test
  void commandsAndWhatFollowsThem() {
    assertThat(offered("\\|")).contains("\\d", "\\x", "\\copy", "\\conninfo");
    assertThat(offered("\\d ta|")).containsExactly("tasks");
    assertThat(offered("\\d rightbrain.t|"))
        .contains("rightbrain.tasks", "rightbrain.task_runs", "rightbrain.token_report");
    assertThat(offered("\\dt ri|")).contains("rightbrain", "rightbrain_runs");
    assertThat(offered("SELECT 1\n  \\x a|")).containsExactly("auto");
    assertThat(offered("\\set form|")).containsExactly("format");
    assertThat(offered("\\set format json-|")).containsExactly("json-array");
    assertThat(offered("\\c |")).containsExactly("jdbc:turntable:");
    assertThat(offered("\\c jdbc:turntable:ha|")).containsExactly("handinger");
    assertThat(offered("\\c jdbc:turntable:handinger+ri|")).containsExactly("rightbrain");
    assertThat(offered("\\c jdbc:turntable:handinger:maxReq|")).containsExactly("maxRequests=");
    assertThat(offered("\\c jdbc:turntable:handinger:readOnly=true;worker|"))
        .containsExactly("workerIds=");
    assertThat(offered("\\df substr|")).containsExactly("SUBSTR", "SUBSTRING");
  }

  /** The tables of a schema that the service lists are offered once something has listed them. */
  @Test
  void tablesThatWereListedAreOffered() throws Exception {
    try (Session other = session()) {
      assertThat(offered(other, "SELECT * FROM rightbrain_runs.|")).isEmpty();
      try (Statement statement = other.connection().createStatement()) {
        statement.executeQuery("SELECT id FROM rightbrain_runs.\"Reply-Drafter\" LIMIT 0").close();
      }
      assertThat(offered(other, "SELECT * FROM rightbrain_runs.|"))
          .contains("\"Reply-Drafter\"", "\"CV Screening\"");
      assertThat(offered(other, "SELECT r.charg| FROM rightbrain_runs.\"Reply-Drafter\" r"))
          .containsExactly("charged_credits");
    }
  }

  /** Completing sends nothing, not even for the schema that the service lists. */
  @Test
  void nothingIsSent() throws SQLException {
    offered("SELECT * FROM rightbrain_runs.|");
    offered("SELECT | FROM rightbrain_runs.nix");
    offered("\\d |");
    try (Statement statement = session.connection().createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM turntable.requests")) {
      rows.next();
      assertThat(rows.getLong(1)).isZero();
      assertThat(statement.unwrap(RequestUsage.class).requests()).isZero();
    }
  }
}
