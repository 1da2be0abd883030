package dev.turntable.eval;

import dev.turntable.run.Scalar;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.List;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Compiles datetime arithmetic, FLOOR and CEIL to a unit, and the current time. */
final class Datetimes {
  private static final long DAY = DateTimeUtils.MILLIS_PER_DAY;

  private Datetimes() {}

  /** Returns datetime plus (sign 1) or minus (sign -1) interval, or null if not known here. */
  static @Nullable Scalar plus(RexCall call, List<Scalar> operands, int sign) {
    RelDataType left = call.getOperands().get(0).getType();
    RelDataType right = call.getOperands().get(1).getType();
    RelDataType type = call.getType();
    boolean known = SqlTypes.isDatetime(left) && SqlTypes.isDatetime(type) && operands.size() == 2;
    if (!known || !SqlTypes.isInterval(right)) {
      return null;
    }
    boolean widen = SqlTypes.isDate(left) && SqlTypes.isTimestamp(type);
    String name = sign > 0 ? "+" : "-";
    return StrictCalls.binary(
        name,
        operands.get(0),
        operands.get(1),
        (a, b) -> {
          long start = ((Number) a).longValue() * (widen ? DAY : 1);
          return plus(start, Math.multiplyExact(((Number) b).longValue(), sign), right, type);
        });
  }

  private static Object plus(long start, long amount, RelDataType interval, RelDataType type) {
    if (SqlTypes.isMonths(interval)) {
      int months = Math.toIntExact(amount);
      if (SqlTypes.isDate(type)) {
        return DateTimeUtils.addMonths((int) start, months);
      }
      return SqlTypes.isTime(type)
          ? (Object) (int) start
          : (Object) DateTimeUtils.addMonths(start, months);
    }
    if (SqlTypes.isDate(type)) {
      return Math.toIntExact(Math.addExact(start, amount / DAY));
    }
    long sum = Math.addExact(start, amount);
    return SqlTypes.isTime(type) ? (Object) (int) Math.floorMod(sum, DAY) : (Object) sum;
  }

  /** Returns datetime minus datetime as an interval, or null if not known here. */
  static @Nullable Scalar minus(RexCall call, List<Scalar> operands) {
    RelDataType left = call.getOperands().get(0).getType();
    RelDataType right = call.getOperands().get(1).getType();
    RelDataType type = call.getType();
    if (!SqlTypes.isDatetime(left)
        || !SqlTypes.isDatetime(right)
        || SqlTypes.isTime(left) != SqlTypes.isTime(right)) {
      return null;
    }
    long leftUnit = SqlTypes.isDate(left) ? DAY : 1;
    long rightUnit = SqlTypes.isDate(right) ? DAY : 1;
    boolean months = SqlTypes.isMonths(type);
    return StrictCalls.binary(
        "-",
        operands.get(0),
        operands.get(1),
        (a, b) -> {
          long x = Math.multiplyExact(((Number) a).longValue(), leftUnit);
          long y = Math.multiplyExact(((Number) b).longValue(), rightUnit);
          return months ? (Object) months(x, y) : Numbers.whole(Math.subtractExact(x, y), type);
        });
  }

  /**
   * The whole months from one time to another, whose day and time of day decide about the last; as
   * PostgreSQL's AGE counts them. Calcite's function forgets the time of day between some days.
   */
  private static int months(long to, long from) {
    if (to < from) {
      return -months(from, to);
    }
    LocalDate last = LocalDate.ofEpochDay(Math.floorDiv(to, DAY));
    LocalDate first = LocalDate.ofEpochDay(Math.floorDiv(from, DAY));
    int days = last.getDayOfMonth() - first.getDayOfMonth();
    boolean unfinished =
        days < 0 || (days == 0 && Math.floorMod(to, DAY) < Math.floorMod(from, DAY));
    long months =
        last.getLong(ChronoField.PROLEPTIC_MONTH) - first.getLong(ChronoField.PROLEPTIC_MONTH);
    return Math.toIntExact(months - (unfinished ? 1 : 0));
  }

  /** Returns FLOOR or CEIL of a datetime to a unit, or null if not known here. */
  static @Nullable Scalar round(RexCall call, List<Scalar> operands, boolean up) {
    RexNode symbol = call.getOperands().get(1);
    RelDataType from = call.getOperands().get(0).getType();
    RelDataType type = call.getType();
    if (!(symbol instanceof RexLiteral literal) || from.getSqlTypeName() != type.getSqlTypeName()) {
      return null;
    }
    Object unit = literal.getValue();
    if (!(unit instanceof TimeUnitRange range)) {
      return null;
    }
    String name = up ? "CEIL" : "FLOOR";
    if (SqlTypes.isTimestamp(type)) {
      return StrictCalls.unary(name, operands.get(0), a -> timestamp((long) a, range, up));
    }
    if (SqlTypes.isDate(type)) {
      return StrictCalls.unary(name, operands.get(0), a -> date((int) a, range, up));
    }
    return SqlTypes.isTime(type)
        ? StrictCalls.unary(
            name, operands.get(0), a -> (int) toMultiple((int) a, range.startUnit, up))
        : null;
  }

  private static Object timestamp(long millis, TimeUnitRange range, boolean up) {
    if (!isCalendar(range)) {
      return toMultiple(millis, range.startUnit, up);
    }
    long day = toMultiple(millis, TimeUnit.DAY, up);
    return up
        ? DateTimeUtils.unixTimestampCeil(range, day)
        : DateTimeUtils.unixTimestampFloor(range, day);
  }

  private static Object date(int day, TimeUnitRange range, boolean up) {
    if (!isCalendar(range)) {
      return day;
    }
    return (int)
        (up ? DateTimeUtils.unixDateCeil(range, day) : DateTimeUtils.unixDateFloor(range, day));
  }

  private static boolean isCalendar(TimeUnitRange range) {
    return switch (range) {
      case YEAR, ISOYEAR, QUARTER, MONTH, WEEK, DAY, DECADE, CENTURY, MILLENNIUM -> true;
      default -> false;
    };
  }

  private static long toMultiple(long millis, TimeUnit unit, boolean up) {
    long step = unit.multiplier.longValue();
    if (step <= 1) {
      return millis;
    }
    long floor = Math.floorDiv(millis, step) * step;
    return up && floor != millis ? floor + step : floor;
  }

  /** Returns the current time as the type has it, or null for another name. */
  static @Nullable Scalar now(String name) {
    return switch (name) {
      case "CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "CURRENT_DATETIME", "NOW", "SYSTIMESTAMP" ->
          (row, execution) -> execution.nowMillis();
      case "CURRENT_DATE", "SYSDATE" ->
          (row, execution) -> (int) Math.floorDiv(execution.nowMillis(), DAY);
      case "CURRENT_TIME", "LOCALTIME" ->
          (row, execution) -> (int) Math.floorMod(execution.nowMillis(), DAY);
      default -> null;
    };
  }
}
