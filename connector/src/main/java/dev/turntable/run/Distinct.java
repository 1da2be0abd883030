package dev.turntable.run;

import dev.turntable.source.ValueSize;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Each row once, as soon as it comes. */
public record Distinct(RowNode input) implements RowNode {
  /** The key of a row and its place among the others. */
  private static final int ENTRY = 64;

  @Override
  public Operator open(Execution execution) {
    MemoryTracker held = new MemoryTracker(execution, "DISTINCT");
    return new InputOperator(input.open(execution)) {
      private final Set<Key> seen = new HashSet<>();

      @Override
      public @Nullable Object @Nullable [] next() {
        for (Object[] row = input.next(); row != null; row = input.next()) {
          held.tick();
          if (seen.add(Key.of(row))) {
            held.add(ENTRY + ValueSize.ofRow(row));
            return row;
          }
        }
        return null;
      }

      @Override
      public void close() {
        super.close();
        seen.clear();
        held.releaseAll();
      }
    };
  }
}
