package dev.turntable.eval;

import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls that are NULL as soon as one argument is, and whose failures name the function. */
final class StrictCalls {
  private StrictCalls() {}

  /** A function of one value that is not null. */
  @FunctionalInterface
  interface Unary {
    @Nullable Object apply(Object a);
  }

  /** A function of two values that are not null. */
  @FunctionalInterface
  interface Binary {
    @Nullable Object apply(Object a, Object b);
  }

  /** A function of three values that are not null. */
  @FunctionalInterface
  interface Ternary {
    @Nullable Object apply(Object a, Object b, Object c);
  }

  /** A function of any number of values that are not null. */
  @FunctionalInterface
  interface Many {
    @Nullable Object apply(Object[] values);
  }

  static Scalar unary(String name, Scalar x, Unary function) {
    return (row, execution) -> {
      Object a = x.eval(row, execution);
      if (a == null) {
        return null;
      }
      try {
        return function.apply(a);
      } catch (RuntimeException e) {
        throw ValueErrors.of(name, e, a);
      }
    };
  }

  static Scalar binary(String name, Scalar x, Scalar y, Binary function) {
    return (row, execution) -> {
      Object a = x.eval(row, execution);
      if (a == null) {
        return null;
      }
      Object b = y.eval(row, execution);
      if (b == null) {
        return null;
      }
      try {
        return function.apply(a, b);
      } catch (RuntimeException e) {
        throw ValueErrors.of(name, e, a, b);
      }
    };
  }

  static Scalar ternary(String name, List<Scalar> arguments, Ternary function) {
    return many(name, arguments, v -> function.apply(v[0], v[1], v[2]));
  }

  static Scalar many(String name, List<Scalar> arguments, Many function) {
    return watched(name, arguments, (values, execution) -> function.apply(values));
  }

  /** A function of any number of values that are not null, which looks whether to go on. */
  @FunctionalInterface
  interface Watched {
    @Nullable Object apply(Object[] values, Execution execution);
  }

  /** As {@link #many}, for what may take long for one row. */
  static Scalar watched(String name, List<Scalar> arguments, Watched function) {
    Scalar[] scalars = arguments.toArray(Scalar[]::new);
    return (row, execution) -> {
      Object[] values = values(scalars, row, execution);
      if (values == null) {
        return null;
      }
      try {
        return function.apply(values, execution);
      } catch (RuntimeException e) {
        throw ValueErrors.of(name, e, values);
      }
    };
  }

  private static Object @Nullable [] values(
      Scalar[] scalars, @Nullable Object[] row, Execution execution) {
    Object[] values = new Object[scalars.length];
    for (int i = 0; i < values.length; i++) {
      Object value = scalars[i].eval(row, execution);
      if (value == null) {
        return null;
      }
      values[i] = value;
    }
    return values;
  }
}
