package dev.turntable.jdbc.cli.script;

import dev.turntable.jdbc.cli.print.CellText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Failures as lines for the user, with their place in what was given and not in the statement. */
public final class Failures {
  private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");

  private Failures() {}

  /** Returns a line for each failure of a chain. */
  public static String text(SQLException first) {
    return text(first, null, null);
  }

  /**
   * Returns a line for each failure of a chain.
   *
   * @param file the name of the script's file, or null if it is none
   * @param step where in the script the statement is, or null if it is all that there is
   */
  static String text(SQLException first, @Nullable String file, @Nullable Step step) {
    List<String> lines = new ArrayList<>();
    for (SQLException e = first; e != null; e = e.getNextException()) {
      String message = CellText.visible(String.valueOf(e.getMessage()));
      lines.add(line("[" + e.getSQLState() + "] ", message, file, step));
    }
    return String.join("\n", lines);
  }

  static String text(String message, @Nullable String file, @Nullable Step step) {
    return line("", CellText.visible(message), file, step);
  }

  private static String line(
      String state, String message, @Nullable String file, @Nullable Step step) {
    if (step == null) {
      return "error: " + state + message;
    }
    Matcher place = PLACE.matcher(message);
    boolean known = place.find();
    int line = known ? Integer.parseInt(place.group(1)) : 1;
    int column = known ? Integer.parseInt(place.group(2)) : 1;
    column += line == 1 ? step.column() - 1 : 0;
    line += step.line() - 1;
    String moved =
        known
            ? message.substring(0, place.start())
                + ("line " + line + ", column " + column)
                + message.substring(place.end())
            : message;
    if (file == null) {
      return "error: " + state + (!known && line > 1 ? "line " + line + ": " : "") + moved;
    }
    // Said once, in front, where editors and terminals make a link of it.
    String there = file + ":" + line + ":" + (known ? column + ":" : "");
    return there + " error: " + state + moved.replaceFirst("^" + PLACE + ": ", "");
  }
}
