package dev.turntable.plan.syntax;

import dev.turntable.plan.error.Suggestions;
import dev.turntable.text.SqlLines;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Notices a keyword with a letter too many, too few or in another place: to the parser it is an alias, and
 * what follows has no business there.
 */
final class MistypedKeyword {
  private static final Set<String> KEYWORDS =
      Set.of(
          ("FROM WHERE GROUP ORDER HAVING LIMIT OFFSET JOIN INNER LEFT RIGHT FULL UNION EXCEPT INTERSECT"
                  + " VALUES INTO RETURNING SELECT DISTINCT BETWEEN LIKE")
              .split(" ", -1));

  private MistypedKeyword() {}

  /**
   * Returns what the parser says, and the keyword that may be meant.
   *
   * @param place where the parser gave up
   */
  static String told(String parsers, SqlStatement statement, SqlParserPos place) {
    String remedy = remedy(statement, place);
    boolean sentence = parsers.endsWith(".") && !remedy.isEmpty();
    return (sentence ? parsers.substring(0, parsers.length() - 1) : parsers) + remedy;
  }

  private static String remedy(SqlStatement statement, SqlParserPos place) {
    List<SqlToken> tokens = statement.tokens();
    SqlLines lines = statement.lines();
    int at = 0;
    while (at < tokens.size() && isBefore(tokens.get(at), lines, place)) {
      at++;
    }
    for (int i = at - 1; i <= at && i < tokens.size(); i++) {
      if (i > 0 && tokens.get(i).kind() == SqlToken.Kind.WORD) {
        String remedy = remedy(tokens.get(i));
        if (!remedy.isEmpty()) {
          return remedy;
        }
      }
    }
    return "";
  }

  private static String remedy(SqlToken token) {
    return KEYWORDS.contains(token.keyword()) ? "" : Suggestions.ofKeyword(token.text(), KEYWORDS);
  }

  private static boolean isBefore(SqlToken token, SqlLines lines, SqlParserPos place) {
    int line = lines.line(token.start());
    return line < place.getLineNum()
        || (line == place.getLineNum() && lines.column(token.start()) < place.getColumnNum());
  }
}
