package dev.turntable.jdbc.result;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The statement that gave rows, as far as they ask. */
public interface RowsOwner extends Statement {
  /** Throws if the connection is closed. */
  void ensureConnected() throws SQLException;

  @Override
  int getFetchSize();

  /** Called when rows of it were closed. */
  void closed(ResultSet rows) throws SQLException;
}
