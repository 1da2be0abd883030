package dev.turntable.plan.statement;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.RowCursor;
import dev.turntable.plan.compile.Plan;
import dev.turntable.plan.syntax.LiftedLiterals;
import dev.turntable.plan.syntax.LiteralKind;
import dev.turntable.plan.type.Parameter;
import dev.turntable.plan.type.Parameters;
import dev.turntable.run.Execution;
import dev.turntable.run.PushedCondition;
import dev.turntable.run.ScanNode;
import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import dev.turntable.source.StatementScope;
import dev.turntable.text.SqlToken;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A query by a plan that others share, whose literals differ.
 *
 * @param plan the plan, with parameters for those literals
 * @param literals what stands for them in the text that was planned
 * @param values the values of this query's own, one for each
 */
public record SharedQuery(QuerySql plan, List<SqlToken> literals, List<Object> values)
    implements PlannedSql, RowsSql {
  private static final int OWN_SIZE = 1 << 10;

  /** The text and its values. */
  private static final int SIZE_PER_CHARACTER = 4;

  public SharedQuery {
    literals = List.copyOf(literals);
    values = List.copyOf(values);
  }

  /** Returns the query that was planned, or null if knowing its literals would make another plan. */
  static @Nullable SharedQuery of(QuerySql plan, LiftedLiterals lifted) {
    List<SqlToken> literals = lifted.literals();
    for (Parameter parameter : plan.typedParameters()) {
      if (!parameter.told()
          || !fits(
              LiteralKind.of(literals.get(parameter.index())), parameter.type().getSqlTypeName())) {
        return null;
      }
    }
    List<ScanNode<?>> scans = new ArrayList<>();
    collect(plan.plan(), scans);
    return scans.size() == 1 && comparesWhatItSends(scans.get(0))
        ? new SharedQuery(plan, literals, values(literals))
        : null;
  }

  /** Returns another query of this plan. */
  public SharedQuery with(List<SqlToken> others) {
    return new SharedQuery(plan, literals, values(others));
  }

  private static List<Object> values(List<SqlToken> literals) {
    return literals.stream().map(literal -> LiteralKind.of(literal).value(literal)).toList();
  }

  /** Returns whether a comparison with each literal of a kind is one with a value of a type. */
  private static boolean fits(LiteralKind kind, SqlTypeName type) {
    return switch (type) {
      case CHAR, VARCHAR -> kind == LiteralKind.TEXT;
      case BIGINT, DECIMAL -> kind == LiteralKind.INTEGER || kind == LiteralKind.BIGINT;
      case INTEGER -> kind == LiteralKind.INTEGER;
      default -> false;
    };
  }

  private static void collect(Plan plan, List<ScanNode<?>> scans) {
    if (plan.node() instanceof ScanNode<?> scan) {
      scans.add(scan);
    }
    plan.inputs().forEach(input -> collect(input, scans));
  }

  /** What is sent and no text is cut into ranges, and how many requests a range takes, its ends tell. */
  private static <T> boolean comparesWhatItSends(ScanNode<T> scan) {
    for (PushedCondition condition : scan.predicate().conditions()) {
      Column<T> column = scan.table().columns().get(condition.column());
      boolean sent =
          scan.table().paths().stream()
              .anyMatch(
                  path ->
                      path.keys().contains(column.name())
                          || path.serves().containsKey(column.name()));
      if (sent && column.type() != ColumnType.VARCHAR) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long size(String sql) {
    return OWN_SIZE + (long) SIZE_PER_CHARACTER * sql.length();
  }

  @Override
  public List<ColumnInfo> columns() {
    return plan.columns();
  }

  @Override
  public List<ColumnInfo> parameters() {
    return List.of();
  }

  @Override
  public List<Parameter> typedParameters() {
    return List.of();
  }

  @Override
  public List<String> explain(Execution execution) {
    return plan.explain(Parameters.execution(plan.typedParameters(), values, 0, execution.scope()));
  }

  @Override
  public RowCursor query(
      List<? extends @Nullable Object> parameters, long maxRows, StatementScope scope) {
    return plan.query(values, maxRows, scope);
  }
}
