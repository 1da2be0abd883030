package dev.turntable.jdbc.cli.print;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A column per line, a block of lines per row. Nothing is cut: what is too wide is wrapped. */
final class BlockPrinter implements RowPrinter {
  private static final String BETWEEN = " | ";
  private static final int USUAL_RULE = 32;

  private final PrintStream out;
  private final PrintSettings settings;
  private long number;

  BlockPrinter(PrintStream out, PrintSettings settings) {
    this.out = out;
    this.settings = settings;
  }

  @Override
  public long print(ResultSet rows, Runnable beforeOutput) throws SQLException {
    Cells cells = new Cells(rows, settings);
    boolean more = rows.next();
    beforeOutput.run();
    while (more) {
      block(cells.labels(), cells.row());
      more = !out.checkError() && rows.next(); // a row is out before the next is awaited
    }
    return number;
  }

  void block(List<String> labels, List<String> cells) {
    int width = settings.width();
    int widest = labels.stream().mapToInt(CellText::width).max().orElse(0);
    int labelWidth = width > 0 ? Math.min(widest, Math.max(1, width / 2)) : widest;
    int room = width > 0 ? Math.max(1, width - labelWidth - BETWEEN.length()) : Integer.MAX_VALUE;
    number++;
    if (settings.header()) {
      String head = "-- " + number + " ";
      int rule = (width > 0 ? width : USUAL_RULE) - head.length();
      out.print(head + "-".repeat(Math.max(0, rule)) + "\n");
    } else if (number > 1) {
      out.print("\n");
    }
    for (int i = 0; i < cells.size(); i++) {
      List<String> names = CellText.wrap(labels.get(i), labelWidth);
      List<String> lines =
          cells
              .get(i)
              .lines()
              .flatMap(line -> CellText.wrap(CellText.visible(line), room).stream())
              .toList();
      for (int at = 0; at < Math.max(1, Math.max(names.size(), lines.size())); at++) {
        String name = CellText.pad(at < names.size() ? names.get(at) : "", labelWidth, false);
        String line = name + BETWEEN + (at < lines.size() ? lines.get(at) : "");
        out.print(line.stripTrailing() + "\n");
      }
    }
  }
}
