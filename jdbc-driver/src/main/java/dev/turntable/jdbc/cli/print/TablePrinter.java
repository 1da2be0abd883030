package dev.turntable.jdbc.cli.print;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for people: a row per line under a header. On a terminal prose is wrapped so that the rows
 * fit, ids, times and numbers stay whole, and rows that are too wide even so become blocks of lines.
 */
final class TablePrinter implements RowPrinter {
  /** The rows that decide how wide the columns are; wider ones behind them stick out. */
  private static final int LOOK_AHEAD = 1_000;

  /** So long somebody at a terminal waits for those rows before he sees the first. */
  private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

  private static final String BETWEEN = " | ";

  private final PrintStream out;
  private final PrintSettings settings;

  TablePrinter(PrintStream out, PrintSettings settings) {
    this.out = out;
    this.settings = settings;
  }

  @Override
  public long print(ResultSet rows, Runnable beforeOutput) throws SQLException {
    Cells cells = new Cells(rows, settings);
    List<List<String>> first = new ArrayList<>();
    long begun = System.nanoTime();
    int lookAhead = settings.oneByOne() ? 1 : LOOK_AHEAD;
    boolean more = true;
    while (more && first.size() < lookAhead && !(isLate(begun) && !first.isEmpty())) {
      more = rows.next();
      if (more) {
        first.add(cells.row());
      }
    }
    TableWidths widths = new TableWidths(cells, first, settings, BETWEEN.length());
    beforeOutput.run();
    if (widths.isTooWide() && settings.expanded() == PrintSettings.Expanded.AUTO) {
      BlockPrinter blocks = new BlockPrinter(out, settings);
      first.forEach(row -> blocks.block(cells.labels(), row));
      return first.size() + rest(rows, more, () -> blocks.block(cells.labels(), cells.row()));
    }
    if (settings.header()) {
      line(cells.labels(), widths);
      List<String> rules = new ArrayList<>();
      for (int i = 0; i < widths.count(); i++) {
        rules.add("-".repeat(widths.of(i)));
      }
      out.print(String.join("-+-", rules) + "\n");
    }
    first.forEach(row -> line(row, widths));
    return first.size() + rest(rows, more, () -> line(cells.row(), widths));
  }

  private boolean isLate(long begun) {
    return settings.width() > 0 && System.nanoTime() - begun > PATIENCE;
  }

  /** Prints the current row. */
  private interface Row {
    void print() throws SQLException;
  }

  private long rest(ResultSet rows, boolean more, Row row) throws SQLException {
    long printed = 0;
    while (more && !out.checkError() && rows.next()) { // a row is out before the next is awaited
      row.print();
      printed++;
    }
    return printed;
  }

  /** A row takes as many lines as its highest cell. */
  private void line(List<String> row, TableWidths widths) {
    List<List<String>> wrapped = new ArrayList<>();
    int height = 1;
    for (int i = 0; i < row.size(); i++) {
      wrapped.add(widths.lines(i, row.get(i)));
      height = Math.max(height, wrapped.get(i).size());
    }
    for (int at = 0; at < height; at++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        List<String> cell = wrapped.get(i);
        line.append(i == 0 ? "" : BETWEEN)
            .append(
                CellText.pad(
                    at < cell.size() ? cell.get(at) : "", widths.of(i), widths.isRight(i)));
      }
      out.print(line.toString().stripTrailing() + "\n");
    }
  }
}
