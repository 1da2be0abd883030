package dev.turntable.jdbc.cli.print;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** A table of GitHub's Markdown, which cannot do without its header. */
final class MarkdownPrinter implements RowPrinter {
  private final PrintStream out;
  private final PrintSettings settings;

  MarkdownPrinter(PrintStream out, PrintSettings settings) {
    this.out = out;
    this.settings = settings;
  }

  @Override
  public long print(ResultSet rows, Runnable beforeOutput) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = columns.getColumnCount();
    StringBuilder head = new StringBuilder("|");
    StringBuilder rule = new StringBuilder("|");
    for (int i = 1; i <= count; i++) {
      head.append(' ').append(cell(columns.getColumnLabel(i))).append(" |");
      rule.append(ColumnKinds.isNumber(columns.getColumnType(i)) ? " ---: |" : " --- |");
    }
    boolean more = rows.next();
    beforeOutput.run();
    out.print(head + "\n" + rule + "\n");
    long printed = 0;
    while (more) {
      StringBuilder line = new StringBuilder("|");
      for (int i = 1; i <= count; i++) {
        String text = rows.getString(i);
        line.append(' ').append(text == null ? settings.nullText("") : cell(text)).append(" |");
      }
      out.print(line.append('\n'));
      printed++;
      more = !out.checkError() && rows.next(); // a row is out before the next is awaited
    }
    return printed;
  }

  /** A row is one line, and what would end a cell or begin HTML is escaped. */
  private static String cell(String text) {
    StringBuilder cell = new StringBuilder(text.length());
    for (String line : text.split("\\R", -1)) {
      cell.append(cell.isEmpty() ? "" : "<br>")
          .append(CellText.visible(line.replace("|", "\\|").replace("<", "&lt;")));
    }
    return cell.toString();
  }
}
