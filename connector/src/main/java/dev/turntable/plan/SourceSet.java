package dev.turntable.plan;

import dev.turntable.config.ConnectionConfig;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.calcite.jdbc.CalciteSchema;

/** The opened sources of a connection and their schemas. */
final class SourceSet implements AutoCloseable {
  /** The statement that is planned in this thread: Calcite asks for tables with none at hand. */
  private static final ThreadLocal<StatementScope> PLANNED = new ThreadLocal<>();

  private final ConnectionScope connection;
  private final List<TaskSource> sources = new ArrayList<>();
  private final Map<String, SourceCatalogSchema> schemas = new LinkedHashMap<>();

  private SourceSet(ConnectionScope connection) {
    this.connection = connection;
  }

  static SourceSet open(ConnectionConfig config) {
    SourceSet set = new SourceSet(new ConnectionScope(config.limits()));
    try {
      for (ConnectionConfig.ConfiguredSource source : config.sources()) {
        TaskSource opened = source.provider().open(source.config(), set.connection);
        set.sources.add(opened);
        opened.schemas().forEach(set::add);
      }
      set.add(SystemTables.schema(set.connection, config.effective()));
      return set;
    } catch (RuntimeException | Error e) {
      set.close();
      throw e;
    }
  }

  /** Schemas of no source. */
  static SourceSet of(ConnectionScope connection, List<SourceSchema> schemas) {
    SourceSet set = new SourceSet(connection);
    schemas.forEach(set::add);
    return set;
  }

  private void add(SourceSchema schema) {
    schemas.put(schema.name(), new SourceCatalogSchema(schema, this::catalogScope));
  }

  /** What a statement loads while it is planned ends with it, but is not counted as its own. */
  private StatementScope catalogScope() {
    StatementScope statement = PLANNED.get();
    if (statement == null) {
      return connection.statement("", Duration.ZERO);
    }
    StatementScope scope = connection.statement("", Duration.ZERO);
    scope.endWith(statement);
    return scope;
  }

  /** Runs the planning of a statement in this thread. */
  <V> V planning(StatementScope statement, Supplier<V> action) {
    PLANNED.set(statement);
    try {
      return action.get();
    } finally {
      PLANNED.remove();
    }
  }

  ConnectionScope connection() {
    return connection;
  }

  List<TaskSource> sources() {
    return sources;
  }

  /** Returns the schemas by name, in the order of the URL, the system schema last. */
  Map<String, SourceCatalogSchema> schemas() {
    return schemas;
  }

  /** Returns a new Calcite root with all schemas, and the one that describes them. */
  CalciteSchema root() {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    schemas.forEach(root::add);
    root.add(
        InformationSchema.NAME,
        new SourceCatalogSchema(
            InformationSchema.schema(new CatalogView(this)), this::catalogScope));
    return root;
  }

  @Override
  public void close() {
    sources.forEach(TaskSource::close);
    connection.close();
  }
}
