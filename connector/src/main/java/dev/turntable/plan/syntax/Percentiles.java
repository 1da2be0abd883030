package dev.turntable.plan.syntax;

import dev.turntable.text.SqlStatement;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/**
 * PERCENTILE_CONT as the standard has it: a DOUBLE, which may lie between two integers. Calcite's has
 * the type of what it orders by, and its parser knows no other.
 */
final class Percentiles extends SqlShuttle {
  private static final SqlAggFunction CONTINUOUS =
      SqlBasicAggFunction.create(
              SqlKind.PERCENTILE_CONT,
              ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE),
              OperandTypes.UNIT_INTERVAL_NUMERIC_LITERAL)
          .withFunctionType(SqlFunctionCategory.SYSTEM)
          .withGroupOrder(Optionality.MANDATORY)
          .withPercentile(true)
          .withAllowsFraming(false);

  private Percentiles() {}

  /** Returns the statement with ours in place of Calcite's. */
  static SqlNode corrected(SqlNode parsed, SqlStatement statement) {
    if (!statement.hasWord("PERCENTILE_CONT")) {
      return parsed;
    }
    SqlNode corrected = parsed.accept(new Percentiles());
    return corrected == null ? parsed : corrected;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    return visited instanceof SqlCall same
            && same.getOperator().equals(SqlStdOperatorTable.PERCENTILE_CONT)
        ? CONTINUOUS.createCall(same.getParserPosition(), same.getOperandList())
        : visited;
  }
}
