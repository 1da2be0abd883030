package dev.turntable.plan.cache;

import dev.turntable.engine.ReservedWords;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query whose literals have become parameters where a term of its WHERE compares a column with one.
 * Statements that have the same template and differ in those values only can share one plan, as tools
 * that write values into the text send them by the hundred.
 *
 * @param sql the text, with a question mark for each value
 * @param values the values in order: a {@link String} or a {@link Long}
 */
record Template(String sql, List<Object> values) {
  private static final int LONGEST_NUMBER = 18;

  private static final Set<String> OPERATORS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=");

  /** What ends a WHERE of the outermost query. */
  private static final Set<String> AFTER_WHERE =
      Set.of(
          "GROUP",
          "HAVING",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "UNION",
          "INTERSECT",
          "EXCEPT",
          "MINUS",
          "WINDOW",
          "QUALIFY");

  Template {
    values = List.copyOf(values);
  }

  /** Returns the template of a statement, or null if it has none. */
  static @Nullable Template of(SqlStatement statement) {
    List<SqlToken> tokens = statement.tokens();
    if (statement.commented() || tokens.isEmpty() || !tokens.get(0).isWord("SELECT")) {
      return null;
    }
    int from = 0;
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      depth += token.isSign("(") ? 1 : token.isSign(")") ? -1 : 0;
      if (token.isSign("?") || isEscape(token)) {
        return null; // parameters of the client's own; escapes, which hold literals
      }
      if (from == 0 && depth == 0 && token.isWord("WHERE")) {
        from = i + 1;
      }
    }
    return from == 0 || statement.broken() != null ? null : of(statement.sql(), tokens, from);
  }

  private static boolean isEscape(SqlToken token) {
    return token.kind() == SqlToken.Kind.SIGN && token.text().startsWith("{");
  }

  private static @Nullable Template of(String sql, List<SqlToken> tokens, int from) {
    StringBuilder text = new StringBuilder();
    List<Object> values = new ArrayList<>();
    int copied = 0;
    int depth = 0;
    for (int i = from; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      depth += token.isSign("(") ? 1 : token.isSign(")") ? -1 : 0;
      if (depth == 0 && ends(token)) {
        break;
      }
      int literal = depth == 0 && begins(tokens, i) ? literal(tokens, i) : -1;
      if (literal < 0) {
        continue;
      }
      if (occursAgain(tokens, from, literal)) {
        return null; // what two terms of a column say together, only the values show
      }
      SqlToken value = tokens.get(literal);
      text.append(sql, copied, value.start()).append('?');
      copied = value.end();
      values.add(
          value.kind() == SqlToken.Kind.TEXT
              ? value.value()
              : (Object) Long.valueOf(value.value()));
      i = literal;
    }
    return values.isEmpty()
        ? null
        : new Template(text.append(sql, copied, sql.length()).toString(), values);
  }

  private static boolean ends(SqlToken token) {
    return token.isWord(AFTER_WHERE);
  }

  /** Returns whether a term may begin at a place. */
  private static boolean begins(List<SqlToken> tokens, int at) {
    SqlToken before = tokens.get(at - 1);
    return before.isWord("WHERE") || before.isWord("AND") || before.isWord("OR");
  }

  /** Returns where the literal is that a term compares a column with, or -1 if it is another term. */
  private static int literal(List<SqlToken> tokens, int term) {
    int at = term;
    while (isName(tokens, at) && at + 1 < tokens.size() && tokens.get(at + 1).isSign(".")) {
      at += 2;
    }
    if (!isName(tokens, at)) {
      return -1;
    }
    at++;
    boolean found =
        at < tokens.size()
            && tokens.get(at).kind() == SqlToken.Kind.SIGN
            && OPERATORS.contains(tokens.get(at).text())
            && ++at < tokens.size()
            && isValue(tokens.get(at))
            && (at + 1 == tokens.size()
                || tokens.get(at + 1).isWord("AND")
                || tokens.get(at + 1).isWord("OR")
                || ends(tokens.get(at + 1)));
    return found ? at : -1;
  }

  private static boolean isName(List<SqlToken> tokens, int at) {
    return at < tokens.size()
        && (tokens.get(at).kind() == SqlToken.Kind.QUOTED_NAME
            || (tokens.get(at).kind() == SqlToken.Kind.WORD
                && !ReservedWords.contains(tokens.get(at).value())));
  }

  private static boolean isValue(SqlToken token) {
    return token.kind() == SqlToken.Kind.TEXT
        || (token.kind() == SqlToken.Kind.NUMBER
            && token.value().length() <= LONGEST_NUMBER
            && token.value().chars().allMatch(Character::isDigit));
  }

  /** Returns whether the column in front of a literal occurs elsewhere in the conditions. */
  private static boolean occursAgain(List<SqlToken> tokens, int from, int literal) {
    int name = literal - 2; // in front of the operator
    String column = tokens.get(name).value();
    for (int i = from; i < tokens.size() && !ends(tokens.get(i)); i++) {
      SqlToken token = tokens.get(i);
      boolean isName =
          token.kind() == SqlToken.Kind.WORD || token.kind() == SqlToken.Kind.QUOTED_NAME;
      if (i != name && isName && token.value().equalsIgnoreCase(column)) {
        return true;
      }
    }
    return false;
  }
}
