package dev.turntable.plan.type;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The SQL types of the values that clients bind. */
public final class ValueTypes {
  private ValueTypes() {}

  /** Returns the type, or null for text, NULL and what has no type of its own. */
  public static @Nullable RelDataType of(@Nullable Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return type(SqlTypeName.INTEGER);
    }
    if (value instanceof Long) {
      return type(SqlTypeName.BIGINT);
    }
    if (value instanceof Double || value instanceof Float) {
      return type(SqlTypeName.DOUBLE);
    }
    if (value instanceof BigDecimal number) {
      return decimal(number);
    }
    if (value instanceof Boolean) {
      return type(SqlTypeName.BOOLEAN);
    }
    if (value instanceof LocalDate) {
      return type(SqlTypeName.DATE);
    }
    if (value instanceof LocalTime) {
      return nullable(SqlTypeFactory.INSTANCE.createSqlType(SqlTypeName.TIME, 3));
    }
    boolean timestamp =
        value instanceof LocalDateTime
            || value instanceof Instant
            || value instanceof OffsetDateTime
            || value instanceof ZonedDateTime
            || value instanceof java.util.Date;
    return timestamp ? type(SqlTypeName.TIMESTAMP) : null;
  }

  /** A number beyond the digits of DECIMAL has none. */
  private static @Nullable RelDataType decimal(BigDecimal number) {
    int most = SqlTypeFactory.INSTANCE.getTypeSystem().getMaxPrecision(SqlTypeName.DECIMAL);
    int scale = Math.max(0, number.scale());
    boolean fits = scale <= most && (long) number.precision() - number.scale() <= most - scale;
    return fits
        ? nullable(SqlTypeFactory.INSTANCE.createSqlType(SqlTypeName.DECIMAL, most, scale))
        : null;
  }

  private static RelDataType type(SqlTypeName name) {
    return nullable(SqlTypeFactory.INSTANCE.createSqlType(name));
  }

  private static RelDataType nullable(RelDataType type) {
    return SqlTypeFactory.INSTANCE.createTypeWithNullability(type, true);
  }
}
