package dev.turntable.plan.token;

import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The words RUNNING and FINAL are prefixes in MATCH_RECOGNIZE, and the parser takes them for that
 * everywhere: {@code running IS NULL} would be the column {@code is}. They are quoted, where a name may
 * stand, so that a column of such a name works.
 */
final class PrefixWords {
  private PrefixWords() {}

  static List<SqlToken> quoted(SqlStatement statement) {
    boolean found = statement.hasWord("RUNNING") || statement.hasWord("FINAL");
    if (!found || statement.hasWord("MATCH_RECOGNIZE")) {
      return statement.tokens();
    }
    List<SqlToken> out = new ArrayList<>(statement.tokens().size());
    for (SqlToken token : statement.tokens()) {
      boolean word = token.isWord("RUNNING") || token.isWord("FINAL");
      out.add(word ? token.as(Kind.QUOTED_NAME, '"' + token.text() + '"') : token);
    }
    return out;
  }
}
