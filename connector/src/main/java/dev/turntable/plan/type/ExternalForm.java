package dev.turntable.plan.type;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/** From the internal form of operators to the values that a driver sees. */
public final class ExternalForm {
  private ExternalForm() {}

  public static @Nullable Object external(@Nullable Object value, RelDataType type) {
    if (value == null) {
      return null;
    }
    return switch (type.getSqlTypeName()) {
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
          SourceColumns.timestamp(((Number) value).longValue());
      case DATE -> LocalDate.ofEpochDay(((Number) value).longValue());
      case TIME, TIME_WITH_LOCAL_TIME_ZONE, TIME_TZ ->
          LocalTime.ofNanoOfDay(TimeUnit.MILLISECONDS.toNanos(((Number) value).longValue()));
      case TINYINT, SMALLINT, INTEGER -> ((Number) value).intValue();
      case BIGINT -> ((Number) value).longValue();
      case FLOAT, REAL, DOUBLE -> ((Number) value).doubleValue();
      case DECIMAL ->
          value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
      case ARRAY, MULTISET -> elements(value, type);
      case ROW -> fields(value, type);
      case BINARY, VARBINARY -> value instanceof ByteString bytes ? bytes.getBytes() : value;
      case CHAR, VARCHAR -> value.toString();
      case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH ->
          IntervalForm.ofMonths(((Number) value).longValue());
      case INTERVAL_DAY,
          INTERVAL_DAY_HOUR,
          INTERVAL_DAY_MINUTE,
          INTERVAL_DAY_SECOND,
          INTERVAL_HOUR,
          INTERVAL_HOUR_MINUTE,
          INTERVAL_HOUR_SECOND,
          INTERVAL_MINUTE,
          INTERVAL_MINUTE_SECOND,
          INTERVAL_SECOND ->
          IntervalForm.ofMillis(((Number) value).longValue());
      default ->
          value instanceof Number || value instanceof Boolean || value instanceof List
              ? value
              : value.toString();
    };
  }

  private static List<@Nullable Object> elements(Object value, RelDataType type) {
    RelDataType element = java.util.Objects.requireNonNull(type.getComponentType(), "component");
    List<@Nullable Object> result = new ArrayList<>();
    for (Object item : (List<?>) value) {
      result.add(external(item, element));
    }
    return result;
  }

  private static List<@Nullable Object> fields(Object value, RelDataType type) {
    List<?> items =
        value instanceof Object[] array ? java.util.Arrays.asList(array) : (List<?>) value;
    List<@Nullable Object> result = new ArrayList<>();
    for (RelDataTypeField field : type.getFieldList()) {
      result.add(external(items.get(field.getIndex()), field.getType()));
    }
    return result;
  }
}
