package dev.turntable.jdbc.cli;

import dev.turntable.jdbc.cli.CommandArguments.Input;
import dev.turntable.jdbc.cli.Options.UsageException;
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
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** The program, with everything it touches handed in. */
final class CommandLine {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int MISUSED = 2;

  private static final String SYNC = "sync";
  private static final String STANDARD_INPUT = "-";
  private static final List<Input> PIPED = List.of(new Input(true, STANDARD_INPUT));

  private final Console console;

  CommandLine(Console console) {
    this.console = console;
  }

  /** Runs the program and returns its exit status. */
  int run(String... texts) {
    try {
      if (texts.length > 0 && texts[0].equals(SYNC)) {
        String[] rest = Arrays.copyOfRange(texts, 1, texts.length);
        SyncArguments arguments = SyncArguments.parse(rest);
        return arguments.help()
            ? tell(Help.sync())
            : new SyncCommand(console, arguments).run() ? OK : FAILED;
      }
      CommandArguments arguments = CommandArguments.parse(texts);
      if (arguments.help()) {
        return tell(Help.usage());
      }
      if (arguments.version()) {
        return tell("turntable " + DriverVersion.TEXT + "\n");
      }
      return runAll(arguments) ? OK : FAILED;
    } catch (UsageException e) {
      console.err().println(e.getMessage() + "; --help shows what there is");
      return MISUSED;
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

  private int tell(String text) {
    console.out().print(text);
    return OK;
  }

  private boolean runAll(CommandArguments arguments) throws IOException, SQLException {
    Opening opening =
        Opening.of(console, arguments.profile(), arguments.store())
            .with("maxAge", arguments.maxAge());
    try (Session session =
        new Session(console, settings(arguments), opening::connect, opening.url(arguments.url()))) {
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

  private String read(Input input) throws IOException {
    if (!input.file()) {
      return input.text();
    }
    return input.text().equals(STANDARD_INPUT)
        ? Utf8.decode(console.in().readAllBytes(), "standard input")
        : Utf8.readFile(input.text());
  }
}
