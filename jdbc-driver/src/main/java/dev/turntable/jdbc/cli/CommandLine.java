package dev.turntable.jdbc.cli;

import dev.turntable.config.Profile;
import dev.turntable.jdbc.ProfileConnections;
import dev.turntable.jdbc.TurntableDriver;
import dev.turntable.jdbc.cli.CommandArguments.Input;
import dev.turntable.jdbc.cli.CommandArguments.UsageException;
import dev.turntable.jdbc.cli.print.CellText;
import dev.turntable.jdbc.cli.script.BrokenOutputException;
import dev.turntable.jdbc.cli.script.Console;
import dev.turntable.jdbc.cli.script.Failures;
import dev.turntable.jdbc.cli.script.Help;
import dev.turntable.jdbc.cli.script.Script;
import dev.turntable.jdbc.cli.script.ScriptRunner;
import dev.turntable.jdbc.cli.script.Session;
import dev.turntable.jdbc.cli.script.Settings;
import dev.turntable.jdbc.cli.script.Utf8;
import dev.turntable.jdbc.cli.shell.Shell;
import dev.turntable.jdbc.meta.DriverVersion;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/** The program, with everything it touches handed in. */
final class CommandLine {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int MISUSED = 2;

  private static final String URL_VARIABLE = "TURNTABLE_URL";
  private static final String DEFAULT_URL = "jdbc:turntable:demo";
  private static final String STANDARD_INPUT = "-";
  private static final List<Input> PIPED = List.of(new Input(true, STANDARD_INPUT));

  private final Console console;

  CommandLine(Console console) {
    this.console = console;
  }

  /** Runs the program and returns its exit status. */
  int run(String... texts) {
    CommandArguments arguments;
    try {
      arguments = CommandArguments.parse(texts);
    } catch (UsageException e) {
      console.err().println(e.getMessage() + "; --help shows what there is");
      return MISUSED;
    }
    if (arguments.help()) {
      console.out().print(Help.usage());
      console.out().flush();
      return OK;
    }
    if (arguments.version()) {
      console.out().println("turntable " + DriverVersion.TEXT);
      console.out().flush();
      return OK;
    }
    try {
      return runAll(arguments) ? OK : FAILED;
    } catch (BrokenOutputException e) {
      return FAILED; // who has closed the pipe knows why
    } catch (IOException e) {
      console.err().println("error: " + CellText.visible(String.valueOf(e.getMessage())));
      return FAILED;
    } catch (SQLException e) {
      console.err().println(Failures.text(e));
      return FAILED;
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  private ProfileFile.Entry profile(CommandArguments arguments) throws IOException {
    String name = arguments.profile();
    return name == null
        ? new ProfileFile.Entry(null, Profile.NONE)
        : ProfileFile.read(name, console.environment());
  }

  private String url(CommandArguments arguments, ProfileFile.Entry profile) throws IOException {
    String url = arguments.url() == null ? profile.url() : arguments.url();
    if (url != null) {
      return url;
    }
    String variable = console.variable(URL_VARIABLE);
    if (variable.indexOf(Utf8.LOST) >= 0) {
      throw new Utf8.UndecodableException(
          URL_VARIABLE + " cannot be read in this locale: set LC_ALL=C.UTF-8");
    }
    return variable.isBlank() ? DEFAULT_URL : variable;
  }

  private boolean runAll(CommandArguments arguments) throws IOException, SQLException {
    ProfileFile.Entry profile = profile(arguments);
    try (Session session =
        new Session(
            console,
            settings(arguments),
            url -> connect(url, options(arguments), profile.profile()),
            url(arguments, profile))) {
      if (arguments.output() != null) {
        session.output().to(arguments.output());
      }
      if (arguments.inputs().isEmpty() && console.screen().inIsTerminal()) {
        return Shell.run(session);
      }
      ScriptRunner scripts = new ScriptRunner(session, arguments.goOn());
      boolean all = true;
      for (Input input : arguments.inputs().isEmpty() ? PIPED : arguments.inputs()) {
        if (scripts.isQuit() || (!all && !arguments.goOn())) {
          break;
        }
        boolean named = input.file() && !input.text().equals(STANDARD_INPUT);
        all &= scripts.run(Script.of(read(input)).steps(), named ? input.text() : null);
      }
      return all;
    }
  }

  private static Settings settings(CommandArguments arguments) throws IOException {
    Settings settings = new Settings();
    settings.format(arguments.format());
    settings.header(arguments.header());
    settings.nullText(arguments.nullText());
    settings.explain(arguments.explain());
    settings.parameters(arguments.parameters().build());
    return settings;
  }

  private static Properties options(CommandArguments arguments) {
    Properties options = new Properties();
    String store = arguments.store();
    if (store != null) {
      options.setProperty("store", store);
    }
    return options;
  }

  private static Connection connect(String url, Properties options, Profile profile)
      throws SQLException {
    if (!new TurntableDriver().acceptsURL(url)) {
      throw new SQLException("the URL has to begin with jdbc:turntable:", "22023");
    }
    return ProfileConnections.open(url, options, profile);
  }

  private String read(Input input) throws IOException {
    if (!input.file()) {
      return input.text();
    }
    return input.text().equals(STANDARD_INPUT)
        ? Utf8.decode(console.in().readAllBytes(), "standard input")
        : Utf8.readFile(input.text());
  }
}
