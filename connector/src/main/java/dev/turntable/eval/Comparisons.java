package dev.turntable.eval;

import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import java.math.BigDecimal;
import java.util.Comparator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Compiles comparisons, with short cuts for a column against a constant. */
final class Comparisons {
  private static final int LESS = 1;
  private static final int EQUAL = 2;
  private static final int GREATER = 4;

  private Comparisons() {}

  /** Returns a three-valued comparison, or null if the types cannot be compared here. */
  static @Nullable Scalar compile(
      SqlKind kind, Scalar left, Scalar right, RelDataType leftType, RelDataType rightType) {
    Comparator<Object> order = Orders.between(leftType, rightType);
    if (order == null) {
      return null;
    }
    int accepted = accepted(kind);
    if (right instanceof Constant constant && constant.value() != null) {
      return withConstant(left, constant.value(), accepted, order);
    }
    if (left instanceof Constant constant && constant.value() != null) {
      return withConstant(right, constant.value(), mirrored(accepted), order);
    }
    return new Comparison(left, right, accepted, order);
  }

  private static int accepted(SqlKind kind) {
    return switch (kind) {
      case EQUALS -> EQUAL;
      case NOT_EQUALS -> LESS | GREATER;
      case LESS_THAN -> LESS;
      case LESS_THAN_OR_EQUAL -> LESS | EQUAL;
      case GREATER_THAN -> GREATER;
      case GREATER_THAN_OR_EQUAL -> GREATER | EQUAL;
      default -> throw new IllegalArgumentException(kind.name());
    };
  }

  private static int mirrored(int accepted) {
    return (accepted & EQUAL)
        | ((accepted & LESS) != 0 ? GREATER : 0)
        | ((accepted & GREATER) != 0 ? LESS : 0);
  }

  private static boolean accepts(int accepted, int comparison) {
    return (accepted & (comparison < 0 ? LESS : comparison == 0 ? EQUAL : GREATER)) != 0;
  }

  private static Scalar withConstant(
      Scalar left, Object constant, int accepted, Comparator<Object> order) {
    if (order == Orders.WHOLE) {
      return new WholeComparison(left, ((Number) constant).longValue(), accepted);
    }
    if (order == Orders.NATURAL && (accepted == EQUAL || accepted == (LESS | GREATER))) {
      return new Equality(left, constant, accepted == EQUAL);
    }
    if (order == Orders.EXACT) {
      // Converted once instead of once per row.
      BigDecimal exact = Numbers.exact(constant);
      return new Comparison(left, new Constant(exact), accepted, order);
    }
    return new Comparison(left, new Constant(constant), accepted, order);
  }

  /** Any two values of comparable types. */
  private record Comparison(Scalar left, Scalar right, int accepted, Comparator<Object> order)
      implements Scalar {
    @Override
    public @Nullable Object eval(@Nullable Object[] row, Execution execution) {
      Object a = left.eval(row, execution);
      if (a == null) {
        return null;
      }
      Object b = right.eval(row, execution);
      return b == null ? null : (Boolean) accepts(accepted, order.compare(a, b));
    }

    @Override
    public boolean isTrue(@Nullable Object[] row, Execution execution) {
      Object a = left.eval(row, execution);
      if (a == null) {
        return false;
      }
      Object b = right.eval(row, execution);
      return b != null && accepts(accepted, order.compare(a, b));
    }
  }

  /** A whole number against a constant. */
  private record WholeComparison(Scalar left, long constant, int accepted) implements Scalar {
    @Override
    public @Nullable Object eval(@Nullable Object[] row, Execution execution) {
      Object a = left.eval(row, execution);
      return a == null ? null : (Boolean) test(a);
    }

    @Override
    public boolean isTrue(@Nullable Object[] row, Execution execution) {
      Object a = left.eval(row, execution);
      return a != null && test(a);
    }

    private boolean test(Object a) {
      return accepts(accepted, Long.compare(((Number) a).longValue(), constant));
    }
  }

  /** A text or truth value equal, or not equal, to a constant. */
  private record Equality(Scalar left, Object constant, boolean wanted) implements Scalar {
    @Override
    public @Nullable Object eval(@Nullable Object[] row, Execution execution) {
      Object a = left.eval(row, execution);
      return a == null ? null : (Boolean) (constant.equals(a) == wanted);
    }

    @Override
    public boolean isTrue(@Nullable Object[] row, Execution execution) {
      Object a = left.eval(row, execution);
      return a != null && constant.equals(a) == wanted;
    }
  }
}
