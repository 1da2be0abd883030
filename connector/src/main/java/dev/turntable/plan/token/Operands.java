package dev.turntable.plan.token;

import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import java.util.List;
import java.util.Set;

/**
 * Where the operands of operators that bind tighter than all others begin and end, such as that of
 * {@code ::}: literals, parameters, names, calls, array elements, CASE, and what stands in parentheses.
 */
public final class Operands {
  /** Keywords that end or join expressions; any other word in front of a parenthesis is a function. */
  private static final Set<String> NO_OPERANDS =
      Set.of(
          ("ALL AND ANY AS ASC ASYMMETRIC AT BETWEEN BY CASE CONTAINS DESC DISTINCT ELSE ESCAPE EXCEPT FETCH"
                  + " FILTER FROM GROUP HAVING ILIKE IN INTERSECT INTO IS JOIN LIKE LIMIT MINUS NOT OF"
                  + " OFFSET ON OR ORDER OVER OVERLAPS PARTITION PRECEDES QUALIFY RETURNING RLIKE SELECT SET SIMILAR"
                  + " SOME SUCCEEDS SYMMETRIC THEN TO UNION USING VALUES WHEN WHERE WINDOW WITH WITHIN")
              .split(" ", -1));

  private static final Set<String> UNITS =
      Set.of(
          ("YEAR YEARS QUARTER QUARTERS MONTH MONTHS WEEK WEEKS DAY DAYS HOUR HOURS MINUTE MINUTES"
                  + " SECOND SECONDS MILLISECOND MICROSECOND")
              .split(" ", -1));

  /** Words that make a literal of the text behind them. */
  private static final Set<String> TYPED = Set.of("DATE", "TIME", "TIMESTAMP", "DATETIME", "UUID");

  private final List<SqlToken> tokens;

  Operands(List<SqlToken> tokens) {
    this.tokens = tokens;
  }

  static boolean isUnit(SqlToken token) {
    return token.isWord(UNITS);
  }

  /** Returns whether it is one of the six comparisons. */
  public static boolean isComparison(SqlToken token) {
    return switch (token.text()) {
      case "<", "<=", ">", ">=", "=", "<>", "!=" -> token.kind() == Kind.SIGN;
      default -> false;
    };
  }

  /** Returns where the operand begins that ends with a token, or -1 if none does. */
  int start(int last) {
    if (last < 0) {
      return -1;
    }
    SqlToken token = tokens.get(last);
    return switch (token.kind()) {
      case NUMBER -> last;
      case TEXT, PREFIXED_TEXT, UNICODE_TEXT, ESCAPED_TEXT, BINARY -> literal(last);
      case QUOTED_NAME, UNICODE_NAME, WORD -> name(last);
      case SIGN ->
          switch (token.text()) {
            case "?" -> last;
            case ")" -> call(opening(last));
            case "}" -> opening(last);
            case "]" -> element(opening(last));
            default -> -1;
          };
      default -> -1;
    };
  }

  private int literal(int last) {
    int first = last;
    while (first > 0 && tokens.get(first - 1).kind() == Kind.TEXT) {
      first--; // 'a' 'b' is one literal
    }
    if (first == 0) {
      return 0;
    }
    if (tokens.get(first - 1).isWord(TYPED)) {
      return first - 1;
    }
    if (first >= 4
        && tokens.get(first - 1).isWord("ZONE")
        && tokens.get(first - 2).isWord("TIME")
        && !tokens.get(first - 3).isWord("AT")) {
      int type = tokens.get(first - 3).isWord("LOCAL") ? first - 5 : first - 4;
      return type >= 0 && tokens.get(type).isWord(TYPED) ? type : first;
    }
    return tokens.get(first - 1).isWord("INTERVAL") ? first - 1 : first;
  }

  private int name(int last) {
    SqlToken token = tokens.get(last);
    if (token.isWord("END")) {
      return caseStart(last);
    }
    int interval = isUnit(token) ? intervalStart(last) : -1;
    if (interval >= 0) {
      return interval;
    }
    if (token.isWord(NO_OPERANDS)) {
      return -1;
    }
    return last > 0 && tokens.get(last - 1).isWord("OVER") ? windowed(last - 1) : chain(last);
  }

  /** Returns where the names and points in front of a name begin: {@code schema.table.column}. */
  private int chain(int last) {
    int first = last;
    while (first > 1 && tokens.get(first - 1).isSign(".")) {
      SqlToken before = tokens.get(first - 2);
      if (!before.isName()) {
        return start(first - 2);
      }
      first -= 2;
    }
    return first;
  }

  private int caseStart(int end) {
    int depth = 0;
    for (int at = end; at >= 0; at--) {
      depth += tokens.get(at).isWord("END") ? 1 : tokens.get(at).isWord("CASE") ? -1 : 0;
      if (depth == 0) {
        return at;
      }
    }
    return -1;
  }

  /** Returns where {@code INTERVAL '1' DAY TO SECOND} begins, or -1 if it is something else. */
  private int intervalStart(int last) {
    int at = last;
    if (at > 1 && tokens.get(at - 1).isWord("TO")) {
      at -= 2;
      at = tokens.get(at).isSign(")") ? opening(at) - 1 : at;
    }
    int value = at - 1;
    int sign =
        value > 0 && (tokens.get(value - 1).isSign("-") || tokens.get(value - 1).isSign("+"))
            ? 1
            : 0;
    boolean found = value - sign > 0 && tokens.get(value - sign - 1).isWord("INTERVAL");
    return found ? value - sign - 1 : -1;
  }

  /** Returns where what stands in front of a parenthesis begins, with it: the call of a function. */
  private int call(int open) {
    if (open <= 0) {
      return open;
    }
    SqlToken before = tokens.get(open - 1);
    if (before.isWord("OVER")) {
      return windowed(open - 1);
    }
    if (before.isWord("FILTER") && open > 1 && tokens.get(open - 2).isSign(")")) {
      return start(open - 2);
    }
    if (open > 2 && before.isWord("GROUP") && tokens.get(open - 2).isWord("WITHIN")) {
      return start(open - 3);
    }
    if (before.isSign(".")) {
      return open; // of no call
    }
    int interval = isUnit(before) ? intervalStart(open - 1) : -1;
    if (interval >= 0) {
      return interval;
    }
    return before.isName() && !before.isWord(NO_OPERANDS) ? chain(open - 1) : open;
  }

  private int windowed(int over) {
    int last = over - 1;
    if (last > 1
        && tokens.get(last).isWord("NULLS")
        && (tokens.get(last - 1).isWord("RESPECT") || tokens.get(last - 1).isWord("IGNORE"))) {
      last -= 2;
    }
    return start(last);
  }

  private int element(int open) {
    if (open <= 0) {
      return open;
    }
    SqlToken before = tokens.get(open - 1);
    if (before.isWord("ARRAY") || before.isWord("MULTISET") || before.isWord("MAP")) {
      return open - 1;
    }
    int array = start(open - 1);
    return array < 0 ? open : array;
  }

  /** Returns where the bracket that a token closes is, or -1. */
  int opening(int close) {
    int depth = 0;
    for (int at = close; at >= 0; at--) {
      depth += closes(tokens.get(at)) ? 1 : opens(tokens.get(at)) ? -1 : 0;
      if (depth == 0) {
        return at;
      }
    }
    return -1;
  }

  /** Returns where the bracket that a token opens is closed, or the end of the tokens. */
  int closing(int open) {
    int depth = 0;
    for (int at = open; at < tokens.size(); at++) {
      depth += opens(tokens.get(at)) ? 1 : closes(tokens.get(at)) ? -1 : 0;
      if (depth == 0) {
        return at;
      }
    }
    return tokens.size();
  }

  static boolean opens(SqlToken token) {
    if (token.kind() != Kind.SIGN) {
      return false;
    }
    char first = token.text().charAt(0);
    return first == '(' || first == '[' || first == '{';
  }

  static boolean closes(SqlToken token) {
    return token.isSign(")") || token.isSign("]") || token.isSign("}");
  }

  /** Returns where the operand that begins with a token has ended; there itself if no operand begins with it. */
  int end(int first) {
    int at = first;
    if (at < tokens.size() && (tokens.get(at).isSign("-") || tokens.get(at).isSign("+"))) {
      at++;
    }
    if (at >= tokens.size()) {
      return first;
    }
    SqlToken token = tokens.get(at);
    if (opens(token)) {
      at = Math.min(tokens.size(), closing(at) + 1);
    } else if (token.isWord("CASE")) {
      at = caseEnd(at);
    } else if (token.isWord("INTERVAL")) {
      at = intervalEnd(at + 1);
    } else if (token.kind() == Kind.TEXT) {
      at = texts(at);
    } else if (token.isSign("?") || token.kind() == Kind.NUMBER || token.kind() == Kind.BINARY) {
      at++;
    } else if (token.isName() && !token.isWord(NO_OPERANDS)) {
      at = token.isWord(TYPED) ? texts(at + 1) : at + 1;
    } else {
      return first;
    }
    return suffixes(at);
  }

  /** One literal may be in several quotes: {@code 'a' 'b'}. */
  private int texts(int first) {
    int at = first;
    while (at < tokens.size() && tokens.get(at).kind() == Kind.TEXT) {
      at++;
    }
    return at;
  }

  private int caseEnd(int first) {
    int depth = 0;
    for (int at = first; at < tokens.size(); at++) {
      depth += tokens.get(at).isWord("CASE") ? 1 : tokens.get(at).isWord("END") ? -1 : 0;
      if (depth == 0) {
        return at + 1;
      }
    }
    return tokens.size();
  }

  private int intervalEnd(int value) {
    int at = end(value);
    while (at < tokens.size() && (isUnit(tokens.get(at)) || tokens.get(at).isWord("TO"))) {
      at = suffixes(at + 1);
    }
    return at;
  }

  private int suffixes(int from) {
    int at = from;
    while (at < tokens.size()) {
      SqlToken token = tokens.get(at);
      boolean several = at + 1 < tokens.size();
      if (token.isSign("(") || token.isSign("[")) {
        at = Math.min(tokens.size(), closing(at) + 1);
      } else if (several && token.isSign(".")) {
        at += 2;
      } else if (several && token.isWord("FILTER") && tokens.get(at + 1).isSign("(")) {
        at++;
      } else if (several && token.isWord("WITHIN") && tokens.get(at + 1).isWord("GROUP")) {
        at += 2;
      } else if (several
          && (token.isWord("RESPECT") || token.isWord("IGNORE"))
          && tokens.get(at + 1).isWord("NULLS")) {
        at += 2;
      } else if (several && token.isWord("OVER")) {
        at += tokens.get(at + 1).isSign("(") ? 1 : 2;
      } else {
        break;
      }
    }
    return at;
  }
}
