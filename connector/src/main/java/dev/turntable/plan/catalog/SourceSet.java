package dev.turntable.plan.catalog;

import com.google.common.base.Suppliers;
import dev.turntable.config.CommonProperty;
import dev.turntable.config.ConnectionConfig;
import dev.turntable.config.StoreSettings;
import dev.turntable.plan.type.PlannedStatement;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.CoverageRecord;
import dev.turntable.source.KnownTask;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.RequestLog;
import dev.turntable.source.RequestRecord;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskSource;
import dev.turntable.store.Store;
import dev.turntable.text.SqlLiterals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptRule;
import org.jspecify.annotations.Nullable;

/** The opened sources of a connection and their schemas. */
public final class SourceSet implements AutoCloseable {
  private final ConnectionScope connection;
  private final List<TaskSource> sources = new ArrayList<>();
  private @Nullable Store store;
  private final Map<String, SchemaTables> tables = new LinkedHashMap<>();
  private final Supplier<Map<String, SourceCatalogSchema>> schemas =
      Suppliers.memoize(() -> schemas(List.of()));

  private SourceSet(ConnectionScope connection) {
    this.connection = connection;
  }

  public static SourceSet open(ConnectionConfig config) {
    SourceSet set = new SourceSet(new ConnectionScope(limits(config)));
    try {
      StoreSettings settings = config.store();
      set.store = settings == null ? null : Store.open(settings, SqlLiterals::hidden);
      config.sources().forEach(set::keepSecrets);
      if (set.store != null) {
        set.store.listen(set.connection);
      }
      for (ConnectionConfig.ConfiguredSource source : config.sources()) {
        TaskSource opened = set.opened(source);
        set.sources.add(opened);
        opened.schemas().forEach(set::add);
      }
      set.add(
          SystemTables.schema(
              set.connection, config.effective(), set::sent, set::knownTasks, set::stored));
      return set;
    } catch (RuntimeException | Error e) {
      set.close();
      throw e;
    }
  }

  /** A store knows the age of what it has; answers that are kept beside it would not tell theirs. */
  private static ConnectionLimits limits(ConnectionConfig config) {
    ConnectionLimits limits = config.limits();
    return config.store() == null
        ? limits
        : new ConnectionLimits(
            limits.maxRequests(),
            limits.maxConcurrentRequests(),
            limits.maxConcurrentWrites(),
            Duration.ZERO,
            limits.readOnly());
  }

  private TaskSource opened(ConnectionConfig.ConfiguredSource source) {
    return store == null ? open(source) : store.around(source, connection, this::open);
  }

  private TaskSource open(ConnectionConfig.ConfiguredSource source) {
    return source.provider().open(source.config(), connection);
  }

  /** Those that a source has by itself, it adds by itself. */
  private void keepSecrets(ConnectionConfig.ConfiguredSource source) {
    source.provider().properties().forEach(def -> keepSecret(source, def));
    for (CommonProperty property : CommonProperty.values()) {
      keepSecret(source, property.def());
    }
  }

  private void keepSecret(ConnectionConfig.ConfiguredSource source, PropertyDef def) {
    if (def.secret()) {
      connection.secrets().add(source.config().find(def.name()));
    }
  }

  /** Schemas of no source. */
  public static SourceSet of(ConnectionScope connection, List<SourceSchema> schemas) {
    SourceSet set = new SourceSet(connection);
    schemas.forEach(set::add);
    return set;
  }

  private List<KnownTask> knownTasks() {
    return sources.stream().flatMap(source -> source.knownTasks().stream()).toList();
  }

  private List<RequestRecord> sent(StatementScope statement) {
    if (store != null) {
      return store.requests(connection, statement);
    }
    RequestLog.Kept kept = connection.log().kept();
    if (kept.dropped() > 0) {
      statement.warn(
          "turntable.requests: " + kept.dropped() + " older requests are no longer kept");
    }
    return kept.records();
  }

  private List<CoverageRecord> stored() {
    return store == null ? List.of() : store.coverage();
  }

  private void add(SourceSchema schema) {
    tables.put(schema.name(), new SchemaTables(schema, this::catalogScope));
  }

  /**
   * Returns the schemas as another Calcite sees them, by name, in the order of the URL.
   *
   * @param rules lets its planner push into scans and run them
   */
  public Map<String, SourceCatalogSchema> schemas(List<RelOptRule> rules) {
    Map<String, SourceCatalogSchema> result = new LinkedHashMap<>();
    tables.forEach((name, schema) -> result.put(name, new SourceCatalogSchema(schema, rules)));
    return result;
  }

  /** What a statement loads while it is planned ends with it, but is not counted as its own. */
  private StatementScope catalogScope() {
    StatementScope statement = PlannedStatement.current();
    if (statement == null) {
      return connection.statement("", Duration.ZERO);
    }
    StatementScope scope = connection.statement("", Duration.ZERO);
    scope.endWith(statement);
    return scope;
  }

  public ConnectionScope connection() {
    return connection;
  }

  /** Returns where what is read is kept, or null. */
  public @Nullable Store store() {
    return store;
  }

  public List<TaskSource> sources() {
    return sources;
  }

  /** Returns the schemas by name, in the order of the URL, the system schema last. */
  public Map<String, SchemaTables> tables() {
    return tables;
  }

  /** Returns the schemas as Calcite sees them, by name, in the same order. */
  public Map<String, SourceCatalogSchema> schemas() {
    return schemas.get();
  }

  /** Returns a new Calcite root with all schemas, and the one that describes them. */
  public CalciteSchema root() {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    schemas().forEach(root::add);
    root.add(
        InformationSchema.NAME,
        new SourceCatalogSchema(
            new SchemaTables(InformationSchema.schema(new CatalogView(tables)), this::catalogScope),
            List.of()));
    return root;
  }

  @Override
  public void close() {
    sources.forEach(TaskSource::close);
    connection.close();
    if (store != null) {
      store.close();
    }
  }
}
