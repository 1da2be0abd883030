package dev.turntable.plan.syntax;

import dev.turntable.text.SqlStatement;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.jspecify.annotations.Nullable;

/**
 * One time less another, as in PostgreSQL: of two dates the days, of timestamps an interval; and a
 * date plus or minus a number of days. Which plus or minus it is shows only when the types are known,
 * so that each is of a kind of its own until then.
 */
public final class TimeDifferences extends SqlShuttle {
  private static final Undecided MINUS = new Undecided(SqlStdOperatorTable.MINUS);

  private static final Undecided PLUS = new Undecided(SqlStdOperatorTable.PLUS);

  private static final SqlBinaryOperator DIFFERENCE = new Difference();

  private TimeDifferences() {}

  static SqlNode prepared(SqlNode parsed, SqlStatement statement) {
    return statement.hasSign("-") || statement.hasSign("+")
        ? SqlNodes.rewritten(parsed, new TimeDifferences())
        : parsed;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (!(visited instanceof SqlBasicCall sum) || sum.operandCount() != 2) {
      return visited;
    }
    for (Undecided undecided : List.of(MINUS, PLUS)) {
      if (sum.getOperator().equals(undecided.plain)) {
        return undecided.createCall(sum.getParserPosition(), sum.getOperandList());
      }
    }
    return visited;
  }

  /** Becomes another one when its type is asked for. */
  private static final class Undecided extends SqlBinaryOperator {
    private final SqlBinaryOperator plain;

    /**
     * @param plain that of numbers and intervals
     */
    Undecided(SqlBinaryOperator plain) {
      super(
          plain.getName(),
          plain.getKind(),
          40,
          true,
          ReturnTypes.NULLABLE_SUM,
          TimeDifferences::infer,
          OperandTypes.ANY_ANY);
      this.plain = plain;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
      SqlBasicCall sum = (SqlBasicCall) call;
      RelDataType first = validator.deriveType(scope, sum.operand(0));
      RelDataType second = validator.deriveType(scope, sum.operand(1));
      if (SqlTypeUtil.isDate(first) && SqlTypeUtil.isIntType(second)) {
        sum.setOperand(1, days(sum.operand(1)));
      } else if (getKind() == SqlKind.PLUS
          && SqlTypeUtil.isIntType(first)
          && SqlTypeUtil.isDate(second)) {
        sum.setOperand(0, days(sum.operand(0)));
      }
      boolean times = getKind() == SqlKind.MINUS && isTime(first) && isTime(second);
      sum.setOperator(times ? DIFFERENCE : plain);
      return sum.getOperator().deriveType(validator, scope, call);
    }

    private static SqlNode days(SqlNode number) {
      SqlParserPos here = number.getParserPosition();
      SqlIntervalQualifier day = new SqlIntervalQualifier(TimeUnit.DAY, null, here);
      return SqlStdOperatorTable.MULTIPLY.createCall(
          here, number, SqlLiteral.createInterval(1, "1", day, here));
    }
  }

  /** A parameter is of the type of the other operand, but may be days where that is a date. */
  private static void infer(SqlCallBinding binding, RelDataType returned, RelDataType[] operands) {
    boolean ofDate =
        SqlTypeUtil.isDate(binding.getOperandType(0))
            || (binding.getOperator().getKind() == SqlKind.PLUS
                && SqlTypeUtil.isDate(binding.getOperandType(1)));
    if (!ofDate) {
      InferTypes.FIRST_KNOWN.inferOperandTypes(binding, returned, operands);
    }
  }

  /** Of timestamps, an interval from days to milliseconds; of dates, whole days. */
  private static final class Difference extends SqlBinaryOperator {
    Difference() {
      super(
          "-",
          SqlKind.MINUS,
          40,
          true,
          binding ->
              type(binding.getTypeFactory(), binding.getOperandType(0), binding.getOperandType(1)),
          InferTypes.FIRST_KNOWN,
          OperandTypes.ANY_ANY);
    }

    /** Calcite would look for an operator of this name in its table. */
    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
      return validateOperands(validator, scope, call);
    }
  }

  private static boolean isTime(RelDataType type) {
    return SqlTypeUtil.isDate(type)
        || type.getSqlTypeName() == SqlTypeName.TIMESTAMP
        || type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  }

  private static RelDataType type(RelDataTypeFactory factory, RelDataType one, RelDataType other) {
    RelDataType type =
        SqlTypeUtil.isDate(one) && SqlTypeUtil.isDate(other)
            ? factory.createSqlType(SqlTypeName.INTEGER)
            : factory.createSqlIntervalType(interval(TimeUnit.SECOND));
    return factory.createTypeWithNullability(type, one.isNullable() || other.isNullable());
  }

  private static SqlIntervalQualifier interval(TimeUnit end) {
    return new SqlIntervalQualifier(TimeUnit.DAY, 10, end, 3, SqlParserPos.ZERO);
  }

  /** Returns what converts a difference of times, or null for all other calls. */
  public static @Nullable SqlRexConvertlet convertlet(SqlCall call) {
    return call.getOperator() instanceof Difference ? TimeDifferences::convert : null;
  }

  private static RexNode convert(SqlRexContext context, SqlCall call) {
    RexBuilder builder = context.getRexBuilder();
    RexNode one = context.convertExpression(call.operand(0));
    RexNode other = context.convertExpression(call.operand(1));
    RelDataType type = type(builder.getTypeFactory(), one.getType(), other.getType());
    if (!SqlTypeUtil.isInterval(type)) {
      RelDataType milliseconds =
          builder
              .getTypeFactory()
              .createTypeWithNullability(
                  builder.getTypeFactory().createSqlIntervalType(interval(TimeUnit.SECOND)),
                  type.isNullable());
      RelDataType number =
          builder
              .getTypeFactory()
              .createTypeWithNullability(
                  builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT), type.isNullable());
      RexNode between =
          builder.makeReinterpretCast(
              number, minus(builder, milliseconds, one, other), builder.makeLiteral(false));
      RexNode days =
          builder.makeCall(
              SqlStdOperatorTable.DIVIDE_INTEGER,
              between,
              builder.makeExactLiteral(BigDecimal.valueOf(86_400_000L)));
      return builder.makeCast(type, days);
    }
    RelDataType timestamp = builder.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 3);
    return minus(builder, type, at(builder, timestamp, one), at(builder, timestamp, other));
  }

  /** A date among timestamps is its midnight. */
  private static RexNode at(RexBuilder builder, RelDataType timestamp, RexNode time) {
    return SqlTypeUtil.isDate(time.getType())
        ? builder.makeCast(
            builder
                .getTypeFactory()
                .createTypeWithNullability(timestamp, time.getType().isNullable()),
            time)
        : time;
  }

  private static RexNode minus(RexBuilder builder, RelDataType type, RexNode one, RexNode other) {
    return builder.makeCall(type, SqlStdOperatorTable.MINUS_DATE, List.of(one, other));
  }
}
