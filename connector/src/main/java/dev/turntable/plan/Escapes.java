package dev.turntable.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JDBC's escapes that Calcite does not know: {@code {oj …}}, {@code {escape …}}, {@code {limit …}} and
 * the functions that it lacks in {@code {fn …}}. What is inside is SQL already, so that only the frame
 * goes. Blanks take its place, for messages name lines and columns.
 */
final class Escapes {
  private static final String FUNCTIONS =
      "(?:CHAR(?:ACTER)?_LENGTH|OCTET_LENGTH|POSITION|CURRENT_(?:DATE|TIME|TIMESTAMP)|EXTRACT"
          + "|DATABASE|USER)\\s*\\(";

  private static final Pattern BRACE =
      Pattern.compile(
          SqlText.UNTOUCHED
              + "|(?<frame>\\{(?:\\s*oj\\b|(?=\\s*(?:escape|limit)\\b)|\\s*fn(?=\\s+"
              + FUNCTIONS
              + ")))|(?<other>\\{)|(?<close>\\})",
          Pattern.CASE_INSENSITIVE);

  private Escapes() {}

  /** Returns the statement without the frames of those escapes. */
  static String unframed(String sql) {
    if (sql.indexOf('{') < 0) {
      return sql;
    }
    StringBuilder text = new StringBuilder(sql);
    Deque<MatchResult> opened = new ArrayDeque<>();
    Matcher matcher = BRACE.matcher(sql);
    while (matcher.find()) {
      if (matcher.group("frame") != null || matcher.group("other") != null) {
        opened.push(matcher.toMatchResult());
      } else if (matcher.group("close") != null && !opened.isEmpty()) {
        MatchResult begin = opened.pop();
        if (begin.group(1) != null) { // its frame
          blank(text, begin.start(), begin.end());
          blank(text, matcher.start(), matcher.end());
        }
      }
    }
    return text.toString();
  }

  private static void blank(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        text.setCharAt(i, ' ');
      }
    }
  }
}
