package dev.turntable.eval;

import java.math.BigDecimal;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.jspecify.annotations.Nullable;

/** How values read when they are cast to text. */
final class ValueText {
  private ValueText() {}

  static StrictCalls.@Nullable Unary formatter(RelDataType type) {
    if (SqlTypes.isText(type)) {
      return a -> a;
    }
    if (SqlTypes.isInteger(type)) {
      return Object::toString;
    }
    if (SqlTypes.isDecimal(type)) {
      return a -> decimal((BigDecimal) a);
    }
    if (SqlTypes.isApproximate(type)) {
      // The standard wants the shortest literal, and 0E0 for zero.
      return a -> ((Number) a).doubleValue() == 0 ? "0E0" : a.toString();
    }
    if (SqlTypes.isBoolean(type)) {
      return a -> (boolean) a ? "TRUE" : "FALSE";
    }
    if (SqlTypes.isDate(type)) {
      return a -> DateTimeUtils.unixDateToString((int) a);
    }
    int fraction = DatetimeText.fraction(type);
    if (SqlTypes.isTime(type)) {
      return a -> DateTimeUtils.unixTimeToString((int) a, fraction);
    }
    if (SqlTypes.isTimestamp(type)) {
      return a -> DateTimeUtils.unixTimestampToString((long) a, fraction);
    }
    return interval(type);
  }

  private static StrictCalls.@Nullable Unary interval(RelDataType type) {
    SqlIntervalQualifier qualifier = type.getIntervalQualifier();
    if (qualifier == null) {
      return null;
    }
    TimeUnitRange range = qualifier.timeUnitRange;
    if (SqlTypes.isMonths(type)) {
      return a -> DateTimeUtils.intervalYearMonthToString(((Number) a).intValue(), range);
    }
    int scale = qualifier.getFractionalSecondPrecision(RelDataTypeSystem.DEFAULT);
    return a -> DateTimeUtils.intervalDayTimeToString(((Number) a).longValue(), range, scale);
  }

  /** The shortest exact literal of the same scale: no zero before the point. */
  private static String decimal(BigDecimal value) {
    String text = value.toPlainString();
    if (text.startsWith("0.")) {
      return text.substring(1);
    }
    return text.startsWith("-0.") ? "-" + text.substring(2) : text;
  }
}
