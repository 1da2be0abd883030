package dev.turntable.jdbc.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes of the services' JSON that leave it well-formed. */
final class Json {
  /** Every member that the services' answers are about, and each of the wrong type. */
  static final String NUMBERS =
      "{\"task\":1,\"turns\":2,\"items\":3,\"logs\":4,\"pageCount\":{},\"totalCount\":[],"
          + "\"schedules\":5,\"results\":6,\"pagination\":7,\"task_revisions\":8,\"id\":9,"
          + "\"name\":10,\"access_token\":{},\"client\":12}";

  private static final Pattern ROWS =
      Pattern.compile("\"(results|logs|items|turns|schedules)\":\\[(?=\\{)");
  private static final Pattern TOTAL = Pattern.compile("\"totalCount\":(\\d+)");
  private static final Pattern CURSOR = Pattern.compile("\"next_cursor\":(\"[^\"]*\"|null)");
  private static final Pattern HAS_NEXT = Pattern.compile("\"has_next\":(true|false|null)");

  private Json() {}

  /** Lets the first row of the answer's list come twice. */
  static String repeatFirstRow(String text) {
    Matcher rows = ROWS.matcher(text);
    if (!rows.find()) {
      return text;
    }
    String first = text.substring(rows.end(), end(text, rows.end()));
    return text.substring(0, rows.end()) + first + "," + text.substring(rows.end());
  }

  /** Lets the rows of the answer's list come the other way round. */
  static String reverseRows(String text) {
    Matcher rows = ROWS.matcher(text);
    if (!rows.find()) {
      return text;
    }
    Deque<String> reversed = new ArrayDeque<>();
    int at = rows.end();
    int after = end(text, at);
    reversed.push(text.substring(at, after));
    while (text.charAt(after) == ',') {
      at = after + 1;
      after = end(text, at);
      reversed.push(text.substring(at, after));
    }
    return text.substring(0, rows.end()) + String.join(",", reversed) + text.substring(after);
  }

  /** Lets a row vanish from a list with a total, one more with each answer. */
  static Trouble vanishing() {
    AtomicInteger vanished = new AtomicInteger();
    return Trouble.changed(text -> vanished(text, vanished));
  }

  private static String vanished(String text, AtomicInteger vanished) {
    Matcher total = TOTAL.matcher(text);
    Matcher rows = ROWS.matcher(text);
    if (!total.find() || !rows.find()) {
      return text;
    }
    int left = Integer.parseInt(total.group(1)) - vanished.incrementAndGet();
    int after = end(text, rows.end());
    String rest = text.substring(text.charAt(after) == ',' ? after + 1 : after);
    return total.reset(text.substring(0, rows.end()) + rest).replaceFirst("\"totalCount\":" + left);
  }

  static String withoutCursor(String text) {
    return HAS_NEXT
        .matcher(CURSOR.matcher(text).replaceFirst("\"next_cursor\":null"))
        .replaceFirst("\"has_next\":true");
  }

  /** Lets a page by cursor lead to itself. */
  static Trouble cursorOfItself() {
    return exchange -> {
      Answer real = exchange.success();
      Matcher cursor = Pattern.compile("[?&]cursor=([^&]*)").matcher(exchange.request().target());
      String text = real.text();
      if (cursor.find()) {
        String same = java.net.URLDecoder.decode(cursor.group(1), UTF_8);
        text = CURSOR.matcher(text).replaceFirst("\"next_cursor\":\"" + same + '"');
        text = HAS_NEXT.matcher(text).replaceFirst("\"has_next\":true");
      }
      exchange.sendChanged(text);
    };
  }

  /** Returns where the value ends that begins at a position. */
  private static int end(String text, int begin) {
    int depth = 0;
    boolean quoted = false;
    for (int i = begin; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else {
          quoted = c != '"';
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        return i + 1;
      }
    }
    throw new IllegalArgumentException("The text ends within a value");
  }
}
