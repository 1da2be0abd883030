package dev.turntable.jdbc.cli.script;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The commands that begin with a backslash, named and used as in psql. */
public final class Commands {
  /** What users of other shells write, and what it is called here. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "\\quit", "\\q",
          "\\help", "\\?",
          "\\h", "\\?",
          "\\pset", "\\set",
          "\\d+", "\\d",
          "\\dn", "\\l",
          "\\connect", "\\c",
          "\\include", "\\i");

  /** One command. */
  @FunctionalInterface
  private interface Command {
    /**
     * Does its work.
     *
     * @param sql the statement that stands before it, not yet ended, or empty
     * @param argument what follows its name
     * @return whether that succeeded, where it has told the user itself
     */
    boolean run(String sql, String argument) throws SQLException, IOException, ScriptException;
  }

  /** What runs the script that a command stands in. */
  interface Host {
    /** Runs the statements of a file, and returns whether all succeeded. */
    boolean include(String file) throws IOException, ScriptException;

    /** Ends all scripts. */
    void quit();
  }

  private final Session session;
  private final Host host;
  private final Map<String, Command> commands = new TreeMap<>();

  Commands(Session session, Host host) {
    this.session = session;
    this.host = host;
    DescribeCommands describe = new DescribeCommands(session);
    StatementCommands statements = new StatementCommands(session);
    add("\\?", (sql, argument) -> say(Help.commands()));
    add("\\q", (sql, argument) -> quit());
    add("\\i", (sql, argument) -> host.include(Words.one(argument, "\\i FILE")));
    add("\\echo", (sql, argument) -> echo(argument));
    add("\\d", (sql, argument) -> describe.table(argument));
    add("\\dt", (sql, argument) -> describe.tables(argument));
    add("\\l", (sql, argument) -> describe.schemas());
    add("\\df", (sql, argument) -> describe.functions(argument));
    add("\\conninfo", (sql, argument) -> describe.connection());
    add("\\c", (sql, argument) -> connect(argument));
    add("\\x", (sql, argument) -> set("expanded", argument));
    add("\\timing", (sql, argument) -> set("timing", argument));
    add("\\set", (sql, argument) -> set(argument));
    add("\\o", (sql, argument) -> output(argument));
    add("\\copy", (sql, argument) -> statements.copy(argument));
    add("\\g", statements::run);
    add("\\gx", statements::runAsBlocks);
    add("\\watch", statements::watch);
    add("\\p", (sql, argument) -> say(sql.isEmpty() ? session.lastOrEmpty() : sql));
    add("\\r", (sql, argument) -> true);
  }

  /** Returns the names, for completion. */
  public static List<String> names() {
    return List.of(
        "\\?",
        "\\c",
        "\\conninfo",
        "\\copy",
        "\\d",
        "\\df",
        "\\dt",
        "\\e",
        "\\echo",
        "\\g",
        "\\gx",
        "\\i",
        "\\l",
        "\\o",
        "\\p",
        "\\q",
        "\\r",
        "\\set",
        "\\timing",
        "\\watch",
        "\\x");
  }

  private void add(String name, Command command) {
    commands.put(name, command);
  }

  boolean run(String sql, String text) throws SQLException, IOException, ScriptException {
    String[] parts = text.split("\\s+", 2);
    String name = parts[0].replaceFirst(";+$", "");
    String argument = parts.length == 1 ? "" : parts[1].strip();
    Command command = find(name);
    if (command == null) {
      throw new ScriptException(name + " is no command; \\? shows those there are");
    }
    return command.run(sql, withoutSemicolon(argument));
  }

  private @Nullable Command find(String name) {
    return commands.get(ELSEWHERE.getOrDefault(name, name).toLowerCase(Locale.ROOT));
  }

  private static String withoutSemicolon(String argument) {
    return argument.endsWith(";") ? argument.substring(0, argument.length() - 1).strip() : argument;
  }

  private boolean say(String text) {
    session.output().stream().print(text.endsWith("\n") ? text : text + "\n");
    session.output().stream().flush();
    return true;
  }

  private boolean echo(String argument) throws ScriptException {
    return say(String.join(" ", Words.of(argument)));
  }

  private boolean quit() {
    host.quit();
    return true;
  }

  private boolean connect(String argument) throws SQLException, ScriptException, IOException {
    if (argument.isEmpty()) {
      return new DescribeCommands(session).connection();
    }
    if (!argument.startsWith("jdbc:")) {
      throw new ScriptException("\\c takes a URL, such as jdbc:turntable:demo");
    }
    session.connect(argument);
    return true;
  }

  private boolean set(String argument) throws ScriptException {
    List<String> words = Words.of(argument);
    if (words.isEmpty()) {
      StringBuilder all = new StringBuilder();
      session.settings().all().forEach((name, value) -> all.append(name + " " + value + "\n"));
      return say(all.toString());
    }
    return set(words.get(0), words.size() == 1 ? "" : words.get(1));
  }

  private boolean set(String name, String value) throws ScriptException {
    session.settings().set(name, value);
    if (session.console().screen().inIsTerminal()) {
      String now = session.settings().all().get(name.toLowerCase(Locale.ROOT));
      session.console().err().println(name + " is " + now);
    }
    return true;
  }

  private boolean output(String argument) throws IOException, ScriptException {
    if (argument.isEmpty()) {
      session.output().close();
    } else {
      session.output().to(Words.one(argument, "\\o FILE"));
    }
    return true;
  }
}
