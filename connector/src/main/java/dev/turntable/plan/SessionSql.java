package dev.turntable.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What tools send to set up a session: the ends of transactions and settings, which are accepted and
 * do nothing, and the choice of a schema, which counts.
 */
final class SessionSql {
  private static final String NAME = "(?<name>\"(?:[^\"]|\"\")+\"|'[^']+'|[\\w$]+)";

  private static final Pattern SCHEMA =
      Pattern.compile(
          "(?:USE(?:\\s+SCHEMA)?|SET\\s+(?:SESSION\\s+)?(?:CURRENT\\s+)?SCHEMA(?:\\s*=|\\s+TO)?"
              + "|(?<path>SET\\s+(?:SESSION\\s+)?SEARCH_PATH\\s*(?:=|\\bTO\\b)))\\s*"
              + NAME
              + "(?:\\s*,[^;]*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern NOTHING =
      Pattern.compile(
          "(?:(?:COMMIT|ROLLBACK|ABORT|END)(?:\\s+(?:WORK|TRANSACTION))?(?:\\s+AND\\s+(?:NO\\s+)?CHAIN)?"
              + "|BEGIN(?:\\s+(?:WORK|TRANSACTION)\\b[^;]*)?|START\\s+TRANSACTION\\b[^;]*|SET\\s+[^;]*)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private SessionSql() {}

  /** Returns what the statement sets up, or null if it is of another kind. */
  static @Nullable NothingSql of(String sql) {
    String text = SqlEnd.strip(sql);
    Matcher schema = SCHEMA.matcher(text);
    if (schema.matches()) {
      // PostgreSQL takes any path, and tools send it the one they know: public.
      return new NothingSql(plain(schema.group("name")), schema.group("path") != null);
    }
    return NOTHING.matcher(text).matches() ? new NothingSql(null, false) : null;
  }

  private static String plain(String name) {
    char first = name.charAt(0);
    return first == '"' || first == '\''
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }
}
