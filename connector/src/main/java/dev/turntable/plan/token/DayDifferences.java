package dev.turntable.plan.token;

import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** MySQL's {@code DATEDIFF(later, earlier)}: the days between two times, without a unit. */
final class DayDifferences {
  private DayDifferences() {}

  static List<SqlToken> spelled(List<SqlToken> tokens) {
    boolean found = false;
    for (SqlToken token : tokens) {
      found |= token.isWord("DATEDIFF");
    }
    return found ? rewritten(tokens) : tokens;
  }

  private static List<SqlToken> rewritten(List<SqlToken> tokens) {
    Operands operands = new Operands(tokens);
    List<SqlToken> out = new ArrayList<>(tokens.size() + 2);
    int at = 0;
    while (at < tokens.size()) {
      SqlToken token = tokens.get(at);
      boolean call =
          token.isWord("DATEDIFF") && at + 1 < tokens.size() && tokens.get(at + 1).isSign("(");
      int close = call ? operands.closing(at + 1) : tokens.size();
      int comma = close < tokens.size() ? comma(tokens, at + 2, close) : -1;
      if (comma < 0 || comma(tokens, comma + 1, close) >= 0) {
        out.add(token);
        at++;
        continue;
      }
      out.add(token.as(Kind.WORD, DateParts.DIFFERENCE));
      out.add(tokens.get(at + 1));
      out.add(token.as(Kind.TEXT, "'DAY'"));
      out.add(tokens.get(comma));
      out.addAll(rewritten(tokens.subList(comma + 1, close)));
      out.add(tokens.get(comma));
      out.addAll(rewritten(tokens.subList(at + 2, comma)));
      out.add(tokens.get(close));
      at = close + 1;
    }
    return out;
  }

  private static int comma(List<SqlToken> tokens, int from, int end) {
    int depth = 0;
    for (int i = from; i < end; i++) {
      depth += Operands.opens(tokens.get(i)) ? 1 : Operands.closes(tokens.get(i)) ? -1 : 0;
      if (depth == 0 && tokens.get(i).isSign(",")) {
        return i;
      }
    }
    return -1;
  }
}
