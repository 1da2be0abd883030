package dev.turntable.plan.token;

import dev.turntable.plan.type.PlannedStatement;
import dev.turntable.text.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Long chains of OR and AND, halved by parentheses until they are short. Calcite's parser takes the
 * square of their length, and every step behind it goes down into a chain by calling itself, until the
 * stack ends.
 */
final class BalancedConditions {
  /** Chains so short stay as people wrote them. */
  private static final int SHORT = 64;

  /** What no condition goes beyond, at its own depth. */
  private static final Set<String> EDGES =
      Set.of(
          ("WHERE HAVING ON QUALIFY SELECT DISTINCT WHEN THEN ELSE BY AS FROM JOIN INNER LEFT RIGHT FULL"
                  + " CROSS NATURAL GROUP ORDER WINDOW LIMIT OFFSET FETCH UNION INTERSECT EXCEPT MINUS SET"
                  + " RETURNING USING ASC DESC NULLS")
              .split(" ", -1));

  private final List<SqlToken> tokens;
  private final Parentheses parentheses;

  private BalancedConditions(List<SqlToken> tokens) {
    this.tokens = tokens;
    this.parentheses = new Parentheses(tokens);
  }

  static List<SqlToken> halved(List<SqlToken> tokens) {
    int count = 0;
    for (SqlToken token : tokens) {
      count += token.isWord("OR") || token.isWord("AND") ? 1 : 0;
    }
    if (count <= SHORT) {
      return tokens;
    }
    BalancedConditions conditions = new BalancedConditions(tokens);
    conditions.level(0);
    return conditions.parentheses.placed();
  }

  /** Reads what is at one depth, from a place on; returns where the depth ends. */
  private int level(int from) {
    int begin = from;
    List<Integer> ors = new ArrayList<>();
    List<Integer> ands = new ArrayList<>();
    boolean between = false;
    int at = from;
    while (at < tokens.size() && !closes(tokens.get(at))) {
      SqlToken token = tokens.get(at);
      if (token.isSign(",") || token.isSign(";") || token.isWord(EDGES)) {
        chain(begin, at, ors, ands);
        begin = at + 1;
        between = false;
      } else if (opens(token)) {
        at = level(at + 1);
      } else if (token.isWord("OR")) {
        ors.add(at);
        between = false;
      } else if (token.isWord("BETWEEN")) {
        between = true;
      } else if (token.isWord("AND")) {
        if (!between) {
          ands.add(at);
        }
        between = false;
      }
      at++;
    }
    chain(begin, Math.min(at, tokens.size()), ors, ands);
    return at;
  }

  private static boolean opens(SqlToken token) {
    return Operands.opens(token) || token.isWord("CASE");
  }

  private static boolean closes(SqlToken token) {
    return Operands.closes(token) || token.isWord("END");
  }

  private void chain(int begin, int end, List<Integer> ors, List<Integer> ands) {
    int first = begin;
    for (int i = 0; i <= ors.size(); i++) {
      PlannedStatement.check();
      int last = i == ors.size() ? end : ors.get(i);
      int from = first;
      halve(from, last, ands.stream().filter(and -> and > from && and < last).toList());
      first = last + 1;
    }
    halve(begin, end, ors);
    ors.clear();
    ands.clear();
  }

  /** Encloses the halves of what operators join, their halves, and so on, if there are many. */
  private void halve(int begin, int end, List<Integer> operators) {
    if (operators.size() > SHORT) {
      enclose(begin, end, operators);
    }
  }

  private void enclose(int begin, int end, List<Integer> operators) {
    if (end - begin < 2) {
      return;
    }
    parentheses.enclose(begin, end);
    if (!operators.isEmpty()) {
      int middle = operators.size() / 2;
      int operator = operators.get(middle);
      enclose(begin, operator, operators.subList(0, middle));
      enclose(operator + 1, end, operators.subList(middle + 1, operators.size()));
    }
  }
}
