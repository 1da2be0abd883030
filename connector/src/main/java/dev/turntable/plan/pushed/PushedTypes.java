package dev.turntable.plan.pushed;

import dev.turntable.source.ColumnType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Types of values in the form in which operators have them: a time is the milliseconds since 1970, a date
 * the days, an interval its months or milliseconds. So nothing depends on what the other database thinks of
 * times.
 */
final class PushedTypes {
  private static final int MAX_PRECISION = 38;

  private PushedTypes() {}

  /** Returns the name of a type in the other database. */
  static String name(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> "BOOLEAN";
      case TINYINT -> "TINYINT";
      case SMALLINT -> "SMALLINT";
      case INTEGER, DATE, TIME, NULL -> "INTEGER";
      case BIGINT, TIMESTAMP -> "BIGINT";
      case FLOAT, DOUBLE -> "DOUBLE";
      case CHAR, VARCHAR -> "VARCHAR";
      case DECIMAL -> decimal(type);
      default -> {
        if (isInterval(type)) {
          yield "BIGINT";
        }
        throw new UnprintableException("the type " + type);
      }
    };
  }

  private static String decimal(RelDataType type) {
    if (type.getPrecision() > MAX_PRECISION || type.getScale() < 0) {
      throw new UnprintableException("the type " + type);
    }
    return "DECIMAL(" + type.getPrecision() + ", " + type.getScale() + ")";
  }

  /** Returns how a column of a result is read, so that it has the form of operators. */
  static ColumnType column(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> ColumnType.BOOLEAN;
      case INTEGER, DATE, TIME -> ColumnType.INTEGER;
      case BIGINT, TIMESTAMP -> ColumnType.BIGINT;
      case FLOAT, DOUBLE -> ColumnType.DOUBLE;
      case CHAR, VARCHAR -> ColumnType.VARCHAR;
      case DECIMAL -> ColumnType.DECIMAL;
      default -> throw new UnprintableException("a column of type " + type);
    };
  }

  static boolean isText(RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    return name == SqlTypeName.CHAR || name == SqlTypeName.VARCHAR;
  }

  static boolean isInteger(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> true;
      default -> false;
    };
  }

  static boolean isReal(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DOUBLE
        || type.getSqlTypeName() == SqlTypeName.FLOAT;
  }

  static boolean isDecimal(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL;
  }

  static boolean isTimestamp(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP;
  }

  static boolean isDate(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DATE;
  }

  static boolean isDatetime(RelDataType type) {
    return isTimestamp(type) || isDate(type) || type.getSqlTypeName() == SqlTypeName.TIME;
  }

  static boolean isMonths(RelDataType type) {
    return SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  static boolean isMillis(RelDataType type) {
    return SqlTypeName.DAY_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  static boolean isInterval(RelDataType type) {
    return isMonths(type) || isMillis(type);
  }
}
