package dev.turntable.eval;

import dev.turntable.run.Scalar;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Compiles AT TIME ZONE and the difference of two times in a unit that a text names. */
final class Zones {
  private static final long DAY = 86_400_000;

  private Zones() {}

  /** Returns the call, or null if it is not known here. */
  static @Nullable Scalar compile(String name, RexCall call, List<Scalar> operands) {
    return switch (name) {
      case "AT_ZONE" -> zoned(call, operands, true);
      case "AT_ZONE_WALL" -> zoned(call, operands, false);
      case "DATEDIFF_BY" -> difference(call, operands);
      default -> null;
    };
  }

  /** A wall clock of a zone as UTC, or UTC as the wall clock of a zone. */
  private static Scalar zoned(RexCall call, List<Scalar> operands, boolean toUtc) {
    RelDataType from = call.getOperands().get(0).getType();
    return StrictCalls.binary(
        "AT TIME ZONE",
        operands.get(0),
        operands.get(1),
        (time, zone) -> {
          LocalDateTime given =
              LocalDateTime.ofInstant(Instant.ofEpochMilli(millis(time, from)), ZoneOffset.UTC);
          ZoneId id = zone(zone.toString());
          LocalDateTime result =
              toUtc
                  ? given.atZone(id).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime()
                  : given.atZone(ZoneOffset.UTC).withZoneSameInstant(id).toLocalDateTime();
          return result.toInstant(ZoneOffset.UTC).toEpochMilli();
        });
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name.strip(), ZoneId.SHORT_IDS);
    } catch (DateTimeException e) {
      for (String known : ZoneId.getAvailableZoneIds()) {
        if (known.equalsIgnoreCase(name.strip())) {
          return ZoneId.of(known);
        }
      }
      throw ValueErrors.badArgument("AT TIME ZONE", "there is no zone " + ValueErrors.show(name));
    }
  }

  /** How many boundaries of the unit lie between two times; weeks begin on Monday. */
  private static Scalar difference(RexCall call, List<Scalar> operands) {
    List<RexNode> nodes = call.getOperands();
    return StrictCalls.ternary(
        "DATEDIFF",
        operands,
        (unit, from, to) -> {
          String name = unit.toString().strip().toLowerCase(Locale.ROOT);
          return ordinal(name, millis(to, nodes.get(2).getType()))
              - ordinal(name, millis(from, nodes.get(1).getType()));
        });
  }

  private static long ordinal(String unit, long millis) {
    LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    return switch (unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit) {
      case "millennium" -> Math.floorDiv(time.getYear() - 1, 1000);
      case "century" -> Math.floorDiv(time.getYear() - 1, 100);
      case "decade" -> Math.floorDiv(time.getYear(), 10);
      case "year", "yy", "yyyy" -> time.getYear();
      case "quarter", "qq" -> time.getYear() * 4L + (time.getMonthValue() - 1) / 3;
      case "month", "mm" -> time.getYear() * 12L + time.getMonthValue();
      case "week", "wk" -> Math.floorDiv(Math.floorDiv(millis, DAY) + 3, 7);
      case "day", "dd", "d" -> Math.floorDiv(millis, DAY);
      case "hour", "hh" -> Math.floorDiv(millis, 3_600_000L);
      case "minute", "mi" -> Math.floorDiv(millis, 60_000L);
      case "second" -> Math.floorDiv(millis, 1000L);
      case "millisecond", "m" -> millis;
      default ->
          throw ValueErrors.badArgument("DATEDIFF", "there is no unit " + ValueErrors.show(unit));
    };
  }

  private static long millis(Object time, RelDataType type) {
    if (SqlTypes.isDate(type)) {
      return ((Number) time).longValue() * DAY;
    }
    return time instanceof Number number
        ? number.longValue()
        : dev.turntable.source.TimeText.timestamp(time.toString())
            .toInstant(ZoneOffset.UTC)
            .toEpochMilli();
  }
}
