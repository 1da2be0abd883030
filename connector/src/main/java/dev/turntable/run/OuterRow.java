package dev.turntable.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a correlation variable stands for at the moment, and what it will stand for next. */
final class OuterRow {
  private @Nullable Object @Nullable [] values;
  private List<@Nullable Object[]> batch = List.of();
  private boolean last;
  private long changes;
  private long batches;

  @Nullable Object @Nullable [] values() {
    return values;
  }

  void set(@Nullable Object[] newValues) {
    values = newValues;
    changes++;
  }

  /** Sets the values for a look at them: what has been read for the others stays valid. */
  void peek(@Nullable Object @Nullable [] otherValues) {
    values = otherValues;
  }

  /**
   * Announces the tuples that the inner side will be run for next.
   *
   * @param isLast whether there will be no others
   */
  void announce(List<@Nullable Object[]> tuples, boolean isLast) {
    batch = tuples;
    last = isLast;
    batches++;
  }

  /** Returns whether no tuples follow those announced. */
  boolean isLast() {
    return last;
  }

  List<@Nullable Object[]> batch() {
    return batch;
  }

  /** Returns a number that is another one once the values have changed. */
  long changes() {
    return changes;
  }

  /** Returns a number that is another one once other tuples have been announced. */
  long batches() {
    return batches;
  }
}
