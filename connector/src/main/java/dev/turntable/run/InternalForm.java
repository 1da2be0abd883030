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
    if (column.type() == ColumnType.TIMESTAMP) {
      return row -> reader.apply(row) instanceof Instant instant ? instant.toEpochMilli() : null;
    }
    if (column.type() == ColumnType.DECIMAL) {
      return row ->
          reader.apply(row) instanceof BigDecimal number
              ? number.setScale(DECIMAL_SCALE, RoundingMode.HALF_UP)
              : null;
    }
    return reader;
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

  /** Returns a value of a source in internal form. */
  public static @Nullable Object fromSource(@Nullable Object value) {
    return value instanceof Instant instant ? (Object) instant.toEpochMilli() : value;
  }
}
