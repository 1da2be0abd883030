package dev.turntable.jdbc.statement;

import dev.turntable.engine.PreparedSql;
import dev.turntable.source.StatementScope;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The connection, as far as its statements ask. */
public interface Session extends Connection {
  /** Throws if the connection is closed. */
  void ensureOpen() throws SQLException;

  /** Throws if the connection is read-only. */
  void ensureWritable() throws SQLException;

  /** Told before a write; returns what the statement must warn of, or null. */
  @Nullable String noteWrite();

  /** Begins an execution, which may take so long; zero for no limit. */
  StatementScope newScope(@Nullable String sql, Duration timeout);

  /**
   * Returns whether the rows of RETURNING are given as they are written, and not when all are: then
   * what fails is told by the result.
   */
  boolean givesRowsAsWritten();

  /** From now on gives the rows of RETURNING as they are written. */
  void giveRowsAsWritten();

  /** Plans a statement in the schema that is used. */
  PreparedSql prepare(String sql, StatementScope scope);

  /** Uses a schema, and returns whether there is one of that name. */
  boolean useSchema(String name) throws SQLException;

  /** Returns what to say where there is no such schema. */
  String noSchema(String name) throws SQLException;

  /** Told when a statement was closed. */
  void forget(Statement statement);

  @Override
  boolean isClosed();
}
