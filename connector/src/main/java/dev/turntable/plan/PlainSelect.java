package dev.turntable.plan;

import dev.turntable.engine.ReservedWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query of the plainest kind: columns, or all, of one table; each column compared with texts at most
 * once, all comparisons joined by AND; a limit. What clients send most, and for a new JVM the
 * difference between reading a row at once and loading Calcite first. Whatever looks any different is
 * none, and goes to Calcite.
 *
 * @param columns the columns in the order of the result; null for all
 * @param schema the schema that the statement names, or null
 * @param table the table
 * @param wanted the texts that a column may have, by column
 * @param limit how many rows at most, or null
 */
record PlainSelect(
    @Nullable List<String> columns,
    @Nullable String schema,
    String table,
    Map<String, List<String>> wanted,
    @Nullable Integer limit) {
  /** Returns the query that a text is, or null if it is none of this kind. */
  static @Nullable PlainSelect of(String sql) {
    List<SqlToken> tokens = SqlToken.of(sql);
    try {
      return tokens == null ? null : new Reading(tokens).select();
    } catch (OtherwiseException e) {
      return null;
    }
  }

  /** Signals that a statement is not of this kind. */
  private static final class OtherwiseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OtherwiseException() {
      super(null, null, false, false);
    }
  }

  /** Reads the tokens one after the other. */
  private static final class Reading {
    private final List<SqlToken> tokens;
    private int at;

    Reading(List<SqlToken> tokens) {
      this.tokens = tokens;
    }

    PlainSelect select() {
      check(takeWord("SELECT"));
      List<String> columns = takeSign("*") ? null : names();
      check(takeWord("FROM"));
      String table = name();
      String schema = null;
      if (takeSign(".")) {
        schema = table;
        table = name();
      }
      Map<String, List<String>> wanted = takeWord("WHERE") ? wanted() : Map.of();
      Integer limit = takeWord("LIMIT") ? number() : null;
      takeSign(";");
      check(at == tokens.size());
      return new PlainSelect(columns, schema, table, wanted, limit);
    }

    private List<String> names() {
      List<String> names = new ArrayList<>();
      do {
        names.add(name());
      } while (takeSign(","));
      return names;
    }

    private Map<String, List<String>> wanted() {
      Map<String, List<String>> wanted = new LinkedHashMap<>();
      do {
        String column = name();
        List<String> texts = new ArrayList<>();
        if (takeSign("=")) {
          texts.add(value(SqlToken.Kind.TEXT));
        } else {
          check(takeWord("IN") && takeSign("("));
          do {
            texts.add(value(SqlToken.Kind.TEXT));
          } while (takeSign(","));
          check(takeSign(")"));
        }
        check(wanted.put(column, texts) == null); // what two say together, Calcite knows
      } while (takeWord("AND"));
      return wanted;
    }

    private String name() {
      if (at < tokens.size() && tokens.get(at).kind() == SqlToken.Kind.QUOTED_NAME) {
        return value(SqlToken.Kind.QUOTED_NAME);
      }
      String name = value(SqlToken.Kind.WORD);
      check(!ReservedWords.contains(name));
      return name;
    }

    private Integer number() {
      String digits = value(SqlToken.Kind.NUMBER);
      check(digits.matches("[0-9]{1,9}"));
      return Integer.valueOf(digits);
    }

    private String value(SqlToken.Kind kind) {
      check(at < tokens.size() && tokens.get(at).kind() == kind);
      return tokens.get(at++).value();
    }

    private boolean takeWord(String word) {
      boolean found = at < tokens.size() && tokens.get(at).isWord(word);
      at += found ? 1 : 0;
      return found;
    }

    private boolean takeSign(String sign) {
      boolean found = at < tokens.size() && tokens.get(at).isSign(sign);
      at += found ? 1 : 0;
      return found;
    }

    private static void check(boolean expected) {
      if (!expected) {
        throw new OtherwiseException();
      }
    }
  }
}
