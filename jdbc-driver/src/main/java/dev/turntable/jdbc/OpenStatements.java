package dev.turntable.jdbc;

import dev.turntable.engine.PreparedSql;
import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.jdbc.statement.KeyRequest;
import dev.turntable.jdbc.statement.Session;
import dev.turntable.jdbc.statement.TurntablePreparedStatement;
import dev.turntable.jdbc.statement.TurntableStatement;
import dev.turntable.source.StatementScope;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;

/**
 * The statements of a connection: makes them, and closes with it those that are still open. Does not
 * keep alive what a caller has dropped. Safe for use by several threads.
 */
final class OpenStatements {
  private final Session session;
  private final Consumer<String> warn;
  private final Set<TurntableStatement> open =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /**
   * @param warn is told what a caller gets instead of what it asked for
   */
  OpenStatements(Session session, Consumer<String> warn) {
    this.session = session;
    this.warn = warn;
  }

  Statement create(int type, int concurrency) throws SQLException {
    return track(new TurntableStatement(session, scrollable(type, concurrency)));
  }

  PreparedStatement prepare(String sql, int type, int concurrency) throws SQLException {
    return prepare(sql, scrollable(type, concurrency), KeyRequest.NONE);
  }

  /** Prepares a statement that gives the keys of the rows that it inserts. */
  PreparedStatement prepare(String sql, KeyRequest keys) throws SQLException {
    return prepare(sql, false, keys);
  }

  private PreparedStatement prepare(String sql, boolean scrollable, KeyRequest keys)
      throws SQLException {
    session.ensureOpen();
    PreparedSql prepared =
        SqlErrors.guard(
            () -> {
              try (StatementScope scope = session.newScope(sql, Duration.ZERO)) {
                return session.prepare(sql, scope);
              }
            });
    return track(new TurntablePreparedStatement(session, scrollable, sql, prepared, keys));
  }

  /** Returns whether a result of such a type scrolls; what cannot be had is replaced and said. */
  private boolean scrollable(int type, int concurrency) throws SQLException {
    session.ensureOpen();
    if (concurrency == ResultSet.CONCUR_UPDATABLE) {
      warn.accept("results cannot be updated; the statement gives read-only ones");
    } else if (concurrency != ResultSet.CONCUR_READ_ONLY) {
      throw SqlErrors.badValue("there is no result set concurrency " + concurrency);
    }
    return switch (type) {
      case ResultSet.TYPE_FORWARD_ONLY -> false;
      case ResultSet.TYPE_SCROLL_INSENSITIVE -> true;
      case ResultSet.TYPE_SCROLL_SENSITIVE -> {
        warn.accept("results do not follow changes; the statement gives insensitive ones");
        yield true;
      }
      default -> throw SqlErrors.badValue("there is no result set type " + type);
    };
  }

  private <S extends TurntableStatement> S track(S statement) throws SQLException {
    open.add(statement);
    if (session.isClosed()) {
      statement.close();
      throw SqlErrors.connectionClosed();
    }
    return statement;
  }

  void forget(Statement statement) {
    open.remove(statement);
  }

  void closeAll() throws SQLException {
    List<TurntableStatement> left;
    synchronized (open) {
      left = new ArrayList<>(open);
    }
    for (TurntableStatement statement : left) {
      statement.close();
    }
  }
}
