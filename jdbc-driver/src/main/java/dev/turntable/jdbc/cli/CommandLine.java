package dev.turntable.jdbc.cli;

import dev.turntable.jdbc.TurntableDriver;
import dev.turntable.jdbc.cli.CommandArguments.Input;
import dev.turntable.jdbc.cli.CommandArguments.UsageException;
import dev.turntable.jdbc.meta.DriverVersion;
import dev.turntable.text.SqlScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The program, with everything it touches handed in. */
final class CommandLine {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int MISUSED = 2;

  private static final String URL_VARIABLE = "TURNTABLE_URL";
  private static final String DEFAULT_URL = "jdbc:turntable:demo";
  private static final List<Input> PIPED = List.of(new Input(true, "-"));

  private final Map<String, String> environment;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Screen screen;

  CommandLine(
      Map<String, String> environment,
      InputStream in,
      PrintStream out,
      PrintStream err,
      Screen screen) {
    this.environment = environment;
    this.in = in;
    this.out = out;
    this.err = err;
    this.screen = screen;
  }

  /** Runs the program and returns its exit status. */
  int run(String... texts) {
    CommandArguments arguments;
    try {
      arguments = CommandArguments.parse(texts);
    } catch (UsageException e) {
      err.println(e.getMessage() + "; --help shows what there is");
      return MISUSED;
    }
    if (arguments.help()) {
      out.print(Help.text());
      out.flush();
      return OK;
    }
    if (arguments.version()) {
      out.println("turntable " + DriverVersion.TEXT);
      out.flush();
      return OK;
    }
    try {
      return runAll(arguments);
    } catch (IOException e) {
      err.println("error: " + CellText.visible(String.valueOf(e.getMessage())));
      return FAILED;
    }
  }

  private String url(CommandArguments arguments) throws IOException {
    String url = arguments.url();
    if (url != null) {
      return url;
    }
    String variable = environment.getOrDefault(URL_VARIABLE, "");
    if (variable.indexOf(Utf8.LOST) >= 0) {
      throw new Utf8.UndecodableException(
          URL_VARIABLE + " cannot be read in this locale: set LC_ALL=C.UTF-8");
    }
    return variable.isBlank() ? DEFAULT_URL : variable;
  }

  private int runAll(CommandArguments arguments) throws IOException {
    String url = url(arguments);
    NamedParameters parameters = arguments.parameters().build();
    try (Connection connection = connect(url)) {
      for (SQLWarning w = connection.getWarnings(); w != null; w = w.getNextWarning()) {
        err.println("warning: " + CellText.visible(String.valueOf(w.getMessage())));
      }
      if (arguments.inputs().isEmpty() && screen.inIsTerminal()) {
        return Shell.run(url, parameters, in, out, err, screen);
      }
      StatementRunner runner =
          new StatementRunner(connection, arguments.format(), parameters, out, err, screen);
      for (Input input : arguments.inputs().isEmpty() ? PIPED : arguments.inputs()) {
        for (String statement : SqlScript.split(read(input))) {
          runner.run(statement);
        }
      }
      return OK;
    } catch (SQLException e) {
      err.println(StatementRunner.describe(e));
      return FAILED;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private static Connection connect(String url) throws SQLException {
    Connection connection = new TurntableDriver().connect(url, new Properties());
    if (connection == null) {
      throw new SQLException("the URL has to begin with jdbc:turntable:", "22023");
    }
    return connection;
  }

  private String read(Input input) throws IOException {
    if (!input.file()) {
      return input.text();
    }
    return input.text().equals("-")
        ? Utf8.decode(in.readAllBytes(), "standard input")
        : readFile(input.text());
  }

  /** Reads a file of statements. */
  static String readFile(String name) throws IOException {
    try {
      return Utf8.decode(Files.readAllBytes(Path.of(name)), name);
    } catch (InvalidPathException e) {
      throw new IOException(
          "cannot read "
              + name
              + ": this locale has no such file names; set LC_ALL=C.UTF-8, or use -f -",
          e);
    } catch (Utf8.UndecodableException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("cannot read " + name + ": " + e.getClass().getSimpleName(), e);
    }
  }
}
