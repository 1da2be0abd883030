package dev.turntable.plan.statement;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.RowCursor;
import dev.turntable.plan.compile.Plan;
import dev.turntable.plan.compile.RepeatedReads;
import dev.turntable.plan.explain.Explain;
import dev.turntable.plan.pushed.PushedQuery;
import dev.turntable.plan.type.ExternalForm;
import dev.turntable.plan.type.Parameter;
import dev.turntable.plan.type.Parameters;
import dev.turntable.run.Execution;
import dev.turntable.run.Operator;
import dev.turntable.source.StatementScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/**
 * A query.
 *
 * @param plan runs it
 * @param rel the rewritten tree, whose row type is that of the internal rows
 * @param columns the columns of the result
 * @param typedParameters the parameters
 * @param repeated what it may read more than once
 * @param pushed the query as a database on this machine may answer it whole
 */
public record QuerySql(
    Plan plan,
    RelNode rel,
    List<ColumnInfo> columns,
    List<Parameter> typedParameters,
    RepeatedReads repeated,
    PushedQuery.Attempt pushed)
    implements PlannedSql, RowsSql {

  @Override
  public List<ColumnInfo> parameters() {
    return typedParameters.stream().map(Parameter::info).toList();
  }

  @Override
  public RowCursor query(
      List<? extends @Nullable Object> parameters, long maxRows, StatementScope scope) {
    Execution execution = Parameters.execution(typedParameters, parameters, maxRows, scope);
    return new ResultCursor(open(execution), scope, forms(), maxRows);
  }

  private List<UnaryOperator<@Nullable Object>> forms() {
    List<UnaryOperator<@Nullable Object>> forms = new ArrayList<>();
    for (RelDataTypeField field : rel.getRowType().getFieldList()) {
      RelDataType type = field.getType();
      forms.add(value -> ExternalForm.external(value, type));
    }
    return forms;
  }

  /** Opens the rows in internal form. */
  Operator open(Execution execution) {
    PushedQuery query = pushed.query();
    Operator whole = query == null ? null : query.open(execution);
    if (whole != null) {
      return whole;
    }
    StatementScope scope = execution.scope();
    if (repeated.any()) {
      scope.answers().keep();
    }
    execution.expectAgain(repeated.columns());
    repeated.begin(scope);
    return plan.open(execution);
  }

  @Override
  public List<String> explainStore(Execution execution) {
    PushedQuery query = pushed.query();
    return query == null
        ? List.of("not for the store: " + pushed.refusal())
        : query.shown(execution);
  }

  @Override
  public List<String> explain(Execution execution) {
    PushedQuery query = pushed.query();
    List<String> whole = query == null ? null : query.explain(execution);
    return whole == null ? Explain.lines(plan, execution) : Explain.lines(whole, plan, execution);
  }
}
