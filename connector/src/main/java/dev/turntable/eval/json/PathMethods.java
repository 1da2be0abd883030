package dev.turntable.eval.json;

import dev.turntable.source.NumberText;
import dev.turntable.source.TimeText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The methods of a path that convert one item. */
final class PathMethods {
  private static final int MAX_SCALE = 1000;

  private PathMethods() {}

  static boolean call(Json item, PathNode.Method method, PathWalk.Sink sink) {
    List<Integer> arguments = method.arguments();
    String name = method.name();
    return switch (name) {
      case "keyvalue" -> keyValue(item, sink);
      case "boolean" -> sink.accept(bool(item));
      case "string" -> sink.accept(string(item));
      case "double" -> sink.accept(real(number(item, name)));
      case "number" -> sink.accept(Json.of(number(item, name)));
      case "decimal" -> sink.accept(decimal(number(item, name), arguments));
      case "bigint" -> sink.accept(whole(item, name, Long.MIN_VALUE, Long.MAX_VALUE));
      case "integer" -> sink.accept(whole(item, name, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case "ceiling" -> sink.accept(rounded(item, name, RoundingMode.CEILING));
      case "floor" -> sink.accept(rounded(item, name, RoundingMode.FLOOR));
      case "abs" -> sink.accept(Json.of(own(item, name).abs()));
      default -> sink.accept(moment(item, name, arguments));
    };
  }

  private static PathFailure cannot(Json item, String method) {
    String text = item.text();
    return new PathFailure(
        method + "() of " + (text.length() > 60 ? text.substring(0, 60) + "…" : text));
  }

  /** The number of a number or of the text of one. */
  private static BigDecimal number(Json item, String method) {
    if (item instanceof Json.Text text) {
      try {
        return PathNumbers.bounded(NumberText.decimal(text.value()));
      } catch (NumberFormatException e) {
        throw cannot(item, method);
      }
    }
    return own(item, method);
  }

  private static BigDecimal own(Json item, String method) {
    if (item instanceof Json.Numeral number) {
      return PathNumbers.bounded(number.value());
    }
    throw cannot(item, method);
  }

  private static Json real(BigDecimal number) {
    double value = number.doubleValue();
    if (Double.isInfinite(value)) {
      throw new PathFailure("number " + number + " is out of range for double()");
    }
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    return Json.of(exact.scale() < 0 ? exact.setScale(0) : exact);
  }

  private static Json decimal(BigDecimal number, List<Integer> arguments) {
    if (arguments.isEmpty()) {
      return Json.of(number);
    }
    int precision = arguments.get(0);
    int scale = arguments.size() > 1 ? arguments.get(1) : 0;
    BigDecimal scaled =
        Math.abs(scale) > MAX_SCALE ? number : number.setScale(scale, RoundingMode.HALF_UP);
    if (precision < 1
        || Math.abs(scale) > MAX_SCALE
        || scaled.precision() - scaled.scale() > precision - scale) {
      throw new PathFailure("number " + number + " is out of range for decimal()");
    }
    return Json.of(scale < 0 ? scaled.setScale(0) : scaled);
  }

  private static Json whole(Json item, String method, long least, long most) {
    BigDecimal number = number(item, method).setScale(0, RoundingMode.HALF_UP);
    boolean fits =
        number.compareTo(BigDecimal.valueOf(least)) >= 0
            && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    boolean fraction = item instanceof Json.Text text && !text.value().strip().matches("[+-]?\\d+");
    if (!fits || fraction) {
      throw cannot(item, method);
    }
    return Json.of(number);
  }

  private static Json rounded(Json item, String method, RoundingMode mode) {
    return Json.of(own(item, method).setScale(0, mode));
  }

  private static Json bool(Json item) {
    if (item == Json.Literal.TRUE || item == Json.Literal.FALSE) {
      return item;
    }
    if (item instanceof Json.Numeral number
        && PathNumbers.bounded(number.value()).stripTrailingZeros().scale() <= 0) {
      return Json.of(number.value().signum() != 0);
    }
    String text = item instanceof Json.Text given ? given.value() : "";
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> Json.Literal.TRUE;
      case "false", "f", "no", "n", "off", "0" -> Json.Literal.FALSE;
      default -> throw cannot(item, "boolean");
    };
  }

  private static Json string(Json item) {
    if (item instanceof Json.Text) {
      return item;
    }
    if (item instanceof Json.Moment moment) {
      return Json.of(moment.iso());
    }
    if (item.isNull() || !item.isScalar()) {
      throw cannot(item, "string");
    }
    return Json.of(item.text());
  }

  private static boolean keyValue(Json item, PathWalk.Sink sink) {
    if (!(item instanceof Json.Members members)) {
      throw cannot(item, "keyvalue");
    }
    for (Map.Entry<String, Json> member : members.byName().entrySet()) {
      Map<String, Json> pair = new LinkedHashMap<>();
      pair.put("key", Json.of(member.getKey()));
      pair.put("value", member.getValue());
      pair.put("id", PathNumbers.json(0));
      if (!sink.accept(new Json.Members(pair))) {
        return false;
      }
    }
    return true;
  }

  private static Json moment(Json item, String method, List<Integer> arguments) {
    try {
      Comparable<?> value = moment(item, method);
      int digits = arguments.isEmpty() ? 9 : Math.max(0, Math.min(9, arguments.get(0)));
      return new Json.Moment(rounded(value, digits));
    } catch (DateTimeException e) {
      throw cannot(item, method);
    }
  }

  private static Comparable<?> moment(Json item, String method) {
    Comparable<?> known = item instanceof Json.Moment moment ? moment.value() : null;
    String text = item instanceof Json.Text given ? given.value() : "";
    if (known == null && text.isEmpty()) {
      throw cannot(item, method);
    }
    Comparable<?> value = known == null ? guessed(text) : known;
    return switch (method) {
      case "date" ->
          value instanceof LocalDateTime timestamp
              ? timestamp.toLocalDate()
              : as(value, true, item);
      case "time" ->
          value instanceof LocalDateTime timestamp
              ? timestamp.toLocalTime()
              : as(value, false, item);
      case "timestamp" ->
          value instanceof LocalDate date ? date.atStartOfDay() : timestamp(value, item);
      default -> value;
    };
  }

  private static Comparable<?> as(Comparable<?> value, boolean date, Json item) {
    if (value instanceof LocalDate == date) {
      return value;
    }
    throw cannot(item, date ? "date" : "time");
  }

  private static LocalDateTime timestamp(Comparable<?> value, Json item) {
    if (value instanceof LocalDateTime timestamp) {
      return timestamp;
    }
    throw cannot(item, "timestamp");
  }

  private static Comparable<?> guessed(String text) {
    if (text.indexOf('-', 1) < 0 || (text.indexOf(':') > 0 && text.indexOf(':') < 3)) {
      return TimeText.time(text);
    }
    return text.indexOf(':') < 0 ? TimeText.date(text) : TimeText.timestamp(text);
  }

  private static Comparable<?> rounded(Comparable<?> value, int digits) {
    long unit = (long) Math.pow(10, 9 - digits);
    if (value instanceof LocalTime time) {
      return LocalTime.ofNanoOfDay(time.toNanoOfDay() / unit * unit);
    }
    return value instanceof LocalDateTime timestamp
        ? timestamp.toLocalDate().atTime((LocalTime) rounded(timestamp.toLocalTime(), digits))
        : value;
  }
}
