package dev.turntable.jdbc.cli.print;

import java.sql.Types;

/** What a type says of how its values are best shown. */
final class ColumnKinds {
  private ColumnKinds() {}

  static boolean isNumber(int type) {
    return switch (type) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> true;
      case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.DECIMAL, Types.NUMERIC -> true;
      default -> false;
    };
  }

  /** Returns whether values may be broken into lines: what is no text never is. */
  static boolean isText(int type) {
    return switch (type) {
      case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NVARCHAR, Types.NCHAR -> true;
      case Types.CLOB, Types.ARRAY, Types.STRUCT, Types.OTHER, Types.JAVA_OBJECT -> true;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> true;
      default -> false;
    };
  }
}
