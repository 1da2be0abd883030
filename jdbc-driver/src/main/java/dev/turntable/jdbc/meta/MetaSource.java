package dev.turntable.jdbc.meta;

import dev.turntable.engine.Catalog;
import java.sql.Connection;
import java.sql.SQLException;

/** The connection, as far as its metadata ask. */
public interface MetaSource extends Connection {
  /** Throws if the connection is closed. */
  void ensureOpen() throws SQLException;

  /** Returns the tables that there are; throws if the connection is closed. */
  Catalog catalog() throws SQLException;

  /** Returns the URL that it was opened with, without secrets. */
  String url();
}
