package dev.turntable.store;

import java.time.Instant;
import java.util.List;

/**
 * That all rows of something were read: those of a key, or of a list. Rows alone never tell that they are
 * all; this does.
 *
 * @param table the table
 * @param scope the columns of the key, or the name of the list
 * @param key the values of the key, or {@link #LIST}
 * @param readAt when the first of the requests began
 * @param leftOut the columns that the rows do not have, as a comma list
 * @param rows how many rows there were
 * @param isFinal whether none of them can change but seldom
 * @param members the keys of the rows of a list, in their order; empty for a key
 */
record Reading(
    RowTable table,
    String scope,
    String key,
    Instant readAt,
    String leftOut,
    long rows,
    boolean isFinal,
    List<String> members) {
  static final String LIST = "";

  private static final String LIST_SCOPE = "list ";
  private static final char SEPARATOR = '\u001f';

  static String keyScope(List<String> columns) {
    return String.join(",", columns);
  }

  static String listScope(String path) {
    return LIST_SCOPE + path;
  }

  boolean isList() {
    return scope.startsWith(LIST_SCOPE);
  }

  /** Returns the text of a key, or null if it has none that is its own. */
  static @org.jspecify.annotations.Nullable String keyText(
      List<? extends @org.jspecify.annotations.Nullable Object> values) {
    StringBuilder text = new StringBuilder();
    for (Object value : values) {
      if (!(value instanceof String || value instanceof Long || value instanceof Integer)) {
        return null;
      }
      String part = value.toString();
      if (part.isEmpty() || part.indexOf(SEPARATOR) >= 0 || !JsonText.isKept(part)) {
        return null;
      }
      if (text.length() > 0) {
        text.append(SEPARATOR);
      }
      text.append(part);
    }
    return text.toString();
  }

  /** Returns the values that a key is made of, as texts. */
  static List<String> parts(String key) {
    return List.of(key.split(String.valueOf(SEPARATOR)));
  }
}
