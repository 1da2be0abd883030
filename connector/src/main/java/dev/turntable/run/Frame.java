package dev.turntable.run;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Which rows around the current one a window function sees.
 *
 * @param unit what the bounds count
 * @param lower the first row
 * @param upper the last row
 * @param exclusion rows that are left out again
 * @param key for RANGE with an offset: the value that the rows are ordered by, else null
 * @param keyOrder for RANGE with an offset: the order of the key's values in the window, else null
 */
public record Frame(
    Unit unit,
    Bound lower,
    Bound upper,
    Exclusion exclusion,
    @Nullable Scalar key,
    @Nullable Comparator<Object> keyOrder) {
  /** What bounds count. */
  public enum Unit {
    /** Rows. */
    ROWS,
    /** Groups of rows that the order does not tell from each other. */
    GROUPS,
    /** The distance of the values that the rows are ordered by; peers are never parted. */
    RANGE
  }

  /** Where a frame begins or ends. */
  public enum Kind {
    UNBOUNDED_PRECEDING,
    PRECEDING,
    CURRENT_ROW,
    FOLLOWING,
    UNBOUNDED_FOLLOWING
  }

  /** What is left out of a frame. */
  public enum Exclusion {
    NOTHING,
    CURRENT_ROW,
    /** The current row and its peers. */
    GROUP,
    /** The peers of the current row. */
    TIES
  }

  /**
   * An end of a frame.
   *
   * @param value for ROWS and GROUPS how many of them; for RANGE the key's value at the bound, computed from
   *     the current row; null where the kind has no offset
   */
  public record Bound(Kind kind, @Nullable Scalar value) {
    public static final Bound UNBOUNDED_PRECEDING = new Bound(Kind.UNBOUNDED_PRECEDING, null);
    public static final Bound CURRENT_ROW = new Bound(Kind.CURRENT_ROW, null);
    public static final Bound UNBOUNDED_FOLLOWING = new Bound(Kind.UNBOUNDED_FOLLOWING, null);
  }
}
