package dev.turntable.jdbc;

import dev.turntable.engine.Catalog;
import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.jdbc.error.Warnings;
import dev.turntable.jdbc.meta.MetaSource;
import dev.turntable.jdbc.meta.TurntableMetaData;
import dev.turntable.jdbc.statement.KeyRequest;
import dev.turntable.jdbc.statement.Session;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.lang.ref.Cleaner;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One connection over one engine. Safe for use by several threads. */
final class TurntableConnection implements ConnectionDefaults, Session, MetaSource {
  private final Engine engine;
  private final ConnectionSettings settings = new ConnectionSettings();
  private final ConnectionInfo info;
  private final Warnings warnings = new Warnings();
  private final OpenStatements statements = new OpenStatements(this, warnings::add);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Cleaner.Cleanable end;
  private final Validity validity;
  private volatile String schema;
  private volatile boolean readOnly;
  private volatile boolean rowsAsWritten;

  TurntableConnection(Engine engine, ConnectionInfo info) {
    this.engine = engine;
    this.info = info;
    this.validity = new Validity(engine);
    this.schema = engine.defaultSchema();
    info.warnings().forEach(warnings::add);
    this.end = ConnectionEnd.with(this, engine, info.onClose());
  }

  /** For tests, which look at its slots and its log. */
  Engine engine() {
    return engine;
  }

  @Override
  public Catalog catalog() throws SQLException {
    ensureOpen();
    return SqlErrors.guard(engine::catalog);
  }

  @Override
  public List<String> functions() throws SQLException {
    ensureOpen();
    return SqlErrors.guard(engine::functions);
  }

  @Override
  public String url() {
    return info.url().get();
  }

  @Override
  public ConnectionSettings settings() {
    return settings;
  }

  @Override
  public @Nullable String noteWrite() {
    return settings.noteWrite();
  }

  @Override
  public boolean givesRowsAsWritten() {
    return rowsAsWritten;
  }

  @Override
  public void giveRowsAsWritten() {
    rowsAsWritten = true;
  }

  @Override
  public void ensureOpen() throws SQLException {
    if (closed.get()) {
      throw SqlErrors.connectionClosed();
    }
  }

  @Override
  public void ensureWritable() throws SQLException {
    if (isReadOnly()) {
      throw SqlErrors.of(
          ErrorKind.READ_ONLY, "the connection is read-only; nothing was sent to the service");
    }
  }

  @Override
  public StatementScope newScope(@Nullable String sql, Duration timeout) {
    if (sql == null) {
      throw new TurntableException(ErrorKind.SYNTAX, "there is no statement");
    }
    return engine.newStatement(sql, timeout);
  }

  @Override
  public PreparedSql prepare(String sql, StatementScope scope) {
    return engine.prepare(sql, schema, scope);
  }

  @Override
  public void forget(Statement statement) {
    statements.forget(statement);
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    return statements.create(type, concurrency);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    return statements.prepare(sql, type, concurrency);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int flag) throws SQLException {
    return statements.prepare(sql, KeyRequest.of(flag));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int @Nullable [] columns)
      throws SQLException {
    return statements.prepare(sql, KeyRequest.of(columns));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String @Nullable [] columns)
      throws SQLException {
    return statements.prepare(sql, KeyRequest.of(columns));
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    ensureOpen();
    return new TurntableMetaData(this);
  }

  @Override
  public boolean isValid(int seconds) throws SQLException {
    if (seconds < 0) {
      throw SqlErrors.badValue("the timeout must not be negative");
    }
    if (closed.get()) {
      return false;
    }
    return validity.within(seconds);
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    ensureOpen();
    return readOnly || info.readOnly();
  }

  @Override
  public void setReadOnly(boolean newReadOnly) throws SQLException {
    ensureOpen();
    readOnly = newReadOnly;
  }

  @Override
  public String getSchema() throws SQLException {
    ensureOpen();
    return schema;
  }

  @Override
  public void setSchema(@Nullable String name) throws SQLException {
    ensureOpen();
    if (name == null || name.isEmpty()) {
      schema = engine.defaultSchema();
      return;
    }
    if (!useSchema(name)) {
      throw SqlErrors.badValue(noSchema(name));
    }
  }

  @Override
  public boolean useSchema(String name) throws SQLException {
    List<String> known = schemas();
    Optional<String> found =
        known.stream()
            .filter(name::equals)
            .findFirst()
            .or(() -> known.stream().filter(name::equalsIgnoreCase).findFirst());
    found.ifPresent(one -> schema = one);
    return found.isPresent();
  }

  private List<String> schemas() throws SQLException {
    return SqlErrors.guard(() -> engine.catalog().schemas());
  }

  @Override
  public String noSchema(String name) throws SQLException {
    return "there is no schema " + name + "; known are " + String.join(", ", schemas());
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    ensureOpen();
    return Math.toIntExact(engine.connection().networkTimeout().toMillis());
  }

  /** Bounds every attempt of a request, beside {@code requestTimeout} and {@code runTimeout}. */
  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
    ensureOpen();
    if (milliseconds < 0) {
      throw SqlErrors.badValue("the network timeout must not be negative");
    }
    engine.connection().setNetworkTimeout(Duration.ofMillis(milliseconds));
  }

  @Override
  public void warn(String text) {
    warnings.add(text);
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    ensureOpen();
    return warnings.first();
  }

  @Override
  public void clearWarnings() throws SQLException {
    ensureOpen();
    warnings.clear();
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public void close() throws SQLException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    SqlErrors.run(
        () -> {
          engine.connection().endAll();
          try {
            statements.closeAll();
          } finally {
            end.clean();
          }
        });
  }

  @Override
  public void abort(@Nullable Executor executor) throws SQLException {
    if (executor == null) {
      throw SqlErrors.badValue("abort takes no null");
    }
    close();
  }
}
