package dev.turntable.eval;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/** Compiles SEARCH, Calcite's form of IN lists, ranges and their negations over one operand. */
final class SargCompiler {
  private SargCompiler() {}

  /** Returns the search, or null if the operand's type is not known here. */
  static @Nullable Scalar compile(
      Scalar operand, Sarg<?> sarg, RelDataType operandType, RelDataType sargType) {
    Comparator<Object> order = Orders.between(operandType, sargType);
    if (order == null) {
      return null;
    }
    Boolean ifNull = sarg.nullAs == RexUnknownAs.UNKNOWN ? null : sarg.nullAs == RexUnknownAs.TRUE;
    if (hashable(operandType, sargType) && sarg.isPoints()) {
      return new Search(operand, new Points(points(sarg, sargType), true), ifNull);
    }
    if (hashable(operandType, sargType) && sarg.isComplementedPoints()) {
      return new Search(operand, new Points(points(sarg.negate(), sargType), false), ifNull);
    }
    List<Interval> intervals =
        sarg.rangeSet.asRanges().stream().map(range -> interval(range, sargType)).toList();
    return new Search(operand, new Intervals(intervals, order), ifNull);
  }

  private static boolean hashable(RelDataType operand, RelDataType sarg) {
    boolean whole = SqlTypes.isWhole(operand) && SqlTypes.isWhole(sarg);
    return whole || (SqlTypes.isText(operand) && SqlTypes.isText(sarg));
  }

  private static Set<Object> points(Sarg<?> sarg, RelDataType type) {
    Set<Object> points = new HashSet<>();
    for (Range<?> range : sarg.rangeSet.asRanges()) {
      points.add(normal(Literals.value(range.lowerEndpoint(), type)));
    }
    return points;
  }

  private static Object normal(Object value) {
    return value instanceof Number number ? (Object) number.longValue() : value;
  }

  private static Interval interval(Range<?> range, RelDataType type) {
    return new Interval(
        range.hasLowerBound() ? Literals.value(range.lowerEndpoint(), type) : null,
        range.hasLowerBound() && range.lowerBoundType() == BoundType.CLOSED,
        range.hasUpperBound() ? Literals.value(range.upperEndpoint(), type) : null,
        range.hasUpperBound() && range.upperBoundType() == BoundType.CLOSED);
  }

  /** Whether a value that is not null is searched for. */
  private interface Target {
    boolean contains(Object value);
  }

  private record Points(Set<Object> values, boolean wanted) implements Target {
    @Override
    public boolean contains(Object value) {
      return values.contains(normal(value)) == wanted;
    }
  }

  private record Interval(
      @Nullable Object low, boolean withLow, @Nullable Object high, boolean withHigh) {
    boolean contains(Object value, Comparator<Object> order) {
      if (low != null) {
        int c = order.compare(value, low);
        if (c < 0 || (c == 0 && !withLow)) {
          return false;
        }
      }
      if (high == null) {
        return true;
      }
      int c = order.compare(value, high);
      return c < 0 || (c == 0 && withHigh);
    }
  }

  private record Intervals(List<Interval> intervals, Comparator<Object> order) implements Target {
    @Override
    public boolean contains(Object value) {
      for (Interval interval : intervals) {
        if (interval.contains(value, order)) {
          return true;
        }
      }
      return false;
    }
  }

  private record Search(Scalar operand, Target target, @Nullable Boolean ifNull) implements Scalar {
    @Override
    public @Nullable Object eval(@Nullable Object[] row, Execution execution) {
      Object value = operand.eval(row, execution);
      return value == null ? ifNull : (Boolean) target.contains(value);
    }
  }
}
