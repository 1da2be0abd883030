package dev.turntable.run;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.source.ValueSize;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a sub-query comes to that is a value of its own, not compared with one. */
public final class SubQueryValues {
  private SubQueryValues() {}

  /** Whether there is a row. */
  public static SubQueryColumn.Value<Boolean> exists() {
    return new SubQueryColumn.Value<>() {
      @Override
      public Boolean read(Operator run, Execution execution) {
        return run.next() != null;
      }

      @Override
      public long size(Boolean answer) {
        return 0;
      }

      @Override
      public Object of(Boolean answer, @Nullable Object[] outerRow, Execution execution) {
        return answer;
      }
    };
  }

  /** The only value of the only row; NULL if there is none. */
  public static SubQueryColumn.Value<Optional<Object>> scalar() {
    return new SubQueryColumn.Value<>() {
      @Override
      public Optional<Object> read(Operator run, Execution execution) {
        @Nullable Object[] row = run.next();
        if (row != null && run.next() != null) {
          throw new TurntableException(
              ErrorKind.INVALID_STATEMENT, "a sub-query that stands for a value gave two rows");
        }
        return row == null ? Optional.empty() : Optional.ofNullable(row[0]);
      }

      @Override
      public long size(Optional<Object> answer) {
        return ValueSize.of(answer.orElse(null));
      }

      @Override
      public @Nullable Object of(
          Optional<Object> answer, @Nullable Object[] outerRow, Execution execution) {
        return answer.orElse(null);
      }
    };
  }
}
