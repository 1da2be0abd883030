package dev.turntable.jdbc.statement;

import dev.turntable.engine.PreparedSql;
import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.source.ErrorKind;
import java.sql.SQLException;

/** What the caller of an execute method expects of the statement. */
enum ExpectedResult {
  ANY,
  ROWS,
  COUNT;

  /** Checks that a statement gives that, before anything is sent. */
  void check(PreparedSql prepared) throws SQLException {
    boolean query = prepared.kind() == PreparedSql.Kind.QUERY;
    if (prepared.kind() == PreparedSql.Kind.RETURNING) {
      return; // it gives both
    }
    if (this == ROWS && !query) {
      throw SqlErrors.of(
          ErrorKind.INVALID_STATEMENT, "the statement gives no rows; use execute or executeUpdate");
    }
    if (this == COUNT && query) {
      throw SqlErrors.of(
          ErrorKind.INVALID_STATEMENT, "the statement gives rows; use execute or executeQuery");
    }
  }
}
