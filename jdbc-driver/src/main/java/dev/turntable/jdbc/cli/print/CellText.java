package dev.turntable.jdbc.cli.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.WCWidth;

/** Text as it stands in a cell of a table: on one line, of known width. */
public final class CellText {
  private CellText() {}

  /** Shows what would move the cursor or turn the text around as an escape. */
  public static String visible(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                  if (isInvisible(c)) {
                    shown.append(String.format(Locale.ROOT, "\\u%04x", c));
                  } else {
                    shown.appendCodePoint(c);
                  }
                }
              }
            });
    return shown.toString();
  }

  private static boolean isInvisible(int c) {
    int type = Character.getType(c);
    return Character.isISOControl(c)
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED
        || (type == Character.FORMAT && c != 0x200d);
  }

  /** Returns the cells that a visible text takes; East-Asian wide characters take two. */
  static int width(String text) {
    return text.codePoints().map(CellText::width).sum();
  }

  private static int width(int c) {
    return Math.max(0, WCWidth.wcwidth(c));
  }

  /** Breaks a visible text into lines of so many cells: at blanks, else in the middle of a word. */
  public static List<String> wrap(String text, int cells) {
    List<String> lines = new ArrayList<>();
    int begin = 0;
    while (begin < text.length()) {
      int end = end(text, begin, cells);
      lines.add(text.substring(begin, end).stripTrailing());
      begin = end;
      while (begin > 0 && begin < text.length() && text.charAt(begin) == ' ') {
        begin++;
      }
    }
    return lines.isEmpty() ? List.of("") : lines;
  }

  /** Returns where a line that begins there has to end. */
  private static int end(String text, int begin, int cells) {
    int used = 0;
    int blank = -1;
    for (int i = begin; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == ' ') {
        blank = i;
      }
      used += width(c);
      int next = i + Character.charCount(c);
      if (used > cells) {
        return c == ' ' ? i : blank > begin ? blank + 1 : i > begin ? i : next;
      }
      i = next;
    }
    return text.length();
  }

  /** Fills a text up with spaces. */
  static String pad(String text, int cells, boolean right) {
    String spaces = " ".repeat(Math.max(0, cells - width(text)));
    return right ? spaces + text : text + spaces;
  }
}
