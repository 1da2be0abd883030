package dev.turntable.plan;

import com.google.common.base.Suppliers;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.turntable.config.ConnectionConfig;
import dev.turntable.engine.Catalog;
import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskSource;
import java.time.Duration;
import java.util.function.Supplier;

/** The engine over the sources of one connection. Prepared statements are kept by text and schema. */
final class TurntableEngine implements Engine {
  private static final int KEPT_PLANS = 500;

  private final SourceSet sources;
  private final String defaultSchema;
  private final Supplier<StatementPlanner> planner;
  private final Cache<PlanKey, PreparedSql> plans =
      CacheBuilder.newBuilder().maximumSize(KEPT_PLANS).build();

  private record PlanKey(String sql, String schema) {}

  private TurntableEngine(SourceSet sources, String defaultSchema, Road road) {
    this.sources = sources;
    this.defaultSchema = defaultSchema;
    this.planner = Suppliers.memoize(() -> planner(sources, road));
  }

  static Engine open(ConnectionConfig config, Road road) {
    WarmUp.start();
    SourceSet sources = SourceSet.open(config);
    return new TurntableEngine(sources, sources.schemas().keySet().iterator().next(), road);
  }

  private static StatementPlanner planner(SourceSet sources, Road road) {
    WarmUp.await();
    return new StatementPlanner(sources, road);
  }

  @Override
  public PreparedSql prepare(String sql, String schema, StatementScope scope) {
    PlanKey key = new PlanKey(sql, schema);
    PreparedSql known = plans.getIfPresent(key);
    if (known == null) {
      known = sources.planning(scope, () -> planner.get().prepare(sql, schema));
      plans.put(key, known);
    }
    return known;
  }

  @Override
  public Catalog catalog() {
    WarmUp.await();
    return new CatalogView(sources);
  }

  @Override
  public ConnectionScope connection() {
    return sources.connection();
  }

  @Override
  public String defaultSchema() {
    return defaultSchema;
  }

  @Override
  public StatementScope newStatement(String sql, Duration timeout) {
    return sources.connection().statement(sql, timeout);
  }

  @Override
  public boolean isValid(Duration timeout) {
    try (StatementScope scope = newStatement("", timeout)) {
      for (TaskSource source : sources.sources()) {
        if (!source.isValid(scope)) {
          return false;
        }
      }
      return true;
    }
  }

  @Override
  public void close() {
    sources.close();
  }
}
