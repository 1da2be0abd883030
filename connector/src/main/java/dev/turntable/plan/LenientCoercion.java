package dev.turntable.plan;

import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;

/**
 * Converts as Calcite does, but where a text column is to equal a number, the number becomes text.
 * Calcite would make a number of every text, and fail at the first that is none.
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
