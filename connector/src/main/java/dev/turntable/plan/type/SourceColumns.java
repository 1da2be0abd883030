package dev.turntable.plan.type;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import dev.turntable.source.TableDef;
import java.math.BigDecimal;
import java.sql.JDBCType;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The columns of tables as JDBC describes them, and their values as a driver expects them: what {@link
 * Types} and {@link ExternalForm} say of their Calcite types, without Calcite, which a new JVM has still to
 * load.
 */
public final class SourceColumns {
  /** The length of text that has no declared one. */
  static final int ANY_LENGTH = 65_535;

  static final int DECIMAL_PRECISION = 18;
  static final int DECIMAL_SCALE = 6;
  public static final int TIMESTAMP_PRECISION = 3;

  private SourceColumns() {}

  /** Describes a column of a table. */
  public static ColumnInfo info(String schema, TableDef<?> table, Column<?> column) {
    boolean writable = table.inserter() != null && column.use().insertable();
    return new ColumnInfo(
        column.name(),
        new ColumnInfo.Origin(schema, table.name(), column.name(), writable),
        jdbcType(column.type()),
        precision(column.type()),
        scale(column.type()),
        column.nullable());
  }

  private static JDBCType jdbcType(ColumnType type) {
    return switch (type) {
      case VARCHAR, JSON -> JDBCType.VARCHAR;
      case BOOLEAN -> JDBCType.BOOLEAN;
      case INTEGER -> JDBCType.INTEGER;
      case BIGINT -> JDBCType.BIGINT;
      case DOUBLE -> JDBCType.DOUBLE;
      case DECIMAL -> JDBCType.DECIMAL;
      case TIMESTAMP -> JDBCType.TIMESTAMP;
    };
  }

  private static int precision(ColumnType type) {
    return switch (type) {
      case VARCHAR, JSON -> ANY_LENGTH;
      case BOOLEAN -> 1;
      case INTEGER -> 10;
      case BIGINT -> 19;
      case DOUBLE -> 15;
      case DECIMAL -> DECIMAL_PRECISION;
      case TIMESTAMP -> 23;
    };
  }

  private static int scale(ColumnType type) {
    return switch (type) {
      case DECIMAL -> DECIMAL_SCALE;
      case TIMESTAMP -> TIMESTAMP_PRECISION;
      default -> 0;
    };
  }

  /** Returns what turns a value from its internal form. */
  public static UnaryOperator<@Nullable Object> form(ColumnType type) {
    return switch (type) {
      case VARCHAR, JSON, BOOLEAN -> value -> value;
      case INTEGER -> value -> value == null ? null : ((Number) value).intValue();
      case BIGINT -> value -> value == null ? null : ((Number) value).longValue();
      case DOUBLE -> value -> value == null ? null : ((Number) value).doubleValue();
      case DECIMAL ->
          value ->
              value == null || value instanceof BigDecimal
                  ? value
                  : new BigDecimal(value.toString());
      case TIMESTAMP -> value -> value == null ? null : timestamp(((Number) value).longValue());
    };
  }

  static LocalDateTime timestamp(long millis) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }
}
