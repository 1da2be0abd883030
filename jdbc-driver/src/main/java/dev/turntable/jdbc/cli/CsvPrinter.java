package dev.turntable.jdbc.cli;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** RFC 4180 with a header. NULL is empty, an empty text is two quotes. */
final class CsvPrinter implements RowPrinter {
  private static final String END = "\r\n";

  private final PrintStream out;

  CsvPrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public long print(ResultSet rows, Runnable beforeOutput) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = columns.getColumnCount();
    StringBuilder line = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      line.append(i == 1 ? "" : ",").append(field(columns.getColumnLabel(i)));
    }
    boolean more = rows.next();
    beforeOutput.run();
    out.print(line.append(END));
    long printed = 0;
    for (;
        more;
        more = !out.checkError() && rows.next()) { // a row is out before the next is awaited
      line.setLength(0);
      for (int i = 1; i <= count; i++) {
        line.append(i == 1 ? "" : ",").append(field(rows.getString(i)));
      }
      out.print(line.append(END));
      printed++;
    }
    return printed;
  }

  private static String field(@Nullable String text) {
    if (text == null) {
      return "";
    }
    boolean quote =
        text.isEmpty()
            || text.indexOf(',') >= 0
            || text.indexOf('"') >= 0
            || text.indexOf('\n') >= 0
            || text.indexOf('\r') >= 0;
    return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
