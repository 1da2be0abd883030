package dev.turntable.plan.type;

import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The type rules that BI users expect: AVG of integers is DOUBLE, sums do not overflow early. What a
 * division, an average or a spread of decimals gives is DOUBLE, too: no fixed scale holds fifteen
 * significant digits of both the large and the small ones.
 */
final class SqlTypeSystem extends RelDataTypeSystemImpl {
  static final SqlTypeSystem INSTANCE = new SqlTypeSystem();

  private static final int MAX_DECIMAL_PRECISION = 38;

  private SqlTypeSystem() {}

  @Override
  public int getMaxPrecision(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL
        ? MAX_DECIMAL_PRECISION
        : super.getMaxPrecision(typeName);
  }

  /** {@code CAST(x AS TIMESTAMP)} keeps milliseconds, as the columns do. */
  @Override
  public int getDefaultPrecision(SqlTypeName typeName) {
    return typeName == SqlTypeName.TIMESTAMP
        ? SourceColumns.TIMESTAMP_PRECISION
        : super.getDefaultPrecision(typeName);
  }

  @Override
  public RoundingMode roundingMode() {
    return RoundingMode.HALF_UP;
  }

  @Override
  public int getMaxScale(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL ? MAX_DECIMAL_PRECISION : super.getMaxScale(typeName);
  }

  @Override
  public RelDataType deriveSumType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
    if (SqlTypeUtil.isIntType(argumentType)) {
      return nullable(typeFactory, typeFactory.createSqlType(SqlTypeName.BIGINT), argumentType);
    }
    if (SqlTypeUtil.isDecimal(argumentType)) {
      return nullable(
          typeFactory,
          typeFactory.createSqlType(
              SqlTypeName.DECIMAL, MAX_DECIMAL_PRECISION, argumentType.getScale()),
          argumentType);
    }
    if (SqlTypeUtil.isApproximateNumeric(argumentType)) {
      return nullable(typeFactory, typeFactory.createSqlType(SqlTypeName.DOUBLE), argumentType);
    }
    return super.deriveSumType(typeFactory, argumentType);
  }

  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
    if (SqlTypeUtil.isNumeric(argumentType)) {
      return nullable(typeFactory, typeFactory.createSqlType(SqlTypeName.DOUBLE), argumentType);
    }
    return super.deriveAvgAggType(typeFactory, argumentType);
  }

  @Override
  public RelDataType deriveCovarType(
      RelDataTypeFactory typeFactory, RelDataType argumentType, RelDataType other) {
    RelDataType type = typeFactory.createSqlType(SqlTypeName.DOUBLE);
    return typeFactory.createTypeWithNullability(type, true);
  }

  @Override
  public @Nullable RelDataType deriveDecimalDivideType(
      RelDataTypeFactory typeFactory, RelDataType dividend, RelDataType divisor) {
    boolean exact =
        SqlTypeUtil.isExactNumeric(dividend)
            && SqlTypeUtil.isExactNumeric(divisor)
            && (SqlTypeUtil.isDecimal(dividend) || SqlTypeUtil.isDecimal(divisor));
    return exact ? typeFactory.createSqlType(SqlTypeName.DOUBLE) : null;
  }

  private static RelDataType nullable(
      RelDataTypeFactory typeFactory, RelDataType type, RelDataType like) {
    return typeFactory.createTypeWithNullability(type, like.isNullable());
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }
}
