package dev.turntable.jdbc.cli.print;

import java.util.List;
import java.util.stream.IntStream;

/** How wide the columns of a table are, and which of them may be wrapped. */
final class TableWidths {
  /** What prose needs to be read, and the most that an id or an address takes without being prose. */
  private static final int NARROWEST = 24;

  private static final int WIDEST_WORD = 80;

  /** Rows of more lines than this are better read as blocks. */
  private static final int HIGHEST = 12;

  private final int[] widths;
  private final boolean[] right;
  private final boolean[] wrapped;
  private final boolean tooWide;

  /**
   * @param first the rows that are known
   * @param between cells between two columns
   */
  TableWidths(Cells cells, List<List<String>> first, PrintSettings settings, int between) {
    int count = cells.labels().size();
    int[] least = new int[count];
    widths = new int[count];
    right = new boolean[count];
    wrapped = new boolean[count];
    for (int i = 0; i < count; i++) {
      int column = i;
      List<String> texts = first.stream().map(row -> CellText.visible(row.get(column))).toList();
      int label = CellText.width(cells.labels().get(i));
      int widest = texts.stream().mapToInt(CellText::width).max().orElse(0);
      boolean prose =
          ColumnKinds.isText(cells.type(i))
              && (widest > WIDEST_WORD || texts.stream().anyMatch(text -> text.indexOf(' ') >= 0));
      right[i] = ColumnKinds.isNumber(cells.type(i));
      widths[i] = Math.max(label, widest);
      least[i] = Math.max(Math.min(label, NARROWEST), prose ? Math.min(widest, NARROWEST) : widest);
    }
    int room = settings.width() - between * (count - 1);
    boolean fits = settings.width() == 0 || IntStream.of(least).sum() <= room;
    if (settings.width() > 0 && fits) {
      shrink(least, room);
    }
    if (settings.width() > 0 && fits && settings.oneByOne()) {
      spread(cells, room);
    }
    tooWide = !fits || height(first) > HIGHEST;
  }

  /** Takes from the widest column that can spare it, until a row fits the line. */
  private void shrink(int[] least, int room) {
    for (int sum = IntStream.of(widths).sum(); sum > room; sum--) {
      int from = -1;
      for (int i = 0; i < widths.length; i++) {
        if (widths[i] > least[i] && (from < 0 || widths[i] > widths[from])) {
          from = i;
        }
      }
      widths[from]--;
      wrapped[from] = true;
    }
  }

  /** Gives the room that is left to the texts: those of rows that are not known may be longer. */
  private void spread(Cells cells, int room) {
    int left = room - IntStream.of(widths).sum();
    int[] texts =
        IntStream.range(0, widths.length).filter(i -> ColumnKinds.isText(cells.type(i))).toArray();
    for (int i = 0; i < texts.length; i++) {
      int more = left / (texts.length - i);
      widths[texts[i]] += more;
      wrapped[texts[i]] = true;
      left -= more;
    }
  }

  private int height(List<List<String>> rows) {
    int highest = 1;
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        highest = Math.max(highest, lines(i, row.get(i)).size());
      }
    }
    return highest;
  }

  /** Returns whether rows do not fit the terminal in a way that can be read. */
  boolean isTooWide() {
    return tooWide;
  }

  int count() {
    return widths.length;
  }

  int of(int column) {
    return widths[column];
  }

  boolean isRight(int column) {
    return right[column];
  }

  /** Returns a cell of a column as the lines that it takes. */
  List<String> lines(int column, String text) {
    String visible = CellText.visible(text);
    return wrapped[column] ? CellText.wrap(visible, widths[column]) : List.of(visible);
  }
}
