package dev.turntable.eval;

import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Three-valued logic and the choice between values. */
final class Logic {
  private Logic() {}

  static Scalar and(List<Scalar> operands) {
    return new Junction(operands.toArray(Scalar[]::new), false);
  }

  static Scalar or(List<Scalar> operands) {
    return new Junction(operands.toArray(Scalar[]::new), true);
  }

  static Scalar not(Scalar operand) {
    return (row, execution) -> {
      Object value = operand.eval(row, execution);
      return value == null ? null : (Boolean) !((Boolean) value);
    };
  }

  static Scalar isNull(Scalar operand) {
    return (row, execution) -> operand.eval(row, execution) == null;
  }

  static Scalar isNotNull(Scalar operand) {
    return (row, execution) -> operand.eval(row, execution) != null;
  }

  static Scalar is(Scalar operand, boolean truth) {
    Boolean wanted = truth;
    return (row, execution) -> wanted.equals(operand.eval(row, execution));
  }

  static Scalar isNot(Scalar operand, boolean truth) {
    Boolean unwanted = truth;
    return (row, execution) -> !unwanted.equals(operand.eval(row, execution));
  }

  /** IS [NOT] DISTINCT FROM, from an equality that is null if a side is null. */
  static Scalar distinct(Scalar left, Scalar right, Scalar equal, boolean wanted) {
    return (row, execution) -> {
      Object truth = equal.eval(row, execution);
      if (truth != null) {
        return (boolean) truth != wanted;
      }
      boolean bothNull = left.eval(row, execution) == null && right.eval(row, execution) == null;
      return bothNull != wanted;
    };
  }

  /** CASE with operands condition, value, ..., else. */
  static Scalar choose(List<Scalar> operands) {
    Scalar[] parts = operands.toArray(Scalar[]::new);
    return (row, execution) -> {
      int last = parts.length - 1;
      for (int i = 0; i < last; i += 2) {
        if (parts[i].isTrue(row, execution)) {
          return parts[i + 1].eval(row, execution);
        }
      }
      return parts[last].eval(row, execution);
    };
  }

  static Scalar coalesce(List<Scalar> operands) {
    Scalar[] parts = operands.toArray(Scalar[]::new);
    return (row, execution) -> {
      for (Scalar part : parts) {
        Object value = part.eval(row, execution);
        if (value != null) {
          return value;
        }
      }
      return null;
    };
  }

  static Scalar nullIf(Scalar value, Scalar equal) {
    return (row, execution) -> equal.isTrue(row, execution) ? null : value.eval(row, execution);
  }

  /** AND or OR: the deciding truth ends it, a null is remembered. */
  private static final class Junction implements Scalar {
    private final Scalar[] operands;
    private final boolean deciding;

    Junction(Scalar[] operands, boolean deciding) {
      this.operands = operands;
      this.deciding = deciding;
    }

    @Override
    public @Nullable Object eval(@Nullable Object[] row, Execution execution) {
      boolean unknown = false;
      for (Scalar operand : operands) {
        Object value = operand.eval(row, execution);
        if (value == null) {
          unknown = true;
        } else if ((boolean) value == deciding) {
          return deciding;
        }
      }
      return unknown ? null : (Boolean) !deciding;
    }

    @Override
    public boolean isTrue(@Nullable Object[] row, Execution execution) {
      for (Scalar operand : operands) {
        if (operand.isTrue(row, execution) == deciding) {
          return deciding;
        }
      }
      return !deciding;
    }
  }
}
