package dev.turntable.sync;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.source.StatementScope;
import dev.turntable.store.sync.StoreSync;
import dev.turntable.store.sync.SyncTable;
import dev.turntable.store.table.TimeSpan;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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

  /** Does something for as many keys at once as requests may be in flight. */
  void inSteps(List<String> keys, Consumer<List<String>> work) {
    for (int from = 0; from < keys.size(); from += width()) {
      work.accept(keys.subList(from, Math.min(from + width(), keys.size())));
    }
  }

  /** Reads rows; need not read all. */
  interface Reader {
    void read(List<ColumnInfo> columns, RowCursor rows);
  }

  /** Reads the rows of a query. */
  void read(String sql, List<?> parameters, Reader rows) {
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

  /**
   * Reads the rows of a span of a history.
   *
   * @param limit what ends the query, or an empty text
   */
  void readSpan(SyncTable history, TimeSpan span, String limit, Reader rows) {
    StringBuilder sql = new StringBuilder("SELECT * FROM ").append(name(history));
    List<LocalDateTime> parameters = new ArrayList<>();
    String time = quoted(history.column());
    if (span.from().isAfter(TimeSpan.ALL.from())) {
      sql.append(" WHERE ").append(time).append(" >= ?");
      parameters.add(LocalDateTime.ofInstant(span.from(), ZoneOffset.UTC));
    }
    if (span.to().isBefore(TimeSpan.ALL.to())) {
      sql.append(parameters.isEmpty() ? " WHERE " : " AND ").append(time).append(" < ?");
      parameters.add(LocalDateTime.ofInstant(span.to(), ZoneOffset.UTC));
    }
    read(sql.append(limit).toString(), parameters, rows);
  }

  /** Returns the name of a table as SQL has it. */
  static String name(SyncTable table) {
    return qualified(table.qualifiedName());
  }

  /** Returns a name {@code schema.table} as SQL has it. */
  static String qualified(String name) {
    int dot = name.indexOf('.');
    return quoted(name.substring(0, dot)) + "." + quoted(name.substring(dot + 1));
  }

  /** Returns a name as SQL has it in quotes. */
  static String quoted(@Nullable String name) {
    return '"' + String.valueOf(name).replace("\"", "\"\"") + '"';
  }
}
