package dev.turntable.jdbc.result;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.jdbc.error.Wrapping;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;

/** The columns of a result. */
public final class TurntableResultSetMetaData implements ResultSetMetaData, Wrapping {
  private final List<ColumnInfo> columns;

  /** The metadata of a result with these columns. */
  public TurntableResultSetMetaData(List<ColumnInfo> columns) {
    this.columns = columns;
  }

  private ColumnInfo column(int index) throws SQLException {
    if (index < 1 || index > columns.size()) {
      throw SqlErrors.badValue(
          "there is no column " + index + "; the result has " + columns.size());
    }
    return columns.get(index - 1);
  }

  @Override
  public int getColumnCount() {
    return columns.size();
  }

  @Override
  public boolean isAutoIncrement(int index) throws SQLException {
    column(index);
    return false;
  }

  @Override
  public boolean isCaseSensitive(int index) throws SQLException {
    return Columns.isText(column(index).type());
  }

  @Override
  public boolean isSearchable(int index) throws SQLException {
    column(index);
    return true;
  }

  @Override
  public boolean isCurrency(int index) throws SQLException {
    column(index);
    return false;
  }

  @Override
  public int isNullable(int index) throws SQLException {
    return column(index).nullable() ? columnNullable : columnNoNulls;
  }

  @Override
  public boolean isSigned(int index) throws SQLException {
    return Columns.isNumeric(column(index).type());
  }

  @Override
  public int getColumnDisplaySize(int index) throws SQLException {
    return Columns.displaySize(column(index));
  }

  @Override
  public String getColumnLabel(int index) throws SQLException {
    return column(index).label();
  }

  @Override
  public String getColumnName(int index) throws SQLException {
    return column(index).label(); // as pgjdbc, so that frames and grids show what AS says
  }

  @Override
  public String getSchemaName(int index) throws SQLException {
    String schema = column(index).schema();
    return schema == null ? "" : schema;
  }

  @Override
  public String getTableName(int index) throws SQLException {
    String table = column(index).table();
    return table == null ? "" : table;
  }

  @Override
  public String getCatalogName(int index) throws SQLException {
    column(index);
    return "";
  }

  @Override
  public int getPrecision(int index) throws SQLException {
    return Columns.precision(column(index));
  }

  @Override
  public int getScale(int index) throws SQLException {
    return Columns.scale(column(index));
  }

  @Override
  public int getColumnType(int index) throws SQLException {
    return column(index).type().getVendorTypeNumber();
  }

  @Override
  public String getColumnTypeName(int index) throws SQLException {
    return column(index).typeName();
  }

  @Override
  public boolean isReadOnly(int index) throws SQLException {
    return !column(index).writable();
  }

  @Override
  public boolean isWritable(int index) throws SQLException {
    return column(index).writable();
  }

  @Override
  public boolean isDefinitelyWritable(int index) throws SQLException {
    column(index);
    return false;
  }

  @Override
  public String getColumnClassName(int index) throws SQLException {
    return Columns.className(column(index).type());
  }
}
