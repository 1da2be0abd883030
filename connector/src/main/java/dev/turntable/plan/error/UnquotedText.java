package dev.turntable.plan.error;

import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import java.util.List;
import java.util.Set;

/** Notices a text that is written as a name: without quotes, or in those of names. */
final class UnquotedText {
  private static final Set<String> COMPARED = Set.of("=", "<>", "!=", "<", "<=", ">", ">=");
  private static final Set<String> COMPARING_WORDS = Set.of("LIKE", "ILIKE", "BETWEEN", "IN");

  private UnquotedText() {}

  /** Returns the end of a message about an unknown column: that a text may be meant, or nothing. */
  static String remedy(String column, SqlStatement statement) {
    List<SqlToken> tokens = statement.tokens();
    for (int i = 1; i < tokens.size(); i++) {
      SqlToken before = tokens.get(i - 1);
      boolean ends = i + 1 == tokens.size() || !tokens.get(i + 1).isSign(".");
      if (tokens.get(i).isName() && tokens.get(i).value().equals(column) && ends) {
        boolean compared =
            (before.kind() == SqlToken.Kind.SIGN && COMPARED.contains(before.text()))
                || before.isWord(COMPARING_WORDS)
                || (before.isSign("(") && i >= 2 && tokens.get(i - 2).isWord("IN"));
        if (compared) {
          return "; if it is a text, write it in single quotes: '"
              + column.replace("'", "''")
              + "'";
        }
      }
    }
    return "";
  }
}
