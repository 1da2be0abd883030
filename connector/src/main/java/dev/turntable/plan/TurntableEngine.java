package dev.turntable.plan;

import dev.turntable.config.ConnectionConfig;
import dev.turntable.engine.Catalog;
import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.plan.cache.PlanCache;
import dev.turntable.plan.catalog.CatalogView;
import dev.turntable.plan.catalog.SourceSet;
import dev.turntable.plan.start.StartUp;
import dev.turntable.plan.statement.StatementPlanner;
import dev.turntable.plan.syntax.Operators;
import dev.turntable.plan.type.ExecutionMode;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskSource;
import dev.turntable.store.Store;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engine over the sources of one connection. */
final class TurntableEngine implements Engine {
  private final SourceSet sources;
  private final String defaultSchema;
  private final PlanCache plans;

  private TurntableEngine(SourceSet sources, String defaultSchema, ExecutionMode mode) {
    this.sources = sources;
    this.defaultSchema = defaultSchema;
    this.plans = new PlanCache(sources, () -> planner(sources, mode), mode);
  }

  private static StatementPlanner planner(SourceSet sources, ExecutionMode mode) {
    StartUp.awaitPlanner();
    return new StatementPlanner(sources, mode);
  }

  static Engine open(ConnectionConfig config, ExecutionMode mode) {
    StartUp.awaitRequests();
    SourceSet sources = SourceSet.open(config);
    return new TurntableEngine(sources, sources.tables().keySet().iterator().next(), mode);
  }

  @Override
  public PreparedSql prepare(String sql, String schema, StatementScope scope) {
    return plans.plan(sql, schema, scope);
  }

  @Override
  public Catalog catalog() {
    return new CatalogView(sources.tables());
  }

  @Override
  public List<String> functions() {
    return Operators.names().stream().sorted().toList();
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
  public @Nullable Store store() {
    return sources.store();
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
    plans.close();
  }
}
