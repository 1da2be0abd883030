package dev.turntable.plan.syntax;

import dev.turntable.text.SqlStatement;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlExtractFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** EXTRACT of what has a fraction: seconds, and those since 1970. */
final class Idioms extends SqlShuttle {
  private static final SqlExtractFunction EXTRACT = new FractionalExtract();

  private Idioms() {}

  /** Returns the statement as it is meant. */
  static SqlNode corrected(SqlNode parsed, SqlStatement statement) {
    return statement.hasWord("EXTRACT") ? SqlNodes.rewritten(parsed, new Idioms()) : parsed;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (!(visited instanceof SqlCall same)) {
      return visited;
    }
    SqlParserPos here = same.getParserPosition();
    if (same.getOperator().equals(SqlStdOperatorTable.EXTRACT)
        && same.operand(0) instanceof SqlIntervalQualifier unit
        && (unit.getUnit() == TimeUnit.SECOND || unit.getUnit() == TimeUnit.EPOCH)) {
      return EXTRACT.createCall(here, same.getOperandList());
    }
    return same;
  }

  /** A number with the digits that timestamps have. */
  private static final class FractionalExtract extends SqlExtractFunction {
    FractionalExtract() {
      super("EXTRACT", false);
    }

    /** Calcite's looks itself up by name, and so finds another. */
    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
      SqlNode value = call.operand(1);
      validator.setValidatedNodeType(value, validator.deriveType(scope, value));
      return validateOperands(validator, scope, call);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
      return binding
          .getTypeFactory()
          .createTypeWithNullability(
              binding.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, 19, 3),
              binding.getOperandType(1).isNullable());
    }
  }
}
