package dev.turntable.plan;

import com.google.common.base.Suppliers;
import dev.turntable.engine.PreparedSql;
import dev.turntable.eval.CalciteThread;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The plans of one connection, by schema and text. What is not known is planned on the shortest way: a
 * plain query by itself, one whose values alone are new by the plan of its template, all else by
 * Calcite. Safe for use by several threads, two of which may make the same plan.
 */
final class PlanCache {
  private static final int KEPT = 500;

  /** Reading the tokens of a longer text is worth a thread that can be left. */
  private static final int LONG_TEXT = 20_000;

  private final SourceSet sources;
  private final boolean shortcuts;
  private final Supplier<StatementPlanner> planner;
  private final Map<String, PreparedSql> plans = Collections.synchronizedMap(new Latest<>());

  /** Empty for a template whose plan cannot be shared. */
  private final Map<String, Optional<QuerySql>> templates =
      Collections.synchronizedMap(new Latest<>());

  /**
   * @param road what runs the statements; only with operators are there short ways
   */
  PlanCache(SourceSet sources, Road road) {
    this.sources = sources;
    this.shortcuts = road == Road.OPERATORS;
    this.planner =
        Suppliers.memoize(
            () -> {
              WarmUp.awaitPlanner();
              return new StatementPlanner(sources, road);
            });
  }

  /** What was used last. */
  private static final class Latest<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;

    Latest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > KEPT;
    }
  }

  /**
   * Returns the plan of a statement.
   *
   * @param schema the schema of unqualified names
   * @param scope the statement, for what loading a schema sends
   */
  PreparedSql plan(String sql, String schema, StatementScope scope) {
    String key = schema + '\n' + sql;
    PreparedSql known = plans.get(key);
    if (known == null) {
      Supplier<PreparedSql> make = () -> make(sql, schema, scope);
      known =
          sql.length() > LONG_TEXT
              ? sources.planningElsewhere(scope, make)
              : sources.planning(scope, make);
      plans.put(key, known);
    }
    return known;
  }

  private PreparedSql make(String sql, String schema, StatementScope scope) {
    SqlStatement statement = SqlStatement.of(sql);
    PreparedSql plan = shortcuts ? PlainQuery.of(statement, schema, sources.tables()) : null;
    if (plan == null && shortcuts) {
      plan = byTemplate(statement, schema, scope);
    }
    return plan == null ? byCalcite(statement, schema, scope) : plan;
  }

  private PreparedSql byCalcite(SqlStatement statement, String schema, StatementScope scope) {
    return sources.planningElsewhere(
        scope, () -> CalciteThread.planning(() -> planner.get().prepare(statement, schema)));
  }

  private @Nullable PreparedSql byTemplate(
      SqlStatement statement, String schema, StatementScope scope) {
    Template template = Template.of(statement);
    if (template == null) {
      return null;
    }
    String key = schema + '\n' + template.sql();
    Optional<QuerySql> plan = templates.get(key);
    if (plan == null) {
      plan = shareable(template.sql(), schema, scope);
      templates.put(key, plan);
    }
    return plan.map(query -> TemplateQuery.of(query, template.values())).orElse(null);
  }

  private Optional<QuerySql> shareable(String sql, String schema, StatementScope scope) {
    try {
      return byCalcite(SqlStatement.of(sql), schema, scope) instanceof QuerySql query
              && TemplateQuery.isShareable(query)
          ? Optional.of(query)
          : Optional.empty();
    } catch (TurntableException e) {
      scope.ensureOpen();
      return Optional.empty(); // what is wrong, planning the statement itself says in its own words
    }
  }
}
