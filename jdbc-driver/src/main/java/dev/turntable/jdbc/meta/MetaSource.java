package dev.turntable.jdbc.meta;

import dev.turntable.engine.Catalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The connection, as far as its metadata ask. */
public interface MetaSource extends Connection {
  /** Throws if the connection is closed. */
  void ensureOpen() throws SQLException;

  /** Returns the tables that there are; throws if the connection is closed. */
  Catalog catalog() throws SQLException;

  /** Returns the names of the functions of SQL, in order; throws if the connection is closed. */
  List<String> functions() throws SQLException;

  /** Returns the URL that it was opened with, without secrets. */
  String url();
}
