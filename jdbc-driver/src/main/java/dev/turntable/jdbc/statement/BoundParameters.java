package dev.turntable.jdbc.statement;

import dev.turntable.jdbc.error.SqlErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values bound to a prepared statement. */
final class BoundParameters {
  private final @Nullable Object[] values;
  private final boolean[] bound;

  BoundParameters(int count) {
    this.values = new @Nullable Object[count];
    this.bound = new boolean[count];
  }

  void bind(int index, @Nullable Object value) throws SQLException {
    if (index < 1 || index > values.length) {
      throw noSuch(index, values.length);
    }
    values[index - 1] = value;
    bound[index - 1] = true;
  }

  void clear() {
    Arrays.fill(values, null);
    Arrays.fill(bound, false);
  }

  /** Returns a copy of the values. */
  List<@Nullable Object> list() throws SQLException {
    for (int i = 0; i < bound.length; i++) {
      if (!bound[i]) {
        throw SqlErrors.badValue("parameter " + (i + 1) + " has no value");
      }
    }
    return new ArrayList<>(Arrays.asList(values));
  }

  static SQLException noSuch(int index, int count) {
    return SqlErrors.badValue("there is no parameter " + index + "; the statement has " + count);
  }
}
