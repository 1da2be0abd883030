package dev.turntable.eval.json;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Compares two items of documents. */
final class PathOrder {
  private PathOrder() {}

  /** Returns whether the comparison holds; null where the items cannot be compared. */
  static @Nullable Boolean test(String operator, Json left, Json right) {
    boolean unequal = operator.equals("!=") || operator.equals("<>");
    if (left.isNull() != right.isNull()) {
      return unequal; // null is in no order with anything else, but it is different
    }
    Integer order = compare(left, right);
    if (order == null) {
      return null;
    }
    return switch (operator) {
      case "==" -> order == 0;
      case "!=", "<>" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static @Nullable Integer compare(Json left, Json right) {
    if (left instanceof Json.Numeral a && right instanceof Json.Numeral b) {
      return a.value().compareTo(b.value());
    }
    if (left instanceof Json.Text a && right instanceof Json.Text b) {
      return a.value().equals(b.value()) ? 0 : byCodePoint(a.value(), b.value());
    }
    if (left instanceof Json.Literal && right instanceof Json.Literal) {
      return Boolean.compare(left == Json.Literal.TRUE, right == Json.Literal.TRUE);
    }
    return left instanceof Json.Moment a && right instanceof Json.Moment b
        ? moments(a.value(), b.value())
        : null;
  }

  private static int byCodePoint(String a, String b) {
    int[] x = a.codePoints().toArray();
    int[] y = b.codePoints().toArray();
    return java.util.Arrays.compare(x, y);
  }

  private static @Nullable Integer moments(Comparable<?> a, Comparable<?> b) {
    LocalDateTime x = timestamp(a);
    LocalDateTime y = timestamp(b);
    if (x != null && y != null) {
      return x.compareTo(y);
    }
    return a instanceof java.time.LocalTime first && b instanceof java.time.LocalTime second
        ? (Integer) first.compareTo(second)
        : null;
  }

  private static @Nullable LocalDateTime timestamp(Comparable<?> value) {
    if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    }
    return value instanceof LocalDateTime timestamp ? timestamp : null;
  }
}
