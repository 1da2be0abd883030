package dev.turntable.plan.token;

import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * JDBC's escapes that Calcite does not know: {@code {oj …}}, {@code {escape …}}, {@code {limit …}} and
 * the functions that it lacks in {@code {fn …}}. What is inside is SQL already, so that only the frame
 * goes.
 */
final class Escapes {
  private static final Set<String> FUNCTIONS =
      Set.of(
          ("CHAR_LENGTH CHARACTER_LENGTH OCTET_LENGTH POSITION CURRENT_DATE CURRENT_TIME"
                  + " CURRENT_TIMESTAMP EXTRACT DATABASE USER")
              .split(" ", -1));

  private Escapes() {}

  /** Returns the tokens without the frames of those escapes; one that is not closed stays. */
  static List<SqlToken> unframed(List<SqlToken> tokens) {
    boolean[] dropped = new boolean[tokens.size()];
    Deque<Integer> opened = new ArrayDeque<>();
    boolean any = false;
    for (int at = 0; at < tokens.size(); at++) {
      SqlToken token = tokens.get(at);
      if (token.kind() == Kind.SIGN && token.text().charAt(0) == '{') {
        opened.push(at);
      } else if (token.isSign("}") && !opened.isEmpty()) {
        int open = opened.pop();
        boolean join = isWord(tokens, open + 1, "OJ");
        if (join
            || isWord(tokens, open + 1, "ESCAPE")
            || isWord(tokens, open + 1, "LIMIT")
            || isFunction(tokens, open)) {
          dropped[open] = true;
          dropped[open + 1] = join;
          dropped[at] = true;
          any = true;
        }
      }
    }
    return any ? without(tokens, dropped) : tokens;
  }

  private static List<SqlToken> without(List<SqlToken> tokens, boolean[] dropped) {
    List<SqlToken> out = new ArrayList<>(tokens.size());
    for (int at = 0; at < dropped.length; at++) {
      if (!dropped[at]) {
        out.add(tokens.get(at));
      }
    }
    return out;
  }

  private static boolean isFunction(List<SqlToken> tokens, int brace) {
    String text = tokens.get(brace).text();
    return text.regionMatches(true, text.length() - 2, "fn", 0, 2)
        && brace + 2 < tokens.size()
        && tokens.get(brace + 1).isWord(FUNCTIONS)
        && tokens.get(brace + 2).isSign("(");
  }

  private static boolean isWord(List<SqlToken> tokens, int at, String word) {
    return at < tokens.size() && tokens.get(at).isWord(word);
  }
}
