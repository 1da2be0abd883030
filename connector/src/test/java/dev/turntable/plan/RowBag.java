package dev.turntable.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows to compare: as often as they occur, whatever their order; numbers by value. */
final class RowBag {
  /** Digits that two ways of adding doubles agree on. */
  private static final MathContext SAME = new MathContext(9, RoundingMode.HALF_EVEN);

  /** Rounded so first, what is in the middle of two values is so in both ways. */
  private static final MathContext NEARLY = new MathContext(13, RoundingMode.HALF_EVEN);

  /** Below it a number is the rounding error of a zero; a double here may be a decimal there. */
  private static final BigDecimal NOTHING = new BigDecimal("5e-7");

  private static final int SHOWN = 6;
  private static final int WIDTH = 300;

  private final List<String> rows;

  RowBag(List<? extends List<? extends @Nullable Object>> rows) {
    this.rows = rows.stream().map(RowBag::text).toList();
  }

  static String text(List<? extends @Nullable Object> row) {
    List<String> values = new ArrayList<>();
    row.forEach(value -> values.add(text(value)));
    return String.join(" | ", values);
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Double || value instanceof Float) {
      return number(new BigDecimal(value.toString()).round(NEARLY).round(SAME));
    }
    if (value instanceof Number) {
      return number(new BigDecimal(value.toString()));
    }
    return value instanceof String ? "'" + value + "'" : String.valueOf(value);
  }

  private static String number(BigDecimal number) {
    if (number.abs().compareTo(NOTHING) < 0) {
      return "0";
    }
    BigDecimal plain =
        number.precision() > SAME.getPrecision() && number.scale() > 0
            ? number.round(SAME)
            : number;
    return plain.stripTrailingZeros().toPlainString();
  }

  int size() {
    return rows.size();
  }

  /** Returns what only one of the two holds, few of it; empty if they are equal. */
  String difference(RowBag other) {
    return lines("-", minus(other)) + lines("+", other.minus(this));
  }

  /** Returns the rows that the other does not hold as often. */
  List<String> minus(RowBag other) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    other.rows.forEach(row -> counts.merge(row, 1, Integer::sum));
    List<String> left = new ArrayList<>();
    for (String row : rows) {
      if (counts.merge(row, -1, Integer::sum) < 0) {
        left.add(row);
      }
    }
    return left;
  }

  private static String lines(String sign, List<String> rows) {
    StringBuilder text = new StringBuilder();
    rows.stream()
        .limit(SHOWN)
        .forEach(
            row ->
                text.append("\n  ")
                    .append(sign)
                    .append(' ')
                    .append(row, 0, Math.min(WIDTH, row.length())));
    return rows.isEmpty() ? "" : text + "\n  (" + sign + rows.size() + ")";
  }
}
