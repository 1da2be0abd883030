package dev.turntable.sync;

import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.source.StatementScope;
import dev.turntable.store.sync.StoreSync;
import dev.turntable.store.sync.SyncTable;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statements of one work, one after the other; what each has read is committed before the next
 * begins. The limit of requests is that of all together.
 */
final class Statements {
  private final Engine engine;
  private final StoreSync store;
  private long requests;

  Statements(Engine engine, StoreSync store) {
    this.engine = engine;
    this.store = store;
  }

  /** Returns how many requests were sent by all. */
  long requests() {
    return requests;
  }

  /** Returns how many requests may be in flight. */
  int width() {
    return engine.connection().limits().maxConcurrentRequests();
  }

  private StatementScope open(String sql) {
    StatementScope scope = engine.newStatement(sql, Duration.ZERO);
    scope.countEarlier(requests);
    return scope;
  }

  private void close(StatementScope scope) {
    requests = scope.requestCount();
    scope.close();
  }

  /** Asks the store, which may have to find out first whose rows they are. */
  <V> V ask(Function<StatementScope, V> question) {
    StatementScope scope = open("");
    try {
      return question.apply(scope);
    } finally {
      close(scope);
    }
  }

  /** Reads the rows of a query; {@code rows} may stop it. */
  void read(String sql, List<?> parameters, ReadRows rows) {
    StatementScope scope = open(sql);
    try {
      PreparedSql prepared = engine.prepare(sql, engine.defaultSchema(), scope);
      try (RowCursor cursor = prepared.query(parameters, 0, scope)) {
        rows.read(prepared.columns(), cursor);
      }
      store.commit(scope);
    } finally {
      close(scope);
    }
  }

  /** Returns the name of a table as SQL has it. */
  static String name(SyncTable table) {
    return quoted(table.schema()) + "." + quoted(table.name());
  }

  /** Returns a name as SQL has it in quotes. */
  static String quoted(@Nullable String name) {
    return '"' + String.valueOf(name).replace("\"", "\"\"") + '"';
  }
}
