package dev.turntable.run;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a statement says of the keys of one reference to a table: which columns it binds to keys, and
 * where keys come from that are not a condition on every row. The rows of those belong to the reference
 * even where a list or the known ids do not name them.
 *
 * @param columns the positions in the table of the columns that are bound; null if the statement was
 *     not looked through, and every condition counts
 * @param supplies where further keys come from
 * @param underOr the names of columns that are compared with other rows under OR alone, which binds
 *     nothing
 */
public record BoundKeys(
    @Nullable Set<Integer> columns, List<Supply> supplies, Set<String> underOr) {
  /** Of a scan that stands alone: its conditions bind, nothing else does. */
  public static final BoundKeys BY_CONDITIONS = new BoundKeys(null, List.of(), Set.of());

  public BoundKeys {
    columns = columns == null ? null : Set.copyOf(columns);
    supplies = List.copyOf(supplies);
    underOr =
        Collections.unmodifiableSet(new LinkedHashSet<>(underOr)); // messages keep their order
  }

  /** Gives keys. */
  public sealed interface Supply {
    /** Returns the position in the table of the column that is bound. */
    int column();
  }

  /**
   * A constant of the statement.
   *
   * @param value reads no row
   * @param upper for a BETWEEN its upper bound: only if both are equal do they name a key; else null
   */
  public record Constant(int column, Scalar value, @Nullable Scalar upper) implements Supply {
    /** Returns the key, in internal form; nothing where it names none. */
    List<Object> values(Execution execution) {
      Object key = value.eval(Execution.NO_ROW, execution);
      return key == null || (upper != null && !key.equals(upper.eval(Execution.NO_ROW, execution)))
          ? List.of()
          : List.of(key);
    }
  }

  /**
   * A column of another reference.
   *
   * @param rows gives the keys, in its only column
   * @param from the scan that they come from, or null if they are computed
   */
  public record Column(int column, RowNode rows, @Nullable ScanNode<?> from) implements Supply {}
}
