package dev.turntable.plan.pushed;

import dev.turntable.eval.SqlTypes;
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
        if (SqlTypes.isInterval(type)) {
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

  /** Not REAL, whose values have no form of their own inside. */
  static boolean isReal(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DOUBLE
        || type.getSqlTypeName() == SqlTypeName.FLOAT;
  }
}
