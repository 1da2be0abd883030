package dev.turntable.jdbc.cli.shell;

import dev.turntable.engine.Catalog.TableInfo;
import dev.turntable.text.SqlLexer;
import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jline.reader.Candidate;

/** Completes SQL: tables where one is due, else columns of the statement's tables and functions. */
final class SqlCompletion {
  private final CatalogNames names;

  SqlCompletion(CatalogNames names) {
    this.names = names;
  }

  /**
   * Adds what may stand at a place.
   *
   * @param text all that is typed
   * @param start where the word begins that is to be completed
   * @param word what there is of it
   */
  void add(String text, int start, String word, List<Candidate> candidates) throws SQLException {
    List<SqlToken> before = statement(tokens(text.substring(0, start)));
    int at = before.size() - 1;
    if (at < 0) {
      keywords(SqlWords.BEGINNINGS, word, candidates);
    } else if (before.get(at).isSign(".")) {
      if (at > 0 && before.get(at - 1).isName()) {
        members(
            before.get(at - 1).value(),
            whole(before, text.substring(start + word.length())),
            candidates);
      }
    } else if (isTableDue(before)) {
      tables(candidates);
    } else {
      expressions(whole(before, text.substring(start + word.length())), word, candidates);
    }
  }

  private static List<SqlToken> tokens(String text) {
    return SqlLexer.tokens(text).stream().filter(token -> token.kind() != Kind.COMMENT).toList();
  }

  /** Returns the tokens behind the last semicolon. */
  private static List<SqlToken> statement(List<SqlToken> tokens) {
    for (int i = tokens.size() - 1; i >= 0; i--) {
      if (tokens.get(i).isSign(";")) {
        return tokens.subList(i + 1, tokens.size());
      }
    }
    return tokens;
  }

  /** Returns the tables of the statement, those behind the cursor too. */
  private static StatementTables whole(List<SqlToken> before, String after) {
    List<SqlToken> all = new ArrayList<>(before);
    for (SqlToken token : tokens(after)) {
      if (token.isSign(";")) {
        break;
      }
      all.add(token);
    }
    return StatementTables.of(all);
  }

  private static boolean isTableDue(List<SqlToken> before) {
    SqlToken last = before.get(before.size() - 1);
    if (last.isWord(SqlWords.BEFORE_TABLES)) {
      return true;
    }
    if (!last.isSign(",")) {
      return false;
    }
    int depth = 0;
    for (int i = before.size() - 1; i >= 0; i--) {
      SqlToken token = before.get(i);
      depth += token.isSign(")") ? 1 : token.isSign("(") ? -1 : 0;
      if (depth < 0) {
        return false;
      }
      if (depth == 0 && token.isWord("FROM")) {
        return true;
      }
      if (depth == 0 && token.isWord(SqlWords.CLAUSES)) {
        return false;
      }
    }
    return false;
  }

  private void tables(List<Candidate> candidates) {
    for (TableInfo table : names.tables()) {
      candidates.add(name(table.name(), "tables"));
    }
    for (String schema : names.schemas()) {
      candidates.add(
          new Candidate(quoted(schema) + ".", schema + ".", "schemas", null, null, null, false));
    }
  }

  /** Adds what stands behind a point: the tables of a schema, the columns of a table. */
  private void members(String owner, StatementTables tables, List<Candidate> candidates) {
    String table = tables.byAlias().get(owner.toLowerCase(Locale.ROOT));
    if (table != null) {
      names.columns(table).forEach(each -> candidates.add(name(each, "columns")));
    }
    for (TableInfo each : names.tables(owner)) {
      candidates.add(name(each.name(), "tables"));
    }
    if (candidates.isEmpty() && !names.isSchema(owner)) {
      // An alias whose table is not written yet.
      someColumns().forEach(each -> candidates.add(name(each, "columns")));
    }
  }

  private void expressions(StatementTables tables, String word, List<Candidate> candidates)
      throws SQLException {
    Set<String> columns = new LinkedHashSet<>();
    tables.byAlias().values().forEach(table -> columns.addAll(names.columns(table)));
    if (columns.isEmpty()) {
      columns.addAll(someColumns());
    }
    columns.forEach(each -> candidates.add(name(each, "columns")));
    tables
        .byAlias()
        .keySet()
        .forEach(
            alias ->
                candidates.add(
                    new Candidate(alias + ".", alias + ".", "tables", null, null, null, false)));
    if (!word.isEmpty()) {
      for (String function : names.functions()) {
        String shown = cased(function, word) + "(";
        candidates.add(new Candidate(shown, shown, "functions", null, null, null, false));
      }
      keywords(SqlWords.KEYWORDS, word, candidates);
    }
  }

  /** Returns the columns that a statement may mean whose tables are not written yet. */
  private Set<String> someColumns() {
    Set<String> columns = new LinkedHashSet<>();
    for (TableInfo table : names.tables()) {
      table.columns().forEach(each -> columns.add(each.info().name()));
    }
    return columns;
  }

  private static void keywords(Iterable<String> keywords, String word, List<Candidate> candidates) {
    for (String keyword : keywords) {
      String shown = cased(keyword, word);
      candidates.add(new Candidate(shown, shown, "keywords", null, null, null, true));
    }
  }

  /** Returns a keyword in the case in which the user types. */
  private static String cased(String keyword, String word) {
    boolean lower = !word.isEmpty() && word.equals(word.toLowerCase(Locale.ROOT));
    return lower ? keyword.toLowerCase(Locale.ROOT) : keyword;
  }

  private static Candidate name(String name, String group) {
    String value = quoted(name);
    return new Candidate(value, value, group, null, null, null, true);
  }

  private static String quoted(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
