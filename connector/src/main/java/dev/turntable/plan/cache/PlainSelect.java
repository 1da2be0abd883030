package dev.turntable.plan.cache;

import dev.turntable.engine.ReservedWords;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import dev.turntable.text.TokenReader;
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
  /** Returns the query that a text is, or null if it is not of this kind. */
  static @Nullable PlainSelect of(SqlStatement statement) {
    try {
      return new Reading(statement.tokens()).select();
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
    private final TokenReader reader;

    Reading(List<SqlToken> tokens) {
      this.reader = new TokenReader(tokens);
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
      check(reader.atEnd());
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
      String quoted = reader.takeValue(SqlToken.Kind.QUOTED_NAME);
      if (quoted != null) {
        return quoted;
      }
      String name = value(SqlToken.Kind.WORD);
      check(!ReservedWords.contains(name));
      return name;
    }

    private Integer number() {
      String digits = value(SqlToken.Kind.NUMBER);
      check(digits.length() <= 9 && digits.chars().allMatch(Character::isDigit));
      return Integer.valueOf(digits);
    }

    private String value(SqlToken.Kind kind) {
      String value = reader.takeValue(kind);
      if (value == null) {
        throw new OtherwiseException();
      }
      return value;
    }

    private boolean takeWord(String word) {
      return reader.takeWord(word);
    }

    private boolean takeSign(String sign) {
      return reader.takeSign(sign);
    }

    private static void check(boolean expected) {
      if (!expected) {
        throw new OtherwiseException();
      }
    }
  }
}
