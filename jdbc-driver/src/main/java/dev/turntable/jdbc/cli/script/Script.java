package dev.turntable.jdbc.cli.script;

import dev.turntable.text.SqlLexer;
import dev.turntable.text.SqlLines;
import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text of SQL and commands. A statement ends with a semicolon; a command begins with a backslash
 * outside of quotes, wherever that is, and ends with its line.
 */
public final class Script {
  /** The commands that take the statement before them, which is then done with. */
  private static final Set<String> TAKE_THE_STATEMENT = Set.of("\\g", "\\gx", "\\watch", "\\r");

  private final String text;
  private final SqlLines lines;
  private final List<Step> steps = new ArrayList<>();
  private final StringBuilder pending = new StringBuilder();
  private int pendingStart = -1;
  private boolean isOpen;

  private Script(String text) {
    this.text = text;
    this.lines = SqlLines.of(text);
  }

  /** Reads a text. Never fails: what is no SQL is told when it runs. */
  public static Script of(String text) {
    Script script = new Script(text);
    script.read();
    return script;
  }

  /** Returns the steps in order, a last statement without semicolon included. */
  public List<Step> steps() {
    List<Step> all = new ArrayList<>(steps);
    if (pendingStart >= 0) {
      all.add(step(pending.toString().strip(), null, pendingStart));
    }
    return all;
  }

  /** Returns the steps that are whole. */
  public List<Step> ended() {
    return steps;
  }

  /** Returns what begins a statement whose semicolon has not come yet, or an empty text. */
  public String rest() {
    return pendingStart < 0 ? "" : pending.toString().strip();
  }

  /** Returns whether the text ends within quotes or a comment. */
  public boolean isOpen() {
    return isOpen;
  }

  private void read() {
    int from = 0;
    while (from < text.length()) {
      from = until(from);
    }
  }

  /** Reads on to the first command, and returns where what follows it begins. */
  private int until(int from) {
    int start = from;
    for (SqlToken token : SqlLexer.tokens(text.substring(from))) {
      int at = from + token.start();
      if (token.isSign(";")) {
        pending.append(text, start, at);
        if (pendingStart >= 0) {
          steps.add(step(pending.toString().strip(), null, pendingStart));
        }
        clear();
        start = from + token.end();
      } else if (token.kind() == Kind.INVALID && token.text().startsWith("\\")) {
        pending.append(text, start, at);
        return command(at);
      } else if (token.kind() != Kind.COMMENT) {
        isOpen |= token.kind() == Kind.UNTERMINATED;
        pendingStart = pendingStart < 0 ? at : pendingStart;
      }
    }
    pending.append(text, start, text.length());
    return text.length();
  }

  private int command(int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    String command = text.substring(at, end).strip();
    String before = pendingStart < 0 ? "" : pending.toString().strip();
    steps.add(step(before, command, at));
    if (TAKE_THE_STATEMENT.contains(command.split("[\\s;]", 2)[0].toLowerCase(Locale.ROOT))) {
      clear();
    }
    return end;
  }

  private void clear() {
    pending.setLength(0);
    pendingStart = -1;
  }

  private Step step(String sql, @Nullable String command, int at) {
    return new Step(sql, command, lines.line(at), lines.column(at));
  }
}
