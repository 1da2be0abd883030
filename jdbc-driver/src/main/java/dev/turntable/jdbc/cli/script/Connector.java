package dev.turntable.jdbc.cli.script;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections, with what options and profile say besides the URL. */
public interface Connector {
  /**
   * Opens a connection. Sends nothing.
   *
   * @throws SQLException if the URL or a property cannot be used
   */
  Connection connect(String url) throws SQLException;
}
