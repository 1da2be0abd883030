package dev.turntable.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The equalities of a join condition.
 *
 * @param left what the left side gives, on its row
 * @param right what the right side gives, on its row
 * @param nullSafe per key, whether NULL equals NULL (IS NOT DISTINCT FROM)
 */
public record JoinKeys(List<Scalar> left, List<Scalar> right, List<Boolean> nullSafe) {
  /** No equality: every row is compared with every other. */
  public static final JoinKeys NONE = new JoinKeys(List.of(), List.of(), List.of());

  public JoinKeys {
    left = List.copyOf(left);
    right = List.copyOf(right);
    nullSafe = List.copyOf(nullSafe);
    if (left.size() != right.size() || left.size() != nullSafe.size()) {
      throw new IllegalArgumentException("as many left keys as right ones and flags");
    }
  }

  /** Returns the key of a row, or null if it can match none. */
  @Nullable Key key(List<Scalar> side, @Nullable Object[] row, Execution execution) {
    @Nullable Object[] values = new Object[side.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = side.get(i).eval(row, execution);
      if (values[i] == null && !nullSafe.get(i)) {
        return null;
      }
    }
    return Key.of(values);
  }
}
