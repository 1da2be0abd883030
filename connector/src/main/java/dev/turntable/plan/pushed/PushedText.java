package dev.turntable.plan.pushed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Lays out the text of a query for people: each SELECT in a line of its own, indented. */
final class PushedText {
  private static final String INNER = "(SELECT ";

  private PushedText() {}

  static List<String> lines(String sql) {
    StringBuilder text = new StringBuilder();
    Deque<Boolean> parentheses = new ArrayDeque<>();
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      quoted ^= c == '\'';
      if (!quoted && c == '(') {
        boolean inner = sql.startsWith(INNER, i);
        parentheses.push(inner);
        text.append(c);
        if (inner) {
          depth++;
          newLine(text, depth);
        }
      } else if (!quoted && c == ')' && !parentheses.isEmpty() && parentheses.pop()) {
        depth--;
        newLine(text, depth);
        text.append(c);
      } else {
        text.append(c);
      }
    }
    return text.toString().lines().toList();
  }

  private static void newLine(StringBuilder text, int depth) {
    text.append('\n').append("  ".repeat(depth));
  }
}
