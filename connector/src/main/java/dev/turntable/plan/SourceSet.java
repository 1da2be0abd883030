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
import org.apache.calcite.jdbc.CalciteSchema;

/** The opened sources of a connection and their schemas. */
final class SourceSet implements AutoCloseable {
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

  private StatementScope catalogScope() {
    return connection.statement("", Duration.ZERO);
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

  /** Returns a new Calcite root with all schemas. */
  CalciteSchema root() {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    schemas.forEach(root::add);
    return root;
  }

  @Override
  public void close() {
    sources.forEach(TaskSource::close);
    connection.close();
  }
}
