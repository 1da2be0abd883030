package dev.turntable.jdbc.cli.script;

import dev.turntable.jdbc.RequestUsage;
import dev.turntable.jdbc.cli.print.Count;
import dev.turntable.jdbc.cli.print.Format;
import dev.turntable.source.AgeText;
import dev.turntable.text.SqlLexer;
import dev.turntable.text.SqlToken.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs one statement: results to where they go, all else to standard error. */
final class StatementRunner {
  private static final Set<String> EXPLAINED =
      Set.of("SELECT", "WITH", "VALUES", "TABLE", "INSERT", "DELETE", "UPDATE", "MERGE");

  private final Session session;
  private final Format format;
  private final @Nullable PrintStream file;

  private StatementRunner(Session session, Format format, @Nullable PrintStream file) {
    this.session = session;
    this.format = format;
    this.file = file;
  }

  /** Returns a runner that prints as the session's settings say. */
  static StatementRunner of(Session session) {
    return new StatementRunner(session, session.settings().format(), null);
  }

  /** Returns one that prints in another format. */
  StatementRunner as(Format other) {
    return new StatementRunner(session, other, file);
  }

  /** Returns one that prints into a file. */
  StatementRunner into(PrintStream other) {
    return new StatementRunner(session, format, other);
  }

  void run(String sql) throws SQLException, IOException {
    session.last(sql);
    boolean terminal = session.console().screen().errIsTerminal();
    long started = System.nanoTime();
    session.connection().unwrap(dev.turntable.jdbc.statement.Session.class).giveRowsAsWritten();
    NamedParameters.Bound bound = session.settings().parameters().bind(text(sql));
    try (Statement statement = open(bound)) {
      session.running(statement);
      RequestUsage usage = statement.unwrap(RequestUsage.class);
      String done;
      try (Progress progress = new Progress(session.console().err(), usage, terminal)) {
        boolean rows =
            statement instanceof PreparedStatement prepared
                ? prepared.execute()
                : statement.execute(text(sql), Statement.RETURN_GENERATED_KEYS);
        done = rows ? rows(statement, progress) : update(statement, progress);
      }
      stream().flush(); // rows come before what is said of them
      session.warn(statement.getWarnings());
      if (terminal && session.settings().isTimed()) {
        summary(done, usage, Duration.ofNanos(System.nanoTime() - started));
      }
    } finally {
      session.running(null);
      stream().flush();
    }
    if (file == null && stream().checkError()) {
      throw new BrokenOutputException();
    }
  }

  private Statement open(NamedParameters.@Nullable Bound bound) throws SQLException {
    if (bound == null) {
      return session.connection().createStatement();
    }
    PreparedStatement statement =
        session.connection().prepareStatement(bound.sql(), Statement.RETURN_GENERATED_KEYS);
    for (int i = 0; i < bound.values().size(); i++) {
      statement.setString(i + 1, bound.values().get(i));
    }
    return statement;
  }

  private String text(String sql) {
    boolean explained =
        session.settings().isExplained()
            && SqlLexer.tokens(sql).stream()
                .filter(token -> token.kind() != Kind.COMMENT && !token.isSign("("))
                .limit(1)
                .anyMatch(token -> token.isWord(EXPLAINED));
    return explained ? "EXPLAIN PLAN FOR " + sql : sql;
  }

  private PrintStream stream() {
    return file == null ? session.output().stream() : file;
  }

  private String rows(Statement statement, Progress progress) throws SQLException, IOException {
    try (ResultSet rows = statement.getResultSet()) {
      boolean written = statement.unwrap(RequestUsage.class).rowsToWrite() > 0;
      return Count.of(print(rows, progress, written), "row");
    }
  }

  private String update(Statement statement, Progress progress) throws SQLException, IOException {
    long count = statement.getLargeUpdateCount();
    try (ResultSet keys = statement.getGeneratedKeys()) {
      if (keys.isBeforeFirst()) {
        print(keys, progress, false);
      }
    }
    return Count.of(Math.max(0, count), "row") + " changed";
  }

  /**
   * Prints rows; they and progress must not share a screen.
   *
   * @param written whether the rows are written one by one, which may take long
   */
  private long print(ResultSet rows, Progress progress, boolean written)
      throws SQLException, IOException {
    boolean terminal = file == null && session.output().isTerminal();
    Screen screen = session.screen();
    int width = terminal ? screen.width() : 0;
    Runnable beforeOutput = terminal ? progress::close : () -> {};
    Pager pager =
        terminal && !written && screen.inIsTerminal() && session.settings().isPaged()
            ? Pager.of(stream(), session.console().environment(), screen.height() - 1, beforeOutput)
            : null;
    if (pager == null) {
      return format
          .printer(stream(), session.settings().forPrinting(width, written))
          .print(rows, beforeOutput);
    }
    try (PrintStream paged = new PrintStream(pager, false, StandardCharsets.UTF_8)) {
      return format
          .printer(paged, session.settings().forPrinting(width, written))
          .print(rows, () -> {});
    }
  }

  private void summary(String done, RequestUsage usage, Duration time) {
    StringBuilder line = new StringBuilder(done);
    line.append(", ").append(Count.of(usage.requests(), "request"));
    if (usage.stored() > 0) {
      line.append(", ")
          .append(Count.of(usage.stored(), "row"))
          .append(" from the store (age at most ")
          .append(AgeText.text(usage.age()))
          .append(')');
    }
    line.append(String.format(Locale.ROOT, ", %.2f s", time.toMillis() / 1000.0));
    if (usage.waited().toMillis() >= 10) {
      line.append(
          String.format(Locale.ROOT, ", waited %.2f s", usage.waited().toMillis() / 1000.0));
    }
    if (usage.shared() > 0) {
      line.append(", ").append(Count.of(usage.shared(), "shared answer"));
    }
    session.console().err().println(line);
  }
}
