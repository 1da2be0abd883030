package dev.turntable.jdbc.cli.shell;

import java.util.List;
import java.util.Set;

/** The words of SQL that are coloured and completed: those that people type, not all there are. */
final class SqlWords {
  /** What statements begin with. */
  static final List<String> BEGINNINGS =
      List.of(
          "SELECT",
          "WITH",
          "INSERT INTO",
          "DELETE FROM",
          "EXPLAIN",
          "DESCRIBE",
          "SHOW TABLES",
          "SHOW SCHEMAS",
          "VALUES",
          "USE");

  /** What a table follows. */
  static final Set<String> BEFORE_TABLES =
      Set.of("FROM", "JOIN", "INTO", "DESCRIBE", "DESC", "TABLE", "ONLY");

  /** What ends a list of tables. */
  static final Set<String> CLAUSES =
      Set.of(
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP",
          "HAVING",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "ON",
          "USING",
          "VALUES",
          "WINDOW",
          "QUALIFY",
          "UNION",
          "INTERSECT",
          "EXCEPT",
          "SET",
          "RETURNING");

  static final Set<String> KEYWORDS =
      Set.of(
          "ALL",
          "AND",
          "ANY",
          "AS",
          "ASC",
          "BETWEEN",
          "BY",
          "CASE",
          "CAST",
          "CROSS",
          "DELETE",
          "DESC",
          "DESCRIBE",
          "DISTINCT",
          "ELSE",
          "END",
          "ESCAPE",
          "EXCEPT",
          "EXISTS",
          "EXPLAIN",
          "EXTRACT",
          "FALSE",
          "FETCH",
          "FILTER",
          "FIRST",
          "FOR",
          "FROM",
          "FULL",
          "GROUP",
          "HAVING",
          "ILIKE",
          "IN",
          "INNER",
          "INSERT",
          "INTERSECT",
          "INTERVAL",
          "INTO",
          "IS",
          "JOIN",
          "LAST",
          "LATERAL",
          "LEFT",
          "LIKE",
          "LIMIT",
          "NATURAL",
          "NEXT",
          "NOT",
          "NULL",
          "NULLS",
          "OFFSET",
          "ON",
          "ONLY",
          "OR",
          "ORDER",
          "OUTER",
          "OVER",
          "PARTITION",
          "PLAN",
          "QUALIFY",
          "RECURSIVE",
          "RETURNING",
          "RIGHT",
          "ROWS",
          "SELECT",
          "SHOW",
          "TABLE",
          "THEN",
          "TRUE",
          "UNION",
          "USING",
          "VALUES",
          "WHEN",
          "WHERE",
          "WINDOW",
          "WITH",
          "WITHIN");

  private SqlWords() {}
}
