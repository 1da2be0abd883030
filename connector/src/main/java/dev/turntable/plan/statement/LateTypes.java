package dev.turntable.plan.statement;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.RowCursor;
import dev.turntable.engine.UpdateResult;
import dev.turntable.plan.error.CalciteErrors;
import dev.turntable.plan.type.Parameter;
import dev.turntable.plan.type.ValueTypes;
import dev.turntable.run.Execution;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * A statement with parameters whose types it does not tell, as in {@code ? > ?}: they have the types
 * of their values, and for each set of types there is a plan of its own. Until there are values, they
 * are text, or numbers where texts make no sense.
 */
final class LateTypes implements PlannedSql {
  private static final int KEPT = 16;

  /** Of a long text fewer plans are kept. */
  private static final int KEPT_CHARACTERS = 64 << 10;

  private final int length;
  private final int most;
  private final PlannedSql untyped;
  private final List<Integer> untold;
  private final Planner planner;
  private final Map<Map<Integer, RelDataType>, PlannedSql> plans = new LinkedHashMap<>();

  /** Plans the same statement for values of given types. */
  @FunctionalInterface
  interface Planner {
    PlannedSql plan(Map<Integer, RelDataType> types, StatementScope scope);
  }

  private LateTypes(PlannedSql untyped, List<Integer> untold, int length, Planner planner) {
    this.length = length;
    this.most = Math.max(1, Math.min(KEPT, KEPT_CHARACTERS / Math.max(1, length)));
    this.untyped = untyped;
    this.untold = untold;
    this.planner = planner;
  }

  /**
   * Returns the statement as it is, if it tells the types of all its parameters.
   *
   * @param length of its text, in characters
   */
  static PlannedSql of(PlannedSql planned, int length, Planner planner) {
    List<Integer> untold =
        planned.typedParameters().stream()
            .filter(parameter -> !parameter.told())
            .map(Parameter::index)
            .toList();
    return untold.isEmpty() ? planned : new LateTypes(planned, untold, length, planner);
  }

  @Override
  public PlannedSql returning(List<String> columns) {
    return new LateTypes(
        untyped.returning(columns),
        untold,
        length,
        (types, scope) -> planner.plan(types, scope).returning(columns));
  }

  @Override
  public PlannedSql with(List<? extends @Nullable Object> parameters, StatementScope scope) {
    Map<Integer, RelDataType> types = new TreeMap<>();
    for (int index : untold) {
      RelDataType type = index < parameters.size() ? ValueTypes.of(parameters.get(index)) : null;
      if (type != null) {
        types.put(index, type);
      }
    }
    if (types.isEmpty()) {
      return untyped;
    }
    synchronized (plans) {
      PlannedSql known = plans.get(types);
      if (known != null) {
        return known;
      }
    }
    PlannedSql plan = plan(types, scope);
    synchronized (plans) {
      if (plans.size() >= most) {
        plans.clear();
      }
      plans.put(types, plan);
    }
    return plan;
  }

  /** Values that do not go together, a number and a text in one CASE, do so as texts. */
  private PlannedSql plan(Map<Integer, RelDataType> types, StatementScope scope) {
    try {
      return planner.plan(types, scope);
    } catch (RuntimeException | AssertionError e) {
      scope.ensureOpen();
      TurntableException failure = CalciteErrors.planning(e);
      return switch (failure.kind()) {
        case INVALID_STATEMENT, UNSUPPORTED -> untyped;
        default -> throw failure;
      };
    }
  }

  /** Two plans: most clients bind values of the same types each time. */
  @Override
  public long size(String sql) {
    return 2 * untyped.size(sql);
  }

  @Override
  public Kind kind() {
    return untyped.kind();
  }

  @Override
  public List<String> targetColumns() {
    return untyped.targetColumns();
  }

  @Override
  public List<ColumnInfo> columns() {
    return untyped.columns();
  }

  @Override
  public List<ColumnInfo> parameters() {
    return untyped.parameters();
  }

  @Override
  public List<Parameter> typedParameters() {
    return untyped.typedParameters();
  }

  @Override
  public List<String> explain(Execution execution) {
    return untyped.explain(execution);
  }

  @Override
  public List<String> explainStore(Execution execution) {
    return untyped.explainStore(execution);
  }

  @Override
  public RowCursor query(
      List<? extends @Nullable Object> parameters, long maxRows, StatementScope scope) {
    return with(parameters, scope).query(parameters, maxRows, scope);
  }

  @Override
  public UpdateResult update(
      List<? extends List<? extends @Nullable Object>> parameterSets,
      boolean keysWanted,
      StatementScope scope) {
    return common(parameterSets, scope).update(parameterSets, keysWanted, scope);
  }

  /** The plan for all sets; where their types differ, as texts. */
  private PlannedSql common(
      List<? extends List<? extends @Nullable Object>> parameterSets, StatementScope scope) {
    PlannedSql plan = parameterSets.isEmpty() ? untyped : with(parameterSets.get(0), scope);
    boolean same = parameterSets.stream().allMatch(set -> with(set, scope) == plan);
    return same ? plan : untyped;
  }
}
