package dev.turntable.plan.pushed;

import dev.turntable.eval.SqlTypes;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** Casts that give the same value in the other database, or the same error. */
final class PushedCasts {
  /** The first day, as a date of the other database. */
  static final String DAY_0 = "DATE '1970-01-01'";

  private static final String DAY_MS = "86400000";

  /** Of the years 1 to 9999, whose number has four digits. */
  private static final String FIRST_DAY = "-719162";

  private static final String LAST_DAY = "2932896";
  private static final String DAY_ZEROS = " * 86400000";
  private static final int MILLIS = 3;

  private PushedCasts() {}

  /** Returns a value as another type. */
  static String cast(String value, RelDataType from, RelDataType to) {
    if (isSame(from, to)) {
      return value;
    }
    if (from.getSqlTypeName() == SqlTypeName.NULL || isExact(from, to)) {
      return as(value, to);
    }
    if (SqlTypes.isText(to) && to.getSqlTypeName() == SqlTypeName.VARCHAR) {
      return text(value, from, to);
    }
    if (SqlTypes.isDecimal(from)) {
      return decimal(value, from, to);
    }
    if (PushedTypes.isReal(from) && SqlTypes.isInteger(to)) {
      String whole = "trunc(" + value + ")";
      return as(
          "(%1$s + CASE WHEN abs(%2$s - %1$s) >= 0.5 THEN sign(%2$s) ELSE 0 END)"
              .formatted(whole, value),
          to);
    }
    if (SqlTypes.isDate(from) && SqlTypes.isTimestamp(to)) {
      return "(CAST(" + value + " AS BIGINT) * " + DAY_MS + ")";
    }
    if (SqlTypes.isTimestamp(from) && SqlTypes.isDate(to)) {
      return "CAST(epoch_ms(CAST(date_trunc('day', epoch_ms("
          + value
          + ")) AS TIMESTAMP)) // "
          + DAY_MS
          + " AS INTEGER)";
    }
    throw refused(from, to);
  }

  private static UnprintableException refused(RelDataType from, RelDataType to) {
    return new UnprintableException("a cast of " + from + " to " + to);
  }

  private static String as(String value, RelDataType to) {
    return "CAST(" + value + " AS " + PushedTypes.name(to) + ")";
  }

  /** As a text; one that is longer than its type is cut, which is left to the operators. */
  private static String text(String value, RelDataType from, RelDataType to) {
    String text;
    if (SqlTypes.isText(from)) {
      text = value;
    } else if (from.getSqlTypeName() == SqlTypeName.BOOLEAN) {
      text = "CASE WHEN " + value + " THEN 'TRUE' WHEN NOT " + value + " THEN 'FALSE' END";
    } else if (SqlTypes.isInteger(from)) {
      text = "CAST(" + value + " AS VARCHAR)";
    } else if (SqlTypes.isDate(from)) {
      text =
          PushedGuard.of(
              between(value, FIRST_DAY, LAST_DAY),
              "CAST(" + DAY_0 + " + " + value + " AS VARCHAR)",
              value);
    } else if (SqlTypes.isTimestamp(from) && from.getPrecision() == MILLIS) {
      String millis = "strftime(epoch_ms(" + value + "), '%Y-%m-%d %H:%M:%S.%g')";
      text =
          PushedGuard.of(
              between(value, FIRST_DAY + DAY_ZEROS, LAST_DAY + DAY_ZEROS), millis, value);
    } else {
      throw refused(from, to);
    }
    return hasNoLength(to)
        ? text
        : PushedGuard.of("strlen(" + text + ") <= " + to.getPrecision(), text, value);
  }

  private static String between(String value, String first, String last) {
    return value + " BETWEEN " + first + " AND " + last;
  }

  private static String decimal(String value, RelDataType from, RelDataType to) {
    if (SqlTypes.isInteger(to) || SqlTypes.isDecimal(to)) {
      return as(value, to); // both round half away from zero
    }
    if (!PushedTypes.isReal(to)) {
      throw refused(from, to);
    }
    String scale = "1" + "0".repeat(from.getScale());
    String digits = "(" + value + " * " + scale + ")";
    return PushedGuard.of(
        "abs(" + digits + ") <= " + PushedGuard.EXACT,
        "CAST(CAST(" + digits + " AS HUGEINT) AS DOUBLE) / CAST(" + scale + " AS DOUBLE)",
        value);
  }

  private static boolean isSame(RelDataType from, RelDataType to) {
    if (SqlTypes.isText(from) && SqlTypes.isText(to)) {
      // A text with a length is cut, or filled up with blanks.
      return to.getSqlTypeName() == SqlTypeName.VARCHAR
          && (hasNoLength(to) || (!hasNoLength(from) && to.getPrecision() >= from.getPrecision()));
    }
    if (SqlTypes.isTimestamp(from) && SqlTypes.isTimestamp(to)) {
      return to.getPrecision() >= from.getPrecision() || to.getPrecision() >= 3;
    }
    if (SqlTypes.isInterval(from) || SqlTypes.isInterval(to)) {
      return SqlTypes.isMonths(from) == SqlTypes.isMonths(to)
          && SqlTypes.isMillis(from) == SqlTypes.isMillis(to);
    }
    return SqlTypes.isDatetime(from) == SqlTypes.isDatetime(to)
        && (!SqlTypes.isDatetime(from) || from.getSqlTypeName() == to.getSqlTypeName())
        && PushedTypes.name(from).equals(PushedTypes.name(to));
  }

  private static boolean hasNoLength(RelDataType type) {
    return type.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED;
  }

  private static boolean isExact(RelDataType from, RelDataType to) {
    if (SqlTypes.isInteger(from)) {
      return SqlTypes.isInteger(to)
          || SqlTypes.isDecimal(to)
          || PushedTypes.isReal(to)
          || (to.getSqlTypeName() == SqlTypeName.VARCHAR
              && to.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED);
    }
    return SqlTypes.isDecimal(from) && SqlTypes.isDecimal(to) && to.getScale() >= from.getScale();
  }
}
