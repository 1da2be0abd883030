package dev.turntable.jdbc.cli;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for people. On a terminal it is as wide as the terminal at most: wide text is cut, and with
 * very many columns every row becomes a block of lines.
 */
final class TablePrinter implements RowPrinter {
  /** The rows that decide how wide the columns are; those behind them are cut or stick out. */
  private static final int LOOK_AHEAD = 1_000;

  private static final int NARROWEST = 8;
  private static final String BETWEEN = " | ";

  private final PrintStream out;
  private final int width;
  private final int lookAhead;

  /**
   * @param out where to
   * @param width cells of the terminal's lines; 0 if nothing is to be cut
   */
  TablePrinter(PrintStream out, int width) {
    this(out, width, LOOK_AHEAD);
  }

  private TablePrinter(PrintStream out, int width, int lookAhead) {
    this.out = out;
    this.width = width;
    this.lookAhead = lookAhead;
  }

  /** Prints each row when it comes, and so knows only the first to choose widths by. */
  static TablePrinter ofWrittenRows(PrintStream out, int width) {
    return new TablePrinter(out, width, 1);
  }

  @Override
  public long print(ResultSet rows, Runnable beforeOutput) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = columns.getColumnCount();
    List<String> labels = new ArrayList<>();
    boolean[] right = new boolean[count];
    for (int i = 0; i < count; i++) {
      labels.add(CellText.visible(columns.getColumnLabel(i + 1)));
      right[i] = isNumber(columns.getColumnType(i + 1));
    }
    List<List<String>> first = new ArrayList<>();
    while (first.size() < lookAhead && rows.next()) {
      first.add(cells(rows, count));
    }
    int[] widths = widths(labels, first);
    boolean blocks = width > 0 && !shrink(widths);
    if (lookAhead == 1 && width > 0 && !blocks) {
      spread(widths, right);
    }
    Layout layout = blocks ? new Blocks(labels) : new Lines(labels, widths, right);
    beforeOutput.run();
    layout.begin();
    first.forEach(layout::row);
    long printed = first.size();
    while (printed >= lookAhead && !out.checkError() && rows.next()) {
      layout.row(cells(rows, count));
      printed++;
    }
    return printed;
  }

  private static List<String> cells(ResultSet rows, int count) throws SQLException {
    List<String> cells = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      String text = rows.getString(i);
      cells.add(text == null ? "NULL" : CellText.visible(text));
    }
    return cells;
  }

  private static boolean isNumber(int type) {
    return switch (type) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> true;
      case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.DECIMAL, Types.NUMERIC -> true;
      default -> false;
    };
  }

  private static int[] widths(List<String> labels, List<List<String>> rows) {
    int[] widths = labels.stream().mapToInt(CellText::width).toArray();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], CellText.width(row.get(i)));
      }
    }
    return widths;
  }

  /** Narrows the widest columns until the line fits, and returns whether it does. */
  private boolean shrink(int[] widths) {
    int room = width - BETWEEN.length() * (widths.length - 1);
    while (sum(widths) > room) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths.length == 0 || widths[widest] <= NARROWEST) {
        return false;
      }
      widths[widest]--;
    }
    return true;
  }

  /** Gives the room that is left to the texts: those that follow may be longer. */
  private void spread(int[] widths, boolean[] right) {
    int texts = 0;
    for (boolean number : right) {
      texts += number ? 0 : 1;
    }
    int room = width - BETWEEN.length() * (widths.length - 1) - sum(widths);
    for (int i = 0; i < widths.length && room > 0; i++) {
      if (!right[i]) {
        int more = room / texts--;
        widths[i] += more;
        room -= more;
      }
    }
  }

  private static int sum(int[] widths) {
    int sum = 0;
    for (int each : widths) {
      sum += each;
    }
    return sum;
  }

  private interface Layout {
    void begin();

    void row(List<String> cells);
  }

  /** A row per line under a header. */
  private final class Lines implements Layout {
    private final List<String> labels;
    private final int[] widths;
    private final boolean[] right;

    Lines(List<String> labels, int[] widths, boolean[] right) {
      this.labels = labels;
      this.widths = widths;
      this.right = right;
    }

    @Override
    public void begin() {
      row(labels);
      List<String> rules = new ArrayList<>();
      for (int each : widths) {
        rules.add("-".repeat(each));
      }
      out.print(String.join("-+-", rules) + "\n");
    }

    @Override
    public void row(List<String> cells) {
      List<String> shown = new ArrayList<>();
      for (int i = 0; i < widths.length; i++) {
        String cell = width > 0 ? CellText.fit(cells.get(i), widths[i]) : cells.get(i);
        shown.add(CellText.pad(cell, widths[i], right[i]));
      }
      out.print(String.join(BETWEEN, shown).stripTrailing() + "\n");
    }
  }

  /** A column per line, a block of lines per row. */
  private final class Blocks implements Layout {
    private final List<String> labels;
    private final int labelWidth;
    private long number;

    Blocks(List<String> labels) {
      this.labels = labels;
      this.labelWidth =
          Math.min(labels.stream().mapToInt(CellText::width).max().orElse(0), width / 2);
    }

    @Override
    public void begin() {
      // Every block has its own head.
    }

    @Override
    public void row(List<String> cells) {
      number++;
      String head = "-- " + number + " ";
      out.print(head + "-".repeat(Math.max(0, width - head.length())) + "\n");
      int room = Math.max(1, width - labelWidth - BETWEEN.length());
      for (int i = 0; i < cells.size(); i++) {
        String label = CellText.fit(labels.get(i), labelWidth);
        String line = CellText.pad(label, labelWidth, false) + BETWEEN;
        out.print((line + CellText.fit(cells.get(i), room)).stripTrailing() + "\n");
      }
    }
  }
}
