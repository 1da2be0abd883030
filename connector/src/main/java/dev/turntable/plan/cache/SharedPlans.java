package dev.turntable.plan.cache;

import dev.turntable.engine.PreparedSql;
import dev.turntable.plan.statement.SharedQuery;
import dev.turntable.plan.statement.StatementPlanner;
import dev.turntable.source.StatementScope;
import dev.turntable.text.SqlStatement;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The plans that statements share which differ in some literals, as tools send them by the hundred. The
 * planner says which literals those are, when the first statement of a shape comes.
 */
final class SharedPlans {
  private static final int SIZE_OF_POSITIONS = 256;

  private final BiFunction<StatementScope, Function<StatementPlanner, PreparedSql>, PreparedSql>
      calcite;

  /** Which literals a shape shares its plans over, by their positions. */
  private final KeptPlans<List<Integer>> positions = new KeptPlans<>();

  private final KeptPlans<SharedQuery> plans = new KeptPlans<>();

  /**
   * @param calcite plans, where the statement can be left
   */
  SharedPlans(
      BiFunction<StatementScope, Function<StatementPlanner, PreparedSql>, PreparedSql> calcite) {
    this.calcite = calcite;
  }

  /** Returns the plan of a statement: that of an earlier one, or its own. */
  PreparedSql plan(SqlStatement statement, String schema, StatementScope scope) {
    SqlShape shape = SqlShape.of(statement);
    if (shape == null) {
      return calcite.apply(scope, planner -> planner.prepare(statement, schema));
    }
    SharedQuery known = known(shape, schema);
    if (known != null) {
      return known;
    }
    PreparedSql plan = calcite.apply(scope, planner -> planner.prepareShared(statement, schema));
    keep(shape, schema, plan);
    return plan;
  }

  private @Nullable SharedQuery known(SqlShape shape, String schema) {
    List<Integer> shared = positions.get(schema + '\n' + shape.key());
    if (shared == null) {
      return null;
    }
    SharedQuery plan = plans.get(schema + '\n' + shape.planKey(shared));
    return plan == null ? null : plan.with(shared.stream().map(shape.literals()::get).toList());
  }

  private void keep(SqlShape shape, String schema, PreparedSql plan) {
    if (plan instanceof SharedQuery query) {
      List<Integer> shared = query.literals().stream().map(shape.literals()::indexOf).toList();
      String key = schema + '\n' + shape.planKey(shared);
      positions.put(schema + '\n' + shape.key(), shared, SIZE_OF_POSITIONS);
      plans.put(key, query, query.plan().size(key));
    }
  }

  void close() {
    positions.close();
    plans.close();
  }
}
