package dev.turntable.jdbc;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.jdbc.result.Columns;
import dev.turntable.jdbc.result.TurntableResultSet;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Results for tests of what reads them. */
public final class TestRows {
  public static final LocalDateTime TIME = LocalDateTime.parse("2026-07-20T23:30:00.123");

  private TestRows() {}

  /** Returns rows of columns that are given as {@code name:TYPE}. */
  public static ResultSet of(String[] columns, Object[]... rows) {
    List<ColumnInfo> infos = new ArrayList<>();
    for (String column : columns) {
      int colon = column.lastIndexOf(':');
      infos.add(
          Columns.of(column.substring(0, colon), JDBCType.valueOf(column.substring(colon + 1))));
    }
    return TurntableResultSet.ofRows(infos, new ArrayList<>(Arrays.asList(rows)));
  }
}
