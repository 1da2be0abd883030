package dev.turntable.plan.validate;

import dev.turntable.plan.type.SqlTypeFactory;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;

/**
 * Converts as Calcite does, but where a text column is to equal a number, the number becomes text.
 * Calcite would make a number of every text, and fail at the first that is not one.
 */
final class LenientCoercion extends TypeCoercionImpl {
  LenientCoercion(RelDataTypeFactory typeFactory, SqlValidator validator) {
    super(typeFactory, validator);
  }

  @Override
  public boolean binaryComparisonCoercion(SqlCallBinding binding) {
    SqlCall call = binding.getCall();
    if (call.getKind().belongsTo(SqlKind.BINARY_EQUALITY) && binding.getOperandCount() == 2) {
      for (int i = 0; i < 2; i++) {
        if (isText(binding, i) && call.operand(1 - i) instanceof SqlNumericLiteral number) {
          call.setOperand(1 - i, text(binding, number));
          return true;
        }
      }
    }
    return super.binaryComparisonCoercion(binding);
  }

  /**
   * One time less another: an interval, of dates the number of days. Calcite knows it with a unit
   * behind it only.
   */
  @Override
  public boolean binaryArithmeticCoercion(SqlCallBinding binding) {
    SqlCall call = binding.getCall();
    if (!call.getOperator().equals(SqlStdOperatorTable.MINUS)
        || call.operandCount() != 2
        || !SqlTypeUtil.isDatetime(binding.getOperandType(0))
        || !SqlTypeUtil.isDatetime(binding.getOperandType(1))) {
      return super.binaryArithmeticCoercion(binding);
    }
    SqlParserPos here = call.getParserPosition();
    boolean days =
        SqlTypeUtil.isDate(binding.getOperandType(0))
            && SqlTypeUtil.isDate(binding.getOperandType(1));
    TimeUnit unit = days ? TimeUnit.DAY : TimeUnit.SECOND;
    SqlIntervalQualifier qualifier = new SqlIntervalQualifier(TimeUnit.DAY, unit, here);
    SqlNode between =
        days
            ? SqlStdOperatorTable.TIMESTAMP_DIFF.createCall(
                here, new SqlIntervalQualifier(unit, null, here), call.operand(1), call.operand(0))
            : SqlStdOperatorTable.MINUS_DATE.createCall(
                here, timestamp(binding, 0), timestamp(binding, 1), qualifier);
    SqlNode nothing =
        days
            ? SqlLiteral.createExactNumeric("0", here)
            : SqlLiteral.createInterval(
                1, "0", new SqlIntervalQualifier(TimeUnit.DAY, null, here), here);
    call.setOperand(0, between);
    call.setOperand(1, nothing);
    binding.getValidator().deriveType(binding.getScope(), between);
    binding.getValidator().deriveType(binding.getScope(), nothing);
    return true;
  }

  /** A date beside a timestamp is its midnight. */
  private static SqlNode timestamp(SqlCallBinding binding, int operand) {
    SqlNode node = binding.operand(operand);
    return SqlTypeUtil.isDate(binding.getOperandType(operand))
        ? SqlStdOperatorTable.CAST.createCall(
            node.getParserPosition(),
            node,
            SqlTypeUtil.convertTypeToSpec(
                SqlTypeFactory.INSTANCE.createSqlType(SqlTypeName.TIMESTAMP)))
        : node;
  }

  @Override
  public boolean inOperationCoercion(SqlCallBinding binding) {
    boolean changed = false;
    if (isText(binding, 0) && binding.operand(1) instanceof SqlNodeList list) {
      for (int i = 0; i < list.size(); i++) {
        if (bare(list.get(i)) instanceof SqlNumericLiteral number) {
          list.set(i, text(binding, number));
          changed = true;
        }
      }
    }
    return super.inOperationCoercion(binding) || changed;
  }

  /** The numbers of a list have been given a common type before. */
  private static SqlNode bare(SqlNode item) {
    return item.getKind() == SqlKind.CAST ? ((SqlCall) item).operand(0) : item;
  }

  private static boolean isText(SqlCallBinding binding, int operand) {
    return binding.operand(operand) instanceof SqlIdentifier
        && SqlTypeUtil.isCharacter(binding.getOperandType(operand));
  }

  private static SqlNode text(SqlCallBinding binding, SqlNumericLiteral number) {
    SqlNode text = SqlLiteral.createCharString(number.toValue(), number.getParserPosition());
    binding.getValidator().deriveType(binding.getScope(), text);
    return text;
  }
}
