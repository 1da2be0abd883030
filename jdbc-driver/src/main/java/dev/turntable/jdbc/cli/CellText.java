package dev.turntable.jdbc.cli;

import java.util.Locale;
import org.jline.utils.WCWidth;

/** Text as it stands in a cell of a table: on one line, of known width. */
final class CellText {
  private static final String CUT = "…";

  private CellText() {}

  /** Shows what would move the cursor or turn the text around as an escape. */
  static String visible(String text) {
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

  /** Returns the text, cut to a number of cells, with a mark where it was cut. */
  static String fit(String text, int cells) {
    if (width(text) <= cells) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      used += width(c);
      if (used > cells - 1) {
        break;
      }
      cut.appendCodePoint(c);
      i += Character.charCount(c);
    }
    return cut.append(CUT).toString();
  }

  /** Fills a text up with spaces. */
  static String pad(String text, int cells, boolean right) {
    String spaces = " ".repeat(Math.max(0, cells - width(text)));
    return right ? spaces + text : text + spaces;
  }
}
