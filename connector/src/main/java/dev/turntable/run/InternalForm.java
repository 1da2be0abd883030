package dev.turntable.run;

import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Between the values of sources and the internal form of operators. */
public final class InternalForm {
  private static final int DECIMAL_SCALE = 6;

  private InternalForm() {}

  /** Returns a reader of a column in internal form. */
  static <T> Function<T, @Nullable Object> reader(Column<T> column) {
    Function<T, @Nullable Object> reader = column.reader();
    ColumnType type = column.type();
    return type == ColumnType.TIMESTAMP || type == ColumnType.DECIMAL
        ? row -> ofSource(type, reader.apply(row))
        : reader;
  }

  /** Returns a value that a source gives for a column of a type in internal form. */
  public static @Nullable Object ofSource(ColumnType type, @Nullable Object value) {
    return switch (type) {
      case TIMESTAMP -> value instanceof Instant instant ? (Long) instant.toEpochMilli() : null;
      case DECIMAL ->
          value instanceof BigDecimal number
              ? number.setScale(DECIMAL_SCALE, RoundingMode.HALF_UP)
              : null;
      default -> value;
    };
  }

  /** Returns a value of an operator as a source expects it. */
  public static Object toSource(ColumnType type, Object value) {
    return switch (type) {
      case TIMESTAMP -> Instant.ofEpochMilli(((Number) value).longValue());
      case BIGINT -> ((Number) value).longValue();
      case INTEGER -> ((Number) value).intValue();
      case DOUBLE -> ((Number) value).doubleValue();
      default -> value;
    };
  }
}
