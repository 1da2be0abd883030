package dev.turntable.jdbc.cli.shell;

import dev.turntable.jdbc.cli.print.CellText;
import dev.turntable.jdbc.cli.script.BrokenOutputException;
import dev.turntable.jdbc.cli.script.Console;
import dev.turntable.jdbc.cli.script.Screen;
import dev.turntable.jdbc.cli.script.Script;
import dev.turntable.jdbc.cli.script.ScriptException;
import dev.turntable.jdbc.cli.script.ScriptRunner;
import dev.turntable.jdbc.cli.script.Session;
import dev.turntable.jdbc.cli.script.Step;
import dev.turntable.jdbc.cli.script.Utf8;
import dev.turntable.jdbc.meta.DriverVersion;
import java.io.IOError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** The interactive shell: reads statements and commands and runs them until the user leaves. */
public final class Shell {
  /** Held, so that its level is not lost: says nothing of terminals without native parts. */
  private static final Logger JLINE = Logger.getLogger("org.jline");

  private static final String PROMPT = "turntable> ";

  /** As long as the other one, so that the lines of a statement stand below each other. */
  private static final String GOES_ON = "        -> ";

  /** A URL may hold hundreds of ids. */
  private static final int LONGEST_URL = 60;

  /** A terminal that fails so often in a row is gone. */
  private static final int MOST_FAILURES = 5;

  private final Session session;
  private final ScriptRunner scripts;
  private final Editor editor;
  private final Terminal terminal;
  private @Nullable LineReader reader;
  private final TerminalSize size;
  private String begun = "";

  private Shell(Session session, Terminal terminal, TerminalSize size) {
    this.size = size;
    this.session = session;
    this.scripts = new ScriptRunner(session, false);
    this.editor = new Editor(session.console().environment());
    this.terminal = terminal;
  }

  private static LineReader reader(Session session, Terminal terminal) {
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .appName("turntable")
            .terminal(terminal)
            .parser(new ShellParser())
            .history(new ShellHistory())
            .completer(new ShellCompleter(session))
            .completionMatcher(new PrefixMatcher())
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.INSERT_TAB, false)
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, GOES_ON)
            .variable(LineReader.INDENTATION, 0);
    ShellHistory.file(session.console().environment())
        .ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    if (session.console().hasColors()) {
      builder.highlighter(new SqlHighlighter());
    }
    return builder.build();
  }

  /**
   * Runs until the user leaves.
   *
   * @return whether there was a terminal to read from until then
   */
  public static boolean run(Session session) throws IOException {
    JLINE.setLevel(Level.OFF);
    Console console = session.console();
    try (Terminal terminal =
        TerminalBuilder.builder()
            .name("turntable")
            .encoding(StandardCharsets.UTF_8)
            .system(true)
            .dumb(true)
            .nativeSignals(true)
            .signalHandler(Terminal.SignalHandler.SIG_DFL)
            .build()) {
      TerminalSize size = new TerminalSize(terminal);
      session.screen(() -> screen(console, size.current()));
      terminal.handle(Terminal.Signal.INT, signal -> interrupt(session));
      console.err().println(greeting(session));
      return new Shell(session, terminal, size).loop();
    }
  }

  private static Screen screen(Console console, Size size) {
    return size.getColumns() > 0
        ? console.screen().withSize(size.getRows(), size.getColumns())
        : console.screen();
  }

  /** Says what the answers are of, and where to begin. */
  private static String greeting(Session session) {
    try {
      String url = session.connection().getMetaData().getURL();
      return "Turntable "
          + DriverVersion.TEXT
          + " at "
          + CellText.visible(
              url.length() <= LONGEST_URL ? url : url.substring(0, LONGEST_URL) + "…")
          + (url.startsWith("jdbc:turntable:demo")
              ? ", services made up in this process; their data ends on 2026-07-20"
              : "")
          + "\n\\dt shows the tables, \\? help and statements to try, \\q leaves";
    } catch (SQLException e) {
      return "Turntable " + DriverVersion.TEXT + ": " + e.getMessage();
    }
  }

  private static void interrupt(Session session) {
    try {
      session.interrupt();
    } catch (SQLException e) {
      // What cannot be cancelled has ended by itself.
    }
  }

  private boolean loop() {
    while (!scripts.isQuit()) {
      try {
        String text = read();
        begun = "";
        run(text);
      } catch (UserInterruptException e) {
        begun = ""; // a fresh prompt, as in psql
      } catch (EndOfFileException e) {
        session.console().err().println(); // so that the caller's prompt stands on its own line
        return true;
      } catch (BrokenOutputException e) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a line. Ctrl-C may end the programs, too, by which JLine sets the terminal for it; a reader to
   * which that happened believes that it is still reading.
   */
  private String read() {
    for (int failures = 1; ; failures++) {
      try {
        LineReader current = reader == null ? reader(session, terminal) : reader;
        reader = current;
        return current.readLine(PROMPT, null, (Character) null, begun.isEmpty() ? null : begun);
      } catch (IOError e) {
        reader = null;
        if (failures == MOST_FAILURES) {
          throw e;
        }
      } finally {
        size.mayHaveChanged();
      }
    }
  }

  private void run(String text) throws BrokenOutputException {
    if (text.indexOf(Utf8.LOST) >= 0) {
      session.failed("error: [22023] the line is not UTF-8; nothing was sent");
    } else if (ShellParser.isPlainCommand(text)) {
      String word = ShellParser.word(text);
      String command = word.equals("quit") || word.equals("exit") ? "\\q" : "\\?";
      scripts.run(Script.of(command).steps(), null);
    } else if (ShellParser.foreign(text)) {
      session.failed(
          "error: commands begin with a backslash here: \\dt lists the tables, \\? all commands");
    } else {
      Script script = Script.of(text);
      List<Step> steps = script.ended();
      begun = script.rest();
      Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
      if (last != null && last.command() != null && last.command().matches("\\\\e(dit)?;?")) {
        scripts.run(steps.subList(0, steps.size() - 1), null);
        edit();
      } else {
        scripts.run(steps, null);
      }
    }
  }

  /** Lets the user edit the statement that is begun, or the last one; it comes back to the prompt. */
  private void edit() {
    try {
      begun = editor.edit(begun.isEmpty() ? session.lastOrEmpty() : begun);
    } catch (IOException | ScriptException e) {
      session.failed("error: " + e.getMessage());
    }
  }
}
