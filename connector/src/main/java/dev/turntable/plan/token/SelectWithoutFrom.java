package dev.turntable.plan.token;

import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A SELECT that names no table but has a condition reads one row: {@code SELECT 1 WHERE ? > 0}. */
final class SelectWithoutFrom {
  private static final Set<String> CLAUSES =
      Set.of("WHERE", "GROUP", "HAVING", "WINDOW", "QUALIFY");

  private static final Set<String> ENDS =
      Set.of("UNION", "INTERSECT", "EXCEPT", "MINUS", "ORDER", "LIMIT", "OFFSET", "FETCH");

  private SelectWithoutFrom() {}

  static List<SqlToken> completed(List<SqlToken> tokens) {
    List<SqlToken> out = tokens;
    for (int at = tokens.size() - 1; at >= 0; at--) {
      int clause = tokens.get(at).isWord("SELECT") ? clause(out, at) : -1;
      if (clause > 0) {
        List<SqlToken> longer = new ArrayList<>(out);
        longer.addAll(clause, oneRow(out.get(clause)));
        out = longer;
      }
    }
    return out;
  }

  /** Returns where the clause is that lacks a FROM in front, or -1 if none does. */
  private static int clause(List<SqlToken> tokens, int select) {
    int depth = 0;
    for (int at = select + 1; at < tokens.size(); at++) {
      SqlToken token = tokens.get(at);
      depth += Operands.opens(token) ? 1 : Operands.closes(token) ? -1 : 0;
      boolean from = token.isWord("FROM") && !tokens.get(at - 1).isWord("DISTINCT");
      if (depth < 0 || (depth == 0 && (from || token.isWord(ENDS) || token.isSign(";")))) {
        return -1;
      }
      boolean group =
          !token.isWord("GROUP") || (at + 1 < tokens.size() && tokens.get(at + 1).isWord("BY"));
      boolean name = tokens.get(at - 1).isSign(".") || tokens.get(at - 1).isWord("WITHIN");
      if (depth == 0 && token.isWord(CLAUSES) && group && !name) {
        return tokens.get(at - 1).isSign("*") || at == select + 1 ? -1 : at;
      }
    }
    return -1;
  }

  private static List<SqlToken> oneRow(SqlToken place) {
    return List.of(
        place.before(Kind.WORD, "FROM"),
        place.before(Kind.SIGN, "("),
        place.before(Kind.WORD, "VALUES"),
        place.before(Kind.SIGN, "("),
        place.before(Kind.NUMBER, "0"),
        place.before(Kind.SIGN, ")"),
        place.before(Kind.SIGN, ")"),
        place.before(Kind.WORD, "AS"),
        place.before(Kind.QUOTED_NAME, "\"one row\""));
  }
}
