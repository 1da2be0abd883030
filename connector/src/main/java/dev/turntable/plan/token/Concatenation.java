package dev.turntable.plan.token;

import dev.turntable.text.SqlToken;
import java.util.List;

/**
 * {@code ||} binds less than arithmetic, as in PostgreSQL: {@code 1 + 2 || 'x'} is {@code 3x}. Calcite
 * gives it the place of a multiplication, so that sums and products beside it get parentheses.
 */
final class Concatenation {
  private Concatenation() {}

  static List<SqlToken> bound(List<SqlToken> tokens) {
    boolean arithmetic = false;
    boolean found = false;
    for (SqlToken token : tokens) {
      found |= token.isSign("||");
      arithmetic |= isArithmetic(token);
    }
    return found && arithmetic ? bind(tokens) : tokens;
  }

  private static List<SqlToken> bind(List<SqlToken> tokens) {
    Operands operands = new Operands(tokens);
    Parentheses parentheses = new Parentheses(tokens);
    for (int at = 0; at < tokens.size(); at++) {
      if (tokens.get(at).isSign("||")) {
        int first = first(tokens, operands, at - 1);
        int last = last(tokens, operands, at + 1);
        boolean middle = first > 0 && tokens.get(first - 1).isSign("||");
        if (first >= 0 && !middle && hasOperator(operands, first, at)) {
          parentheses.enclose(first, at);
        }
        if (last > at && hasOperator(operands, at + 1, last)) {
          parentheses.enclose(at + 1, last);
        }
      }
    }
    return parentheses.placed();
  }

  private static boolean isArithmetic(SqlToken token) {
    return token.isSign("+")
        || token.isSign("-")
        || token.isSign("*")
        || token.isSign("/")
        || token.isSign("%");
  }

  /** Returns where the arithmetic begins that ends with a token, or -1. */
  private static int first(List<SqlToken> tokens, Operands operands, int last) {
    int first = operands.start(last);
    while (first > 0 && isArithmetic(tokens.get(first - 1))) {
      int left = operands.start(first - 2);
      if (left < 0) {
        return first - 1; // a sign
      }
      first = left;
    }
    return first;
  }

  /** Returns where the arithmetic has ended that begins with a token, or -1. */
  private static int last(List<SqlToken> tokens, Operands operands, int first) {
    int end = operands.end(first);
    while (end > first && end < tokens.size() && isArithmetic(tokens.get(end))) {
      int next = operands.end(end + 1);
      if (next == end + 1) {
        return -1;
      }
      end = next;
    }
    return end > first ? end : -1;
  }

  private static boolean hasOperator(Operands operands, int first, int end) {
    int one = operands.end(first);
    return one > first && one < end;
  }
}
