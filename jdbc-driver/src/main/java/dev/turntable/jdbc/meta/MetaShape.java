package dev.turntable.jdbc.meta;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.jdbc.result.Columns;
import dev.turntable.jdbc.result.TurntableResultSet;
import java.sql.JDBCType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a metadata result, as JDBC names them. */
final class MetaShape {
  private final List<ColumnInfo> columns;

  private MetaShape(List<ColumnInfo> columns) {
    this.columns = columns;
  }

  /**
   * Returns the shape of columns that are named one after the other. A name stands for text; with
   * {@code :i} for INTEGER, {@code :s} for SMALLINT, {@code :l} for BIGINT, {@code :b} for BOOLEAN.
   */
  static MetaShape of(String names) {
    List<ColumnInfo> columns = new ArrayList<>();
    for (String name : names.split(" ", -1)) {
      int colon = name.indexOf(':');
      columns.add(
          colon < 0
              ? Columns.of(name, JDBCType.VARCHAR)
              : Columns.of(name.substring(0, colon), type(name.substring(colon + 1))));
    }
    return new MetaShape(columns);
  }

  private static JDBCType type(String letter) {
    return switch (letter) {
      case "i" -> JDBCType.INTEGER;
      case "s" -> JDBCType.SMALLINT;
      case "l" -> JDBCType.BIGINT;
      default -> JDBCType.BOOLEAN;
    };
  }

  TurntableResultSet empty() {
    return TurntableResultSet.ofRows(columns, List.of());
  }

  TurntableResultSet rows(List<@Nullable Object[]> rows) {
    return TurntableResultSet.ofRows(columns, rows);
  }
}
