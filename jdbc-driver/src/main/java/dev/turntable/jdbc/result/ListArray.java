package dev.turntable.jdbc.result;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.jdbc.value.Conversions;
import java.sql.Array;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JDBC array over a list. */
public final class ListArray implements Array {
  private final List<? extends @Nullable Object> elements;
  private final JDBCType type;

  private ListArray(List<? extends @Nullable Object> elements, JDBCType type) {
    this.elements = elements;
    this.type = type;
  }

  /** An array of these elements. */
  public static ListArray of(List<?> elements) {
    JDBCType type =
        elements.stream().anyMatch(element -> element instanceof String)
            ? JDBCType.VARCHAR
            : JDBCType.JAVA_OBJECT;
    return new ListArray(new ArrayList<>(elements), type);
  }

  @Override
  public String getBaseTypeName() {
    return type.getName();
  }

  @Override
  public int getBaseType() {
    return type == JDBCType.VARCHAR ? Types.VARCHAR : Types.JAVA_OBJECT;
  }

  @Override
  public Object getArray() {
    return elements.toArray();
  }

  @Override
  public Object getArray(Map<String, Class<?>> map) {
    return getArray();
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    if (index < 1 || count < 0 || index - 1 + count > elements.size()) {
      throw SqlErrors.badValue("the array has " + elements.size() + " elements");
    }
    return Arrays.copyOfRange(elements.toArray(), (int) index - 1, (int) index - 1 + count);
  }

  @Override
  public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
    return getArray(index, count);
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    return getResultSet(1, elements.size());
  }

  @Override
  public ResultSet getResultSet(Map<String, Class<?>> map) throws SQLException {
    return getResultSet();
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    Object[] part = (Object[]) getArray(index, count);
    for (int i = 0; i < part.length; i++) {
      rows.add(new @Nullable Object[] {index + i, part[i]});
    }
    ColumnInfo position = Columns.of("INDEX", JDBCType.BIGINT);
    return TurntableResultSet.ofRows(List.of(position, Columns.of("VALUE", type)), rows);
  }

  @Override
  public ResultSet getResultSet(long index, int count, Map<String, Class<?>> map)
      throws SQLException {
    return getResultSet(index, count);
  }

  @Override
  public void free() {
    // Nothing is held beside the list.
  }

  @Override
  public String toString() {
    return String.valueOf(Conversions.text(elements));
  }
}
