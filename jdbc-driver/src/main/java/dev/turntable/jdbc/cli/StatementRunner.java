package dev.turntable.jdbc.cli;

import dev.turntable.jdbc.RequestUsage;
import dev.turntable.jdbc.statement.Session;
import dev.turntable.source.AgeText;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs statements one after the other: results to standard output, all else to standard error. */
final class StatementRunner {
  private final Connection connection;
  private final CommandArguments.Format format;
  private final NamedParameters parameters;
  private final PrintStream out;
  private final PrintStream err;
  private final Screen screen;

  StatementRunner(
      Connection connection,
      CommandArguments.Format format,
      NamedParameters parameters,
      PrintStream out,
      PrintStream err,
      Screen screen) {
    this.connection = connection;
    this.format = format;
    this.parameters = parameters;
    this.out = out;
    this.err = err;
    this.screen = screen;
  }

  void run(String sql) throws SQLException {
    run(sql, statement -> {});
  }

  /**
   * Runs one statement.
   *
   * @param running is given the statement before it runs, to cancel it
   */
  void run(String sql, Consumer<Statement> running) throws SQLException {
    long started = System.nanoTime();
    connection.unwrap(Session.class).giveRowsAsWritten();
    NamedParameters.Bound bound = parameters.bind(sql);
    try (Statement statement = open(bound)) {
      running.accept(statement);
      RequestUsage usage = statement.unwrap(RequestUsage.class);
      String done;
      try (Progress progress = new Progress(err, usage, screen.errIsTerminal())) {
        boolean rows =
            statement instanceof PreparedStatement prepared
                ? prepared.execute()
                : statement.execute(sql, Statement.RETURN_GENERATED_KEYS);
        done = rows ? rows(statement, progress) : update(statement, progress);
      }
      out.flush();
      warn(statement.getWarnings());
      if (screen.errIsTerminal()) {
        summary(done, usage, Duration.ofNanos(System.nanoTime() - started));
      }
    } finally {
      out.flush();
    }
  }

  private Statement open(NamedParameters.@Nullable Bound bound) throws SQLException {
    if (bound == null) {
      return connection.createStatement();
    }
    PreparedStatement statement =
        connection.prepareStatement(bound.sql(), Statement.RETURN_GENERATED_KEYS);
    for (int i = 0; i < bound.values().size(); i++) {
      statement.setString(i + 1, bound.values().get(i));
    }
    return statement;
  }

  /** Returns a line for each error of a chain. */
  static String describe(SQLException first) {
    List<String> lines = new ArrayList<>();
    for (SQLException e = first; e != null; e = e.getNextException()) {
      String message = CellText.visible(String.valueOf(e.getMessage()));
      lines.add("error: [" + e.getSQLState() + "] " + message);
    }
    return String.join("\n", lines);
  }

  private String rows(Statement statement, Progress progress) throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      boolean written = statement.unwrap(RequestUsage.class).rowsToWrite() > 0;
      return Count.of(printer(written).print(rows, () -> endBeforeRows(progress)), "row");
    }
  }

  private String update(Statement statement, Progress progress) throws SQLException {
    long count = statement.getLargeUpdateCount();
    try (ResultSet keys = statement.getGeneratedKeys()) {
      if (keys.isBeforeFirst()) {
        printer(false).print(keys, () -> endBeforeRows(progress));
      }
    }
    return Count.of(Math.max(0, count), "row") + " changed";
  }

  /**
   * @param written whether the rows are written one by one, which may take long
   */
  private RowPrinter printer(boolean written) {
    int width = screen.outIsTerminal() ? screen.width() : 0;
    return switch (format) {
      case TABLE -> written ? TablePrinter.ofWrittenRows(out, width) : new TablePrinter(out, width);
      case CSV -> new CsvPrinter(out);
      case JSON -> new JsonPrinter(out);
    };
  }

  /** Rows and progress must not share a screen. */
  private void endBeforeRows(Progress progress) {
    if (screen.outIsTerminal()) {
      progress.close();
    }
  }

  private void warn(@Nullable SQLWarning first) {
    for (SQLWarning each = first; each != null; each = each.getNextWarning()) {
      err.println("warning: " + CellText.visible(String.valueOf(each.getMessage())));
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
    err.println(line);
  }
}
