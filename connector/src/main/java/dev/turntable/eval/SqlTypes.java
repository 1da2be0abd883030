package dev.turntable.eval;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** Questions about SQL types that decide how a value is computed. */
public final class SqlTypes {
  private SqlTypes() {}

  public static boolean isInteger(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> true;
      default -> false;
    };
  }

  public static boolean isDecimal(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL;
  }

  public static boolean isApproximate(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case REAL, FLOAT, DOUBLE -> true;
      default -> false;
    };
  }

  public static boolean isNumeric(RelDataType type) {
    return isInteger(type) || isDecimal(type) || isApproximate(type);
  }

  public static boolean isText(RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    return name == SqlTypeName.CHAR || name == SqlTypeName.VARCHAR;
  }

  public static boolean isBoolean(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.BOOLEAN;
  }

  public static boolean isDate(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DATE;
  }

  public static boolean isTime(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIME;
  }

  public static boolean isTimestamp(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP;
  }

  public static boolean isDatetime(RelDataType type) {
    return isDate(type) || isTime(type) || isTimestamp(type);
  }

  public static boolean isMonths(RelDataType type) {
    return SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  public static boolean isMillis(RelDataType type) {
    return SqlTypeName.DAY_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  public static boolean isInterval(RelDataType type) {
    return isMonths(type) || isMillis(type);
  }

  /** Whether values of the type are whole numbers inside: integers, datetimes, intervals. */
  public static boolean isWhole(RelDataType type) {
    return isInteger(type) || isDatetime(type) || isInterval(type);
  }
}
