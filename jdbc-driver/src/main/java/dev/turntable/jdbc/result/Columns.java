package dev.turntable.jdbc.result;

import dev.turntable.engine.ColumnInfo;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;

/** What JDBC says of a column beyond its type: sizes and classes. */
public final class Columns {
  /** Characters reported for text whose length has no bound; the columns of tables have it, too. */
  static final int TEXT_LENGTH = 65_535;

  private Columns() {}

  /** Returns a column that comes from no table. */
  public static ColumnInfo of(String name, JDBCType type) {
    return new ColumnInfo(name, null, type, 0, 0, true);
  }

  /** Returns digits, characters, or for dates and times the length of their text. */
  public static int precision(ColumnInfo column) {
    return switch (column.type()) {
      case BOOLEAN, BIT -> 1;
      case TINYINT -> 3;
      case SMALLINT -> 5;
      case INTEGER -> 10;
      case BIGINT -> 19;
      case REAL -> 7;
      case FLOAT, DOUBLE -> 15;
      case DATE -> 10;
      case TIME -> 12;
      case TIMESTAMP -> 23;
      case DECIMAL, NUMERIC -> column.precision() > 0 ? column.precision() : 38;
      default -> column.precision() > 0 ? column.precision() : TEXT_LENGTH;
    };
  }

  /** Digits behind the point. */
  public static int scale(ColumnInfo column) {
    return switch (column.type()) {
      case DECIMAL, NUMERIC -> column.scale();
      case TIMESTAMP, TIME -> 3;
      default -> 0;
    };
  }

  static int displaySize(ColumnInfo column) {
    return switch (column.type()) {
      case BOOLEAN, BIT -> 5;
      case TINYINT -> 4;
      case SMALLINT -> 6;
      case INTEGER -> 11;
      case BIGINT -> 20;
      case REAL, FLOAT, DOUBLE -> 24;
      case DECIMAL, NUMERIC -> precision(column) + 2;
      default -> precision(column);
    };
  }

  /** Whether values of the type are text. */
  public static boolean isText(JDBCType type) {
    return switch (type) {
      case CHAR, VARCHAR, LONGVARCHAR, NCHAR, NVARCHAR, LONGNVARCHAR, CLOB, NCLOB -> true;
      default -> false;
    };
  }

  /** Whether values of the type are numbers. */
  public static boolean isNumeric(JDBCType type) {
    return switch (type) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, FLOAT, DOUBLE, DECIMAL, NUMERIC -> true;
      default -> false;
    };
  }

  /** The class that {@code getObject} returns. */
  public static String className(JDBCType type) {
    Class<?> javaClass =
        switch (type) {
          case BOOLEAN, BIT -> Boolean.class;
          case TINYINT, SMALLINT, INTEGER -> Integer.class;
          case BIGINT -> Long.class;
          case REAL, FLOAT, DOUBLE -> Double.class;
          case DECIMAL, NUMERIC -> BigDecimal.class;
          case DATE -> Date.class;
          case TIME -> Time.class;
          case TIMESTAMP -> Timestamp.class;
          case BINARY, VARBINARY, LONGVARBINARY -> byte[].class;
          case ARRAY -> java.sql.Array.class;
          case STRUCT -> List.class;
          default -> isText(type) ? String.class : Object.class;
        };
    return type == JDBCType.OTHER ? Map.class.getName() : javaClass.getName();
  }
}
