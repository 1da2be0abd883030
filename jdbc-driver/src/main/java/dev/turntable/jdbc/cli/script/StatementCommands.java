package dev.turntable.jdbc.cli.script;

import dev.turntable.jdbc.cli.print.Format;
import dev.turntable.text.SqlLexer;
import dev.turntable.text.SqlToken;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The commands that run a statement in another way than a semicolon does. */
final class StatementCommands {
  private static final Map<String, Format> BY_ENDING =
      Map.of(
          "csv", Format.CSV,
          "tsv", Format.TSV,
          "json", Format.JSON_ARRAY,
          "jsonl", Format.JSONL,
          "ndjson", Format.JSONL,
          "md", Format.MARKDOWN,
          "txt", Format.TABLE);

  private static final String COPY =
      "\\copy (QUERY) TO FILE [FORMAT], or \\copy TABLE TO FILE [FORMAT]";
  private static final double USUAL_PERIOD = 5;

  private final Session session;

  StatementCommands(Session session) {
    this.session = session;
  }

  /** {@code \g [FILE]} */
  boolean run(String sql, String file) throws SQLException, IOException, ScriptException {
    run(StatementRunner.of(session), statement(sql), file);
    return true;
  }

  /** {@code \gx [FILE]} */
  boolean runAsBlocks(String sql, String file) throws SQLException, IOException, ScriptException {
    run(StatementRunner.of(session).as(Format.VERTICAL), statement(sql), file);
    return true;
  }

  private static void run(StatementRunner runner, String sql, String file)
      throws SQLException, IOException, ScriptException {
    if (file.isEmpty()) {
      runner.run(sql);
    } else {
      write(runner, sql, Words.one(file, "\\g FILE"));
    }
  }

  private static void write(StatementRunner runner, String sql, String file)
      throws SQLException, IOException {
    try (PrintStream out = Output.open(file)) {
      runner.into(out).run(sql);
      if (out.checkError()) {
        throw new IOException("not all rows could be written to " + file);
      }
    }
  }

  /** {@code \watch [SECONDS [TIMES]]}: until Ctrl-C. */
  boolean watch(String sql, String argument) throws SQLException, IOException, ScriptException {
    String statement = statement(sql);
    List<String> words = Words.of(argument);
    double seconds = words.isEmpty() ? USUAL_PERIOD : number(words.get(0));
    double times = words.size() < 2 ? Double.POSITIVE_INFINITY : number(words.get(1));
    for (int done = 1; ; done++) {
      StatementRunner.of(session).run(statement);
      if (done >= times || session.isInterruptedWithin(Math.round(seconds * 1000))) {
        return true;
      }
    }
  }

  private static double number(String text) throws ScriptException {
    try {
      double number = Double.parseDouble(text);
      if (number > 0 && number <= Integer.MAX_VALUE) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, as what is none of use is
    }
    throw new ScriptException("this command is \\watch [SECONDS [TIMES]]");
  }

  /** {@code \copy (QUERY) TO FILE [FORMAT]}: in CSV, where neither format nor ending say otherwise. */
  boolean copy(String argument) throws SQLException, IOException, ScriptException {
    SqlToken to = null;
    int depth = 0;
    for (SqlToken token : SqlLexer.tokens(argument)) {
      depth += token.isSign("(") ? 1 : token.isSign(")") ? -1 : 0;
      if (depth == 0 && token.isWord("FROM")) {
        throw new ScriptException("files cannot be copied into tables; INSERT writes rows");
      }
      if (depth == 0 && token.isWord("TO")) {
        to = token;
        break;
      }
    }
    List<String> target = to == null ? List.of() : Words.of(argument.substring(to.end()));
    String from = to == null ? "" : argument.substring(0, to.start()).strip();
    if (from.isEmpty() || target.isEmpty()) {
      throw new ScriptException("this command is " + COPY);
    }
    String file = target.get(0);
    String query =
        from.startsWith("(") && from.endsWith(")")
            ? from.substring(1, from.length() - 1)
            : "SELECT * FROM " + from;
    write(StatementRunner.of(session).as(format(target)), query, file);
    return true;
  }

  private static Format format(List<String> target) throws ScriptException {
    String file = target.get(0);
    if (target.size() == 1) {
      String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      return BY_ENDING.getOrDefault(ending, Format.CSV);
    }
    for (String word : String.join(" ", target.subList(1, target.size())).split("[(),\\s]+", -1)) {
      Optional<Format> named = Format.named(word);
      if (named.isPresent()) {
        return named.get();
      }
    }
    throw new ScriptException("the format has to be one of " + String.join(", ", Format.names()));
  }

  /** Returns what is written before a command, else the last statement that was run. */
  private String statement(String sql) throws ScriptException {
    String statement = sql.isEmpty() ? session.lastOrEmpty() : sql;
    if (statement.isEmpty()) {
      throw new ScriptException("there is no statement to run");
    }
    return statement;
  }
}
