package dev.turntable.jdbc.cli.print;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One JSON object per row and line, or an array of them. Numbers and booleans stay what they are.
 */
final class JsonPrinter implements RowPrinter {
  private final PrintStream out;
  private final boolean array;

  JsonPrinter(PrintStream out, boolean array) {
    this.out = out;
    this.array = array;
  }

  @Override
  public long print(ResultSet rows, Runnable beforeOutput) throws SQLException {
    List<String> names = names(rows.getMetaData());
    long printed = 0;
    boolean more = rows.next();
    beforeOutput.run();
    out.print(array ? "[" : "");
    while (more) {
      StringBuilder line = new StringBuilder(array ? printed == 0 ? "\n{" : ",\n{" : "{");
      for (int i = 0; i < names.size(); i++) {
        line.append(i == 0 ? "" : ",").append(names.get(i)).append(':');
        append(line, rows, i + 1);
      }
      out.print(line.append(array ? "}" : "}\n"));
      printed++;
      more = !out.checkError() && rows.next(); // a row is out before the next is awaited
    }
    if (array) {
      out.print(printed == 0 ? "]\n" : "\n]\n");
    }
    return printed;
  }

  /** An object has each name once: the second column of a name gets a number. */
  private static List<String> names(ResultSetMetaData columns) throws SQLException {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String label = columns.getColumnLabel(i);
      String name = label;
      for (int number = 2; !taken.add(name); number++) {
        name = label + "_" + number;
      }
      names.add(quoted(name));
    }
    return names;
  }

  private static void append(StringBuilder line, ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    if (value == null || value instanceof Boolean) {
      line.append(value);
    } else if (value instanceof BigDecimal decimal) {
      line.append(decimal.toPlainString());
    } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      line.append(number);
    } else {
      line.append(quoted(String.valueOf(rows.getString(column))));
    }
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029) {
            json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
