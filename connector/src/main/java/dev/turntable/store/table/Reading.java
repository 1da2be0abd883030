package dev.turntable.store.table;

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
public record Reading(
    RowTable table,
    String scope,
    String key,
    Instant readAt,
    String leftOut,
    long rows,
    boolean isFinal,
    List<String> members) {
  public static final String LIST = "";

  private static final String LIST_SCOPE = "list ";

  public static String keyScope(List<String> columns) {
    return String.join(",", columns);
  }

  public static String listScope(String path) {
    return LIST_SCOPE + path;
  }

  public boolean isList() {
    return scope.startsWith(LIST_SCOPE);
  }
}
