package dev.turntable.jdbc.result;

import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.jdbc.value.Conversions;
import dev.turntable.jdbc.value.ObjectConversions;
import dev.turntable.jdbc.value.Temporals;
import dev.turntable.jdbc.value.TextClob;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The getters that name a column by index. */
public interface ColumnsByIndex extends ResultSet {
  /** Returns the value of a column from 1, and remembers whether it is null. */
  @Nullable Object read(int column) throws SQLException;

  /** Returns a list as an array. */
  Array array(List<?> elements);

  @Override
  default @Nullable String getString(int column) throws SQLException {
    return Conversions.text(read(column));
  }

  @Override
  default @Nullable String getNString(int column) throws SQLException {
    return getString(column);
  }

  @Override
  default boolean getBoolean(int column) throws SQLException {
    Object value = read(column);
    return value != null && Conversions.bool(value);
  }

  @Override
  default byte getByte(int column) throws SQLException {
    return (byte) whole(column, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
  }

  @Override
  default short getShort(int column) throws SQLException {
    return (short) whole(column, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
  }

  @Override
  default int getInt(int column) throws SQLException {
    return (int) whole(column, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
  }

  @Override
  default long getLong(int column) throws SQLException {
    return whole(column, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
  }

  private long whole(int column, long min, long max, String type) throws SQLException {
    Object value = read(column);
    return value == null ? 0 : Conversions.whole(value, min, max, type);
  }

  @Override
  default float getFloat(int column) throws SQLException {
    return Conversions.flt(getDouble(column));
  }

  @Override
  default double getDouble(int column) throws SQLException {
    Object value = read(column);
    return value == null ? 0 : Conversions.dbl(value);
  }

  @Override
  default @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
    Object value = read(column);
    return value == null ? null : Conversions.decimal(value);
  }

  @Deprecated
  @Override
  default @Nullable BigDecimal getBigDecimal(int column, int scale) throws SQLException {
    BigDecimal value = getBigDecimal(column);
    return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  default byte @Nullable [] getBytes(int column) throws SQLException {
    Object value = read(column);
    return value == null ? null : Conversions.bytes(value);
  }

  @Override
  default @Nullable Date getDate(int column) throws SQLException {
    return getDate(column, null);
  }

  @Override
  default @Nullable Date getDate(int column, @Nullable Calendar calendar) throws SQLException {
    Object value = read(column);
    return value == null ? null : Temporals.sqlDate(value, calendar);
  }

  @Override
  default @Nullable Time getTime(int column) throws SQLException {
    return getTime(column, null);
  }

  @Override
  default @Nullable Time getTime(int column, @Nullable Calendar calendar) throws SQLException {
    Object value = read(column);
    return value == null ? null : Temporals.sqlTime(value, calendar);
  }

  @Override
  default @Nullable Timestamp getTimestamp(int column) throws SQLException {
    return getTimestamp(column, null);
  }

  @Override
  default @Nullable Timestamp getTimestamp(int column, @Nullable Calendar calendar)
      throws SQLException {
    Object value = read(column);
    return value == null ? null : Temporals.timestamp(value, calendar);
  }

  @Override
  default @Nullable Object getObject(int column) throws SQLException {
    Object value = read(column);
    return value instanceof List<?> list ? array(list) : Conversions.standard(value);
  }

  @Override
  default @Nullable Object getObject(int column, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return getObject(column);
  }

  @Override
  default <T> @Nullable T getObject(int column, @Nullable Class<T> type) throws SQLException {
    if (type == null) {
      throw SqlErrors.badValue("getObject needs a class");
    }
    Object value = read(column);
    return value instanceof List<?> list && (type == Array.class || type == Object.class)
        ? type.cast(array(list))
        : ObjectConversions.convert(value, type);
  }

  @Override
  default @Nullable Reader getCharacterStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new StringReader(text);
  }

  @Override
  default @Nullable Reader getNCharacterStream(int column) throws SQLException {
    return getCharacterStream(column);
  }

  @Override
  default @Nullable InputStream getAsciiStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // deprecated by JDBC
  @Override
  default @Nullable InputStream getUnicodeStream(int column) throws SQLException {
    return getAsciiStream(column);
  }

  @Override
  default @Nullable InputStream getBinaryStream(int column) throws SQLException {
    byte[] bytes = getBytes(column);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  @Override
  default @Nullable Clob getClob(int column) throws SQLException {
    return getNClob(column);
  }

  @Override
  default @Nullable NClob getNClob(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new TextClob(text);
  }

  @Override
  default @Nullable Array getArray(int column) throws SQLException {
    return getObject(column, Array.class);
  }

  @Override
  default @Nullable URL getURL(int column) throws SQLException {
    String text = getString(column);
    try {
      return text == null ? null : new URL(text);
    } catch (MalformedURLException e) {
      throw Conversions.cannot(String.valueOf(text), "a URL");
    }
  }

  @Override
  default Blob getBlob(int column) throws SQLException {
    throw SqlErrors.unsupported("getBlob");
  }

  @Override
  default Ref getRef(int column) throws SQLException {
    throw SqlErrors.unsupported("getRef");
  }

  @Override
  default RowId getRowId(int column) throws SQLException {
    throw SqlErrors.unsupported("getRowId");
  }

  @Override
  default SQLXML getSQLXML(int column) throws SQLException {
    throw SqlErrors.unsupported("getSQLXML");
  }
}
