package dev.turntable.store.file;

import java.util.Collection;

/** Writes values as JSON, in which rows travel to DuckDB: many of them in one parameter. */
public final class JsonText {
  private static final int LAST_CONTROL = 0x1F;

  private JsonText() {}

  public static void append(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c <= LAST_CONTROL) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** Returns an array of texts. */
  public static String array(Collection<String> texts) {
    StringBuilder out = new StringBuilder("[");
    for (String text : texts) {
      if (out.length() > 1) {
        out.append(',');
      }
      append(out, text);
    }
    return out.append(']').toString();
  }

  /** Returns whether a text stays the same on the way: DuckDB has no halves of characters and no NUL. */
  public static boolean isKept(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
