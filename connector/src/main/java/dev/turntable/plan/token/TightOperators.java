package dev.turntable.plan.token;

import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The operators that bind tighter than arithmetic: {@code ::}, which Calcite's parser applies to all
 * that stands in front of it, and AT TIME ZONE, {@code ->} and {@code ->>}, which it does not know and
 * which become functions.
 */
final class TightOperators {
  private final List<SqlToken> tokens;
  private final List<SqlToken> out = new ArrayList<>();
  private int at;

  private TightOperators(List<SqlToken> tokens) {
    this.tokens = tokens;
  }

  /** Returns the tokens with parentheses, and calls, in place of what those operators bind. */
  static List<SqlToken> bound(List<SqlToken> tokens) {
    boolean found = false;
    for (SqlToken token : tokens) {
      found |= token.isSign("::") || token.isSign("->") || token.isSign("->>");
      found |= token.isWord("ZONE");
    }
    return found ? new TightOperators(tokens).run() : tokens;
  }

  private List<SqlToken> run() {
    while (at < tokens.size()) {
      SqlToken token = tokens.get(at);
      boolean bound =
          switch (token.text()) {
            case "::" -> token.isSign("::") && cast(token);
            case "->" -> token.isSign("->") && arrow(token, "JSON_GET");
            case "->>" -> token.isSign("->>") && arrow(token, "JSON_GET_TEXT");
            default -> token.isWord("AT") && zone(token);
          };
      if (!bound) {
        out.add(token);
        at++;
      }
    }
    return out;
  }

  private boolean cast(SqlToken operator) {
    int first = new Operands(out).start(out.size() - 1);
    TypeNames.Read type = TypeNames.read(tokens, at + 1);
    if (first < 0 || type.tokens().isEmpty()) {
      return false;
    }
    at = type.end();
    if (isBareInterval(type.tokens()) && out.get(first).kind() == Kind.TEXT) {
      out.add(first, out.get(first).before(Kind.WORD, "INTERVAL"));
      return true;
    }
    out.add(first, out.get(first).before(Kind.SIGN, "("));
    out.add(operator);
    out.addAll(type.tokens());
    out.add(tokens.get(at - 1).after(Kind.SIGN, ")"));
    return true;
  }

  private static boolean isBareInterval(List<SqlToken> type) {
    return type.size() == 1 && type.get(0).isWord("INTERVAL");
  }

  private boolean zone(SqlToken operator) {
    boolean found =
        at + 3 < tokens.size()
            && tokens.get(at + 1).isWord("TIME")
            && tokens.get(at + 2).isWord("ZONE");
    if (!found) {
      return false;
    }
    int first = new Operands(out).start(out.size() - 1);
    boolean instant = first >= 0 && isInstant(out.subList(first, out.size()));
    return call(instant ? "AT_ZONE_WALL" : "AT_ZONE", operator, at + 3);
  }

  /**
   * Whether an operand is a point in time, of which AT TIME ZONE gives the wall clock: as in
   * PostgreSQL, where it makes such a point of all other timestamps.
   */
  private static boolean isInstant(List<SqlToken> operand) {
    SqlToken first = operand.get(0);
    int last = operand.size() - 1;
    if (first.isSign("(") && new Operands(operand).closing(0) == last) {
      return (last > 1 && isZoned(operand, last - 1)) || isInstant(operand.subList(1, last));
    }
    boolean cast = first.isWord("CAST") || first.isWord("TRY_CAST") || first.isWord("SAFE_CAST");
    return first.isWord("CURRENT_TIMESTAMP")
        || first.isWord("AT_ZONE")
        || (first.isWord("NOW") && last == 2)
        || (cast && isZoned(operand, last - 1))
        || (operand.get(last).kind() == Kind.TEXT && isZoned(operand, last - 1));
  }

  /** Whether the type that ends with a token has a time zone. */
  private static boolean isZoned(List<SqlToken> type, int last) {
    return last >= 0
        && (type.get(last).isWord("TIMESTAMPTZ")
            || (last > 2
                && type.get(last).isWord("ZONE")
                && type.get(last - 1).isWord("TIME")
                && (type.get(last - 2).isWord("WITH") || type.get(last - 2).isWord("LOCAL"))));
  }

  private boolean arrow(SqlToken operator, String function) {
    return !isLambda() && call(function, operator, at + 1);
  }

  /** Whether the arrow makes a function of an expression: {@code (array, x -> x + 1)}. */
  private boolean isLambda() {
    int first = new Operands(out).start(out.size() - 1);
    if (!tokens.get(at).isSign("->") || first < 1 || at + 1 == tokens.size()) {
      return false;
    }
    SqlToken right = tokens.get(at + 1);
    boolean key = right.kind() == Kind.TEXT || right.kind() == Kind.NUMBER || right.isSign("?");
    boolean argument = out.get(first - 1).isSign(",") && out.get(first).isName();
    boolean several = out.get(first).isSign("(");
    return !key && (several || (argument && first == out.size() - 1));
  }

  /** Puts a call in place of an operand, an operator and the operand behind it. */
  private boolean call(String function, SqlToken operator, int right) {
    int first = new Operands(out).start(out.size() - 1);
    int end = new Operands(tokens).end(right);
    if (first < 0 || end == right) {
      return false;
    }
    SqlToken begin = out.get(first);
    out.add(first, begin.before(Kind.WORD, function));
    out.add(first + 1, begin.before(Kind.SIGN, "("));
    out.add(operator.as(Kind.SIGN, ","));
    out.addAll(bound(tokens.subList(right, end)));
    out.add(tokens.get(end - 1).after(Kind.SIGN, ")"));
    at = end;
    return true;
  }
}
