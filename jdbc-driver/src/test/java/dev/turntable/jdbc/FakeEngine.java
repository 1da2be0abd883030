package dev.turntable.jdbc;

import dev.turntable.engine.Catalog;
import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.engine.UpdateResult;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ForeignKey;
import dev.turntable.source.StatementScope;
import java.sql.JDBCType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * An engine of fixed rows, for what the java.sql classes do by themselves. The text decides: {@code
 * rows}, {@code write}, {@code nothing}, {@code wait} (until cancelled), or what {@link #failure} is
 * set to.
 */
@NullMarked
final class FakeEngine implements Engine {
  final ConnectionScope scope = new ConnectionScope(ConnectionLimits.DEFAULT);
  final AtomicInteger validations = new AtomicInteger();
  final AtomicInteger lazyLoads = new AtomicInteger();
  final List<List<? extends @Nullable Object>> bound = new ArrayList<>();
  List<ColumnInfo> columns =
      List.of(column("ID", JDBCType.BIGINT), column("name", JDBCType.VARCHAR));
  List<@Nullable Object[]> rows = new ArrayList<>();
  int parameterCount;
  long lastMaxRows = -1;
  boolean valid = true;
  boolean closed;
  @Nullable Throwable failure;
  int failAtRow = -1;
  UpdateResult update = new UpdateResult(List.of(1L), List.of(), List.of());

  FakeEngine() {
    rows.add(new @Nullable Object[] {1L, "one"});
    rows.add(new @Nullable Object[] {2L, null});
    rows.add(new @Nullable Object[] {3L, "three"});
  }

  static ColumnInfo column(String name, JDBCType type) {
    ColumnInfo.Origin origin =
        new ColumnInfo.Origin("handinger", "tasks", name, name.equals("name"));
    return new ColumnInfo(name, origin, type, 0, 0, true);
  }

  TurntableConnection connect() {
    return new TurntableConnection(
        this, new ConnectionInfo(() -> "jdbc:turntable:fake", false, List.of("beware"), () -> {}));
  }

  private void fail() {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  @Override
  public PreparedSql prepare(String sql, String schema, StatementScope statement) {
    if (sql.startsWith("bad")) {
      fail();
    }
    return new Prepared(sql);
  }

  private final class Prepared implements PreparedSql {
    private final String sql;

    Prepared(String sql) {
      this.sql = sql;
    }

    @Override
    public Kind kind() {
      return sql.startsWith("write")
          ? Kind.UPDATE
          : sql.startsWith("nothing") ? Kind.NOTHING : Kind.QUERY;
    }

    @Override
    public List<ColumnInfo> columns() {
      return kind() == Kind.QUERY ? columns : List.of();
    }

    @Override
    public List<ColumnInfo> parameters() {
      List<ColumnInfo> all = new ArrayList<>();
      for (int i = 0; i < parameterCount; i++) {
        all.add(column("?" + i, JDBCType.VARCHAR));
      }
      return all;
    }

    @Override
    public RowCursor query(
        List<? extends @Nullable Object> parameters, long maxRows, StatementScope statement) {
      bound.add(parameters);
      lastMaxRows = maxRows;
      if (sql.startsWith("wait")) {
        statement.pause(Duration.ofSeconds(60));
      }
      if (failAtRow < 0) {
        fail();
      }
      statement.warn("seen");
      return new Cursor(statement);
    }

    @Override
    public UpdateResult update(
        List<? extends List<? extends @Nullable Object>> parameterSets,
        boolean keysWanted,
        StatementScope statement) {
      bound.addAll(parameterSets);
      fail();
      return update;
    }
  }

  private final class Cursor implements RowCursor {
    private final StatementScope statement;
    private int at = -1;

    Cursor(StatementScope statement) {
      this.statement = statement;
    }

    @Override
    public boolean next() {
      statement.ensureOpen();
      at++;
      if (at == failAtRow) {
        fail();
      }
      return at < rows.size();
    }

    @Override
    public @Nullable Object value(int column) {
      return rows.get(at)[column];
    }

    @Override
    public void close() {
      at = rows.size();
    }
  }

  @Override
  public List<String> functions() {
    return List.of();
  }

  @Override
  public Catalog catalog() {
    return new Catalog() {
      @Override
      public boolean isKnown(String schema) {
        return !isLazy(schema);
      }

      @Override
      public List<String> schemas() {
        return List.of("handinger", "lazy_runs", "turntable");
      }

      @Override
      public boolean isLazy(String schema) {
        return schema.equals("lazy_runs");
      }

      @Override
      public List<TableInfo> tables(String schema) {
        return switch (schema) {
          case "handinger" -> List.of(tasks(), turns());
          case "lazy_runs" -> {
            lazyLoads.incrementAndGet();
            yield List.of(table(schema, "Köln%_1", false, List.of()));
          }
          default -> List.of(table(schema, "requests", true, List.of()));
        };
      }
    };
  }

  private static Catalog.TableInfo tasks() {
    return table("handinger", "tasks", false, List.of());
  }

  private static Catalog.TableInfo turns() {
    ForeignKey key = new ForeignKey(List.of("id"), "handinger", "tasks", List.of("id"));
    return table("handinger", "turns", false, List.of(key));
  }

  private static Catalog.TableInfo table(
      String schema, String name, boolean system, List<ForeignKey> keys) {
    ColumnInfo id =
        new ColumnInfo(
            "id", new ColumnInfo.Origin(schema, name, "id", true), JDBCType.VARCHAR, 0, 0, false);
    ColumnInfo price =
        new ColumnInfo(
            "price",
            new ColumnInfo.Origin(schema, name, "price", false),
            JDBCType.DECIMAL,
            18,
            6,
            true);
    return new Catalog.TableInfo(
        schema,
        name,
        "The " + name + ".",
        List.of(
            new Catalog.CatalogColumn(id, "The id."),
            new Catalog.CatalogColumn(price, "In credits.")),
        new Catalog.Keys(system ? List.of() : List.of("id"), keys),
        system);
  }

  @Override
  public ConnectionScope connection() {
    return scope;
  }

  @Override
  public String defaultSchema() {
    return "handinger";
  }

  @Override
  public StatementScope newStatement(String sql, Duration timeout) {
    return scope.statement(sql, timeout);
  }

  @Override
  public boolean isValid(Duration timeout) {
    validations.incrementAndGet();
    return valid;
  }

  @Override
  public void close() {
    closed = true;
    scope.close();
  }
}
