package dev.turntable.jdbc.cli.print;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/**
 * Fields with a sign between them. CSV is that of RFC 4180, where NULL is empty and an empty text two
 * quotes; with tabs a text is escaped as in C, so that a row is always a line.
 */
final class DelimitedPrinter implements RowPrinter {
  private final PrintStream out;
  private final PrintSettings settings;
  private final String delimiter;
  private final String end;
  private final UnaryOperator<String> field;

  private DelimitedPrinter(
      PrintStream out,
      PrintSettings settings,
      String delimiter,
      String end,
      UnaryOperator<String> field) {
    this.out = out;
    this.settings = settings;
    this.delimiter = delimiter;
    this.end = end;
    this.field = field;
  }

  static RowPrinter csv(PrintStream out, PrintSettings settings) {
    return new DelimitedPrinter(out, settings, ",", "\r\n", DelimitedPrinter::quoted);
  }

  static RowPrinter tsv(PrintStream out, PrintSettings settings) {
    return new DelimitedPrinter(out, settings, "\t", "\n", DelimitedPrinter::escaped);
  }

  @Override
  public long print(ResultSet rows, Runnable beforeOutput) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = columns.getColumnCount();
    StringBuilder line = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      line.append(i == 1 ? "" : delimiter).append(field.apply(columns.getColumnLabel(i)));
    }
    boolean more = rows.next();
    beforeOutput.run();
    if (settings.header()) {
      out.print(line.append(end));
    }
    long printed = 0;
    while (more) {
      line.setLength(0);
      for (int i = 1; i <= count; i++) {
        String text = rows.getString(i);
        line.append(i == 1 ? "" : delimiter)
            .append(text == null ? settings.nullText("") : field.apply(text));
      }
      out.print(line.append(end));
      printed++;
      more = !out.checkError() && rows.next(); // a row is out before the next is awaited
    }
    return printed;
  }

  private static String quoted(String text) {
    boolean quote =
        text.isEmpty()
            || text.indexOf(',') >= 0
            || text.indexOf('"') >= 0
            || text.indexOf('\n') >= 0
            || text.indexOf('\r') >= 0;
    return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }
}
