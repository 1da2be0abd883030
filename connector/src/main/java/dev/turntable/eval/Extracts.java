package dev.turntable.eval;

import dev.turntable.run.Scalar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.jspecify.annotations.Nullable;

/** Compiles EXTRACT(unit FROM datetime or interval). */
final class Extracts {
  private static final long DAY = DateTimeUtils.MILLIS_PER_DAY;

  private Extracts() {}

  static @Nullable Scalar compile(RexCall call, Scalar operand) {
    boolean symbol = call.getOperands().get(0) instanceof RexLiteral;
    if (!symbol
        || !(((RexLiteral) call.getOperands().get(0)).getValue() instanceof TimeUnitRange)) {
      return null;
    }
    TimeUnitRange range =
        (TimeUnitRange)
            java.util.Objects.requireNonNull(((RexLiteral) call.getOperands().get(0)).getValue());
    RelDataType from = call.getOperands().get(1).getType();
    RelDataType type = call.getType();
    if (SqlTypes.isDecimal(type)) {
      Part thousandths = thousandths(range.startUnit, from);
      return thousandths == null
          ? null
          : StrictCalls.unary(
              "EXTRACT",
              operand,
              a ->
                  Numbers.fit(
                      BigDecimal.valueOf(thousandths.of(((Number) a).longValue()), 3),
                      type,
                      RoundingMode.DOWN));
    }
    Part part = part(range, from);
    return part == null
        ? null
        : StrictCalls.unary(
            "EXTRACT",
            operand,
            a -> Numbers.fit(part.of(((Number) a).longValue()), type, RoundingMode.DOWN));
  }

  /** What has a fraction, in milliseconds. */
  private static @Nullable Part thousandths(TimeUnit unit, RelDataType from) {
    if (unit == TimeUnit.SECOND && !SqlTypes.isMonths(from)) {
      return SqlTypes.isDate(from)
          ? day -> 0
          : v -> SqlTypes.isInterval(from) ? v % 60_000 : Math.floorMod(v, 60_000L);
    }
    if (unit != TimeUnit.EPOCH) {
      return null;
    }
    if (SqlTypes.isDate(from)) {
      return day -> day * DAY;
    }
    // As PostgreSQL has it, a year of 365.25 days and a month of 30.
    return SqlTypes.isMonths(from)
        ? months -> months / 12 * (DAY * 365 + DAY / 4) + months % 12 * 30 * DAY
        : v -> v;
  }

  /** What EXTRACT takes from a value. */
  @FunctionalInterface
  private interface Part {
    long of(long value);
  }

  private static @Nullable Part part(TimeUnitRange range, RelDataType from) {
    if (SqlTypes.isDate(from)) {
      return date(range);
    }
    if (SqlTypes.isTimestamp(from)) {
      Part date = dateOnly(range.startUnit) ? date(range) : null;
      return date == null
          ? clock(range.startUnit, true)
          : millis -> date.of(Math.floorDiv(millis, DAY));
    }
    if (SqlTypes.isTime(from)) {
      return dateOnly(range.startUnit) || range.startUnit == TimeUnit.EPOCH
          ? null
          : clock(range.startUnit, true);
    }
    return interval(range.startUnit, from);
  }

  private static boolean dateOnly(TimeUnit unit) {
    return switch (unit) {
      case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND, EPOCH -> false;
      default -> true;
    };
  }

  private static @Nullable Part date(TimeUnitRange range) {
    if (dateOnly(range.startUnit)) {
      return day -> DateTimeUtils.unixDateExtract(range, day);
    }
    return range.startUnit == TimeUnit.EPOCH ? day -> day * (DAY / 1000) : day -> 0;
  }

  /** Parts of the time of day; an instant before 1970 counts forward from its midnight. */
  private static @Nullable Part clock(TimeUnit unit, boolean floor) {
    return switch (unit) {
      case HOUR -> v -> mod(v, DAY, floor) / 3_600_000;
      case MINUTE -> v -> mod(v, 3_600_000, floor) / 60_000;
      case SECOND -> v -> mod(v, 60_000, floor) / 1000;
      case MILLISECOND -> v -> mod(v, 60_000, floor);
      case MICROSECOND -> v -> mod(v, 60_000, floor) * 1000;
      case NANOSECOND -> v -> mod(v, 60_000, floor) * 1_000_000;
      case EPOCH -> v -> v / 1000;
      default -> null;
    };
  }

  private static long mod(long value, long divisor, boolean floor) {
    return floor ? Math.floorMod(value, divisor) : value % divisor;
  }

  private static @Nullable Part interval(TimeUnit unit, RelDataType from) {
    if (SqlTypes.isMonths(from)) {
      return switch (unit) {
        case YEAR -> months -> months / 12;
        case MONTH -> months -> months % 12;
        default -> null;
      };
    }
    if (!SqlTypes.isMillis(from)) {
      return null;
    }
    return unit == TimeUnit.DAY ? v -> v / DAY : clock(unit, false);
  }
}
