package dev.turntable.plan.type;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import dev.turntable.source.TableDef;
import java.sql.JDBCType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Between the types of sources, of Calcite and of JDBC. */
public final class Types {
  private Types() {}

  /** Returns the row type of a table. */
  public static RelDataType rowType(TableDef<?> table, RelDataTypeFactory factory) {
    RelDataTypeFactory.Builder builder = factory.builder();
    for (Column<?> column : table.columns()) {
      builder.add(column.name(), columnType(column, factory));
    }
    return builder.build();
  }

  public static RelDataType columnType(Column<?> column, RelDataTypeFactory factory) {
    return factory.createTypeWithNullability(sqlType(column.type(), factory), column.nullable());
  }

  private static RelDataType sqlType(ColumnType type, RelDataTypeFactory factory) {
    return switch (type) {
      case VARCHAR, JSON -> factory.createSqlType(SqlTypeName.VARCHAR);
      case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
      case INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
      case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
      case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
      case DECIMAL ->
          factory.createSqlType(
              SqlTypeName.DECIMAL, SourceColumns.DECIMAL_PRECISION, SourceColumns.DECIMAL_SCALE);
      case TIMESTAMP ->
          factory.createSqlType(SqlTypeName.TIMESTAMP, SourceColumns.TIMESTAMP_PRECISION);
    };
  }

  /**
   * Describes a column of a result or a parameter.
   *
   * @param origin the column of a table that it comes from, or null
   */
  public static ColumnInfo info(
      String label, ColumnInfo.@Nullable Origin origin, RelDataType type) {
    return new ColumnInfo(
        label,
        origin,
        jdbcType(type.getSqlTypeName()),
        precision(type),
        scale(type),
        type.isNullable());
  }

  private static JDBCType jdbcType(SqlTypeName type) {
    return switch (type) {
      case BOOLEAN -> JDBCType.BOOLEAN;
      case TINYINT -> JDBCType.TINYINT;
      case SMALLINT -> JDBCType.SMALLINT;
      case INTEGER -> JDBCType.INTEGER;
      case BIGINT -> JDBCType.BIGINT;
      case DECIMAL -> JDBCType.DECIMAL;
      case FLOAT, REAL, DOUBLE -> JDBCType.DOUBLE;
      case DATE -> JDBCType.DATE;
      case TIME, TIME_WITH_LOCAL_TIME_ZONE, TIME_TZ -> JDBCType.TIME;
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> JDBCType.TIMESTAMP;
      case BINARY, VARBINARY -> JDBCType.VARBINARY;
      case ARRAY, MULTISET -> JDBCType.ARRAY;
      case ROW, STRUCTURED -> JDBCType.STRUCT;
      case MAP, OTHER, ANY, VARIANT -> JDBCType.JAVA_OBJECT;
      case NULL -> JDBCType.NULL;
      default -> JDBCType.VARCHAR;
    };
  }

  private static int precision(RelDataType type) {
    int precision = type.getPrecision();
    return switch (type.getSqlTypeName()) {
      case TINYINT -> 3;
      case SMALLINT -> 5;
      case INTEGER -> 10;
      case BIGINT -> 19;
      case FLOAT, REAL, DOUBLE -> 15;
      case DATE -> 10;
      case TIME -> 12;
      case TIMESTAMP -> 23;
      case BOOLEAN -> 1;
      case VARCHAR, CHAR, VARBINARY, BINARY -> precision > 0 ? precision : SourceColumns.ANY_LENGTH;
      default -> Math.max(precision, 0);
    };
  }

  private static int scale(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case DECIMAL -> type.getScale();
      case TIMESTAMP -> SourceColumns.TIMESTAMP_PRECISION;
      default -> 0;
    };
  }
}
