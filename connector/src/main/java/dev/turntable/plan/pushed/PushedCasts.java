package dev.turntable.plan.pushed;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** Casts that give the same value in the other database, or the same error. */
final class PushedCasts {
  private static final String DAY_MS = "86400000";

  private PushedCasts() {}

  /** Returns a value as another type. */
  static String cast(String value, RelDataType from, RelDataType to) {
    if (isSame(from, to)) {
      return value;
    }
    if (from.getSqlTypeName() == SqlTypeName.NULL || isExact(from, to)) {
      return "CAST(" + value + " AS " + PushedTypes.name(to) + ")";
    }
    if (PushedTypes.isDate(from) && PushedTypes.isTimestamp(to)) {
      return "(CAST(" + value + " AS BIGINT) * " + DAY_MS + ")";
    }
    if (PushedTypes.isTimestamp(from) && PushedTypes.isDate(to)) {
      return "CAST(epoch_ms(date_trunc('day', epoch_ms("
          + value
          + "))) // "
          + DAY_MS
          + " AS INTEGER)";
    }
    throw new UnprintableException("a cast of " + from + " to " + to);
  }

  private static boolean isSame(RelDataType from, RelDataType to) {
    if (PushedTypes.isText(from) && PushedTypes.isText(to)) {
      // A text with a length is cut, or filled up with blanks.
      return to.getSqlTypeName() == SqlTypeName.VARCHAR
          && (hasNoLength(to) || (!hasNoLength(from) && to.getPrecision() >= from.getPrecision()));
    }
    if (PushedTypes.isTimestamp(from) && PushedTypes.isTimestamp(to)) {
      return to.getPrecision() >= from.getPrecision() || to.getPrecision() >= 3;
    }
    if (PushedTypes.isInterval(from) || PushedTypes.isInterval(to)) {
      return PushedTypes.isMonths(from) == PushedTypes.isMonths(to)
          && PushedTypes.isMillis(from) == PushedTypes.isMillis(to);
    }
    return PushedTypes.isDatetime(from) == PushedTypes.isDatetime(to)
        && (!PushedTypes.isDatetime(from) || from.getSqlTypeName() == to.getSqlTypeName())
        && PushedTypes.name(from).equals(PushedTypes.name(to));
  }

  private static boolean hasNoLength(RelDataType type) {
    return type.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED;
  }

  private static boolean isExact(RelDataType from, RelDataType to) {
    if (PushedTypes.isInteger(from)) {
      return PushedTypes.isInteger(to)
          || PushedTypes.isDecimal(to)
          || PushedTypes.isReal(to)
          || (to.getSqlTypeName() == SqlTypeName.VARCHAR
              && to.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED);
    }
    return PushedTypes.isDecimal(from)
        && PushedTypes.isDecimal(to)
        && to.getScale() >= from.getScale();
  }
}
