package dev.turntable.plan.cache;

import com.google.common.base.Suppliers;
import dev.turntable.engine.PreparedSql;
import dev.turntable.eval.CalciteThread;
import dev.turntable.plan.catalog.SourceSet;
import dev.turntable.plan.statement.StatementPlanner;
import dev.turntable.plan.type.ExecutionMode;
import dev.turntable.plan.type.PlannedStatement;
import dev.turntable.source.MemoryAccount;
import dev.turntable.source.MemoryUse;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The plans of one connection, by schema and text. What is not known is planned on the shortest way: a
 * plain query by itself, one whose literals alone are new by the plan of another, all else by Calcite. Safe for use by several threads, two of which may make the same plan.
 */
public final class PlanCache {
  /** While it is planned, a text takes so many times the memory that its plan takes. */
  private static final int PLANNING = 2;

  /** Planning a shorter text takes nothing worth counting. */
  private static final int SHORT = 4 << 10;

  /** What planning takes at this moment, and will soon give back, in all connections. */
  private static final AtomicLong UNDER_WAY = new AtomicLong();

  private static final MemoryUse TEXT =
      new MemoryUse(
          "planning a statement with so long a text",
          "bind its values as parameters, or ask in several statements");

  /** Reading the tokens of a longer text is worth a thread that can be left. */
  private static final int LONG_TEXT = 20_000;

  private final SourceSet sources;
  private final boolean shortcuts;
  private final Supplier<StatementPlanner> planner;
  private final KeptPlans<PreparedSql> plans = new KeptPlans<>();

  private final SharedPlans shared = new SharedPlans(this::byCalcite);

  /**
   * @param planner makes the planner when it is needed first
   * @param mode what runs the statements; short cuts exist only for operators
   */
  public PlanCache(SourceSet sources, Supplier<StatementPlanner> planner, ExecutionMode mode) {
    this.sources = sources;
    this.shortcuts = mode == ExecutionMode.OPERATORS;
    this.planner = Suppliers.memoize(planner::get);
  }

  /**
   * Returns the plan of a statement.
   *
   * @param schema the schema of unqualified names
   * @param scope the statement, for what loading a schema sends
   */
  public PreparedSql plan(String sql, String schema, StatementScope scope) {
    String key = schema + '\n' + sql;
    PreparedSql known = plans.get(key);
    if (known == null) {
      known = counted(sql, schema, scope);
      plans.put(key, known, known.size(sql));
    }
    return known;
  }

  /**
   * Plans, which takes memory for a moment.
   *
   * @throws TurntableException as {@link dev.turntable.source.ErrorKind#TOO_LARGE} if there is not as
   *     much
   */
  private PreparedSql counted(String sql, String schema, StatementScope scope) {
    long size =
        sql.length() < SHORT ? 0 : (long) PLANNING * PreparedSql.TREE_PER_CHARACTER * sql.length();
    MemoryAccount memory = scope.memory();
    if (!memory.tryTake(size)
        && !(scope.bodies().await(size, () -> UNDER_WAY.get() > 0) && memory.tryTake(size))) {
      throw memory.refused(size, TEXT);
    }
    UNDER_WAY.addAndGet(size);
    try {
      Supplier<PreparedSql> make = () -> make(sql, schema, scope);
      return sql.length() > LONG_TEXT
          ? PlannedStatement.planningElsewhere(scope, make)
          : PlannedStatement.planning(scope, make);
    } finally {
      UNDER_WAY.addAndGet(-size);
      memory.give(size);
    }
  }

  /** The connection is closed. */
  public void close() {
    plans.close();
    shared.close();
  }

  private PreparedSql byCalcite(
      StatementScope scope, Function<StatementPlanner, PreparedSql> planning) {
    return PlannedStatement.planningElsewhere(
        scope, () -> CalciteThread.planning(() -> planning.apply(planner.get())));
  }

  private PreparedSql make(String sql, String schema, StatementScope scope) {
    SqlStatement statement = SqlStatement.of(sql);
    if (!shortcuts) {
      return byCalcite(scope, planner -> planner.prepare(statement, schema));
    }
    PreparedSql plain = PlainQuery.of(statement, schema, sources.tables());
    return plain == null ? shared.plan(statement, schema, scope) : plain;
  }
}
