package dev.turntable.jdbc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jspecify.annotations.Nullable;
import sqlline.SqlLine;
import sqlline.SqlLineParser;

/**
 * SQLLine that takes {@link ShellCommands}, too, which it would read on as unfinished SQL, and leaves
 * statements to {@link StatementCommand}.
 */
final class TurntableShell extends SqlLine {
  private final NamedParameters parameters;
  private final PrintStream err;
  private final Screen screen;
  private @Nullable LineReader reader;

  TurntableShell(NamedParameters parameters, PrintStream out, PrintStream err, Screen screen) {
    this.parameters = parameters;
    this.err = err;
    this.screen = screen;
    setOutputStream(out);
    setErrorStream(err);
  }

  /** Returns what runs statements on the connection that is current. */
  StatementRunner runner() throws SQLException {
    // Line by line, so that what is recorded in a file holds the rows.
    PrintStream lines =
        new PrintStream(new LineOutput(this::output), false, StandardCharsets.UTF_8);
    int now = reader == null ? 0 : reader.getTerminal().getWidth();
    return new StatementRunner(
        connection(),
        CommandArguments.Format.TABLE,
        parameters,
        lines,
        err,
        now > 0 ? screen.withWidth(now) : screen);
  }

  /** SQLLine keeps to itself which of its connections is the current one. */
  private Connection connection() throws SQLException {
    try {
      Method current = SqlLine.class.getDeclaredMethod("getConnection");
      current.setAccessible(true);
      return (Connection) current.invoke(this);
    } catch (InvocationTargetException e) {
      throw new SQLException("there is no open connection; !connect URL opens one", "08003", e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("another SQLLine than the one compiled with", e);
    }
  }

  /** Without the stack traces that SQLLine prints for a command that cannot do its work. */
  @Override
  public void handleException(Throwable e) {
    Throwable cause = e instanceof InvocationTargetException wrapped ? wrapped.getCause() : e;
    if (cause instanceof IllegalArgumentException && !getOpts().getVerbose()) {
      error("error: " + cause.getMessage());
    } else {
      super.handleException(cause);
    }
  }

  @Override
  public LineReader getConsoleReader(@Nullable InputStream in, @Nullable History history)
      throws IOException {
    LineReader lines = super.getConsoleReader(in, history);
    if (lines instanceof LineReaderImpl impl) {
      impl.setParser(new LineParser(this));
    }
    reader = lines;
    return (LineReader)
        Proxy.newProxyInstance(
            LineReader.class.getClassLoader(),
            new Class<?>[] {LineReader.class},
            (proxy, method, arguments) -> {
              try {
                return translated(lines, method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause(); // how JLine tells the end of the input
              }
            });
  }

  private Object translated(LineReader lines, Method method, Object[] arguments)
      throws IllegalAccessException, InvocationTargetException {
    while (true) {
      Object result = method.invoke(lines, arguments);
      if (!method.getName().equals("readLine") || !(result instanceof String line)) {
        return result;
      }
      if (line.indexOf(Utf8.LOST) >= 0) {
        error("error: [22023] the line is not UTF-8; nothing was sent");
        continue;
      }
      String command = ShellCommands.isOne(line) ? ShellCommands.translate(line) : line;
      if (command == null) {
        error(line.strip() + " is no command; \\? shows those there are");
      } else {
        boolean sql = !command.isBlank() && !command.strip().startsWith(COMMAND_PREFIX);
        return sql ? COMMAND_PREFIX + "sql " + command : command;
      }
    }
  }

  /** Takes a command as whole, whatever quotes are in it; SQLLine insists on a parser of its own. */
  private static final class LineParser extends SqlLineParser {
    LineParser(SqlLine shell) {
      super(shell);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      return ShellCommands.isOne(line)
          ? new DefaultParser().parse(line, cursor, ParseContext.UNSPECIFIED)
          : super.parse(line, cursor, context);
    }
  }
}
