package dev.turntable.plan.statement;

import dev.turntable.plan.scan.SourceTable;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import dev.turntable.text.TokenReader;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SHOW and DESCRIBE: they become queries on {@code information_schema}. */
final class ShowSql {
  private ShowSql() {}

  /**
   * Returns the query that answers a SHOW or DESCRIBE, or null if it is another statement.
   *
   * @throws TurntableException if it shows what there is not
   */
  static @Nullable String query(SqlStatement statement, String schema, QueryPlanner planner) {
    TokenReader reader = new TokenReader(statement.tokens());
    if (reader.takeWord("DESC") || reader.takeWord("DESCRIBE")) {
      return columns(reader, schema, planner);
    }
    if (!reader.takeWord("SHOW")) {
      return null;
    }
    String query = null;
    if (reader.takeWord("SCHEMAS") || reader.takeWord("DATABASES")) {
      query = schemas(reader);
    } else {
      reader.takeWord("FULL");
      if (reader.takeWord("TABLES")) {
        query = tables(reader, schema, planner);
      } else if (reader.takeWord("COLUMNS") && takesFrom(reader)) {
        query = columns(reader, schema, planner);
      }
    }
    if (query == null) {
      throw new TurntableException(
          ErrorKind.UNSUPPORTED,
          "there is SHOW TABLES, SHOW SCHEMAS, SHOW COLUMNS FROM a table and DESCRIBE a table, not "
              + statement.tokens().stream()
                  .map(SqlToken::text)
                  .limit(8)
                  .collect(Collectors.joining(" "))
                  .toUpperCase(Locale.ROOT));
    }
    return query;
  }

  private static boolean takesFrom(TokenReader reader) {
    return reader.takeWord("FROM") || reader.takeWord("IN");
  }

  private static @Nullable String schemas(TokenReader reader) {
    String like = like(reader, "schema_name");
    return like == null || !reader.atEnd()
        ? null
        : "SELECT schema_name FROM information_schema.schemata WHERE TRUE"
            + like
            + " ORDER BY schema_name";
  }

  private static @Nullable String tables(TokenReader reader, String schema, QueryPlanner planner) {
    String from = takesFrom(reader) ? reader.takeName() : schema;
    String like = like(reader, "table_name");
    return from == null || like == null || !reader.atEnd()
        ? null
        : "SELECT table_name, table_type, remarks FROM information_schema.tables"
            + " WHERE table_schema = "
            + literal(planner.schemaName(from))
            + like
            + " ORDER BY table_name";
  }

  /** Returns the condition of an optional LIKE, or null if no text follows it. */
  private static @Nullable String like(TokenReader reader, String column) {
    if (!reader.takeWord("LIKE")) {
      return "";
    }
    String pattern = reader.takeValue(Kind.TEXT);
    return pattern == null ? null : " AND " + column + " LIKE " + literal(pattern);
  }

  private static @Nullable String columns(TokenReader reader, String schema, QueryPlanner planner) {
    reader.takeWord("TABLE");
    String name = reader.takeName();
    String from = null;
    if (name != null && reader.takeSign(".")) {
      from = name;
      name = reader.takeName();
    }
    String given = takesFrom(reader) ? reader.takeName() : null;
    if (name == null || !reader.atEnd()) {
      return null;
    }
    from = from == null ? given : from;
    from = from == null ? schema : from;
    SourceTable table = planner.table(List.of(from, name), from);
    return "SELECT column_name, data_type, is_nullable, remarks FROM information_schema.columns"
        + " WHERE table_schema = "
        + literal(table.schema())
        + " AND table_name = "
        + literal(table.definition().name())
        + " ORDER BY ordinal_position";
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
