package dev.turntable.store.table;

import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Sql;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of a key, whose values have a separator between them. */
public final class KeyText {
  private static final char SEPARATOR = '\u001f';

  private KeyText() {}

  /** Returns the text of a key, or null if it has none that is its own. */
  public static @Nullable String of(List<? extends @Nullable Object> values) {
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

  /** Returns the text of the key of a row, in SQL. */
  public static String sql(String scope) {
    return sql("", scope);
  }

  /** Returns the text of the key of a row of {@code t}, in SQL. */
  public static String sqlOfRow(String scope) {
    return sql("t.", scope);
  }

  private static String sql(String alias, String scope) {
    return Arrays.stream(scope.split(",", -1))
        .map(column -> "CAST(" + alias + Sql.name(column) + " AS VARCHAR)")
        .collect(Collectors.joining(" || chr(31) || "));
  }
}
