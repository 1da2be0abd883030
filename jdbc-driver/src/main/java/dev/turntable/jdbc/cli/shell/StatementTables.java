package dev.turntable.jdbc.cli.shell;

import dev.turntable.text.SqlToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The tables that a statement names after FROM, JOIN and INTO, and what they are called in it.
 *
 * @param byAlias their names, with the schema if it is written, by alias in lower case
 */
record StatementTables(Map<String, String> byAlias) {
  static StatementTables of(List<SqlToken> tokens) {
    Map<String, String> found = new LinkedHashMap<>();
    boolean expected = false;
    boolean list = false;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (token.isWord(SqlWords.BEFORE_TABLES)) {
        expected = true;
        list = true;
      } else if (token.isWord(SqlWords.CLAUSES)) {
        expected = false;
        list = false;
      } else if (token.isSign(",") && list) {
        expected = true;
      } else if (expected && token.isName()) {
        String name = token.value();
        while (i + 2 < tokens.size()
            && tokens.get(i + 1).isSign(".")
            && tokens.get(i + 2).isName()) {
          name += "." + tokens.get(i + 2).value();
          i += 2;
        }
        String alias = name.substring(name.lastIndexOf('.') + 1);
        if (i + 1 < tokens.size() && tokens.get(i + 1).isWord("AS")) {
          i++;
        }
        if (i + 1 < tokens.size() && isAlias(tokens.get(i + 1))) {
          alias = tokens.get(++i).value();
        }
        found.put(alias.toLowerCase(Locale.ROOT), name);
        expected = false;
      } else {
        expected = false;
      }
    }
    return new StatementTables(found);
  }

  private static boolean isAlias(SqlToken token) {
    return token.isName()
        && !token.isWord(SqlWords.KEYWORDS)
        && !token.isWord(SqlWords.CLAUSES)
        && !token.isWord(SqlWords.BEFORE_TABLES);
  }
}
