package dev.turntable.jdbc;

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
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The getters that name a column by index. */
abstract class ResultSetValues extends ResultSetLabels {
  /** Returns the value of a column from 1, and remembers whether it is null. */
  abstract @Nullable Object read(int column) throws SQLException;

  @Override
  public final @Nullable String getString(int column) throws SQLException {
    return Conversions.text(read(column));
  }

  @Override
  public final @Nullable String getNString(int column) throws SQLException {
    return getString(column);
  }

  @Override
  public final boolean getBoolean(int column) throws SQLException {
    Object value = read(column);
    return value != null && Conversions.bool(value);
  }

  @Override
  public final byte getByte(int column) throws SQLException {
    return (byte) whole(column, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
  }

  @Override
  public final short getShort(int column) throws SQLException {
    return (short) whole(column, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
  }

  @Override
  public final int getInt(int column) throws SQLException {
    return (int) whole(column, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
  }

  @Override
  public final long getLong(int column) throws SQLException {
    return whole(column, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
  }

  private long whole(int column, long min, long max, String type) throws SQLException {
    Object value = read(column);
    return value == null ? 0 : Conversions.whole(value, min, max, type);
  }

  @Override
  public final float getFloat(int column) throws SQLException {
    return Conversions.flt(getDouble(column));
  }

  @Override
  public final double getDouble(int column) throws SQLException {
    Object value = read(column);
    return value == null ? 0 : Conversions.dbl(value);
  }

  @Override
  public final @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
    Object value = read(column);
    return value == null ? null : Conversions.decimal(value);
  }

  @Deprecated
  @Override
  public final @Nullable BigDecimal getBigDecimal(int column, int scale) throws SQLException {
    BigDecimal value = getBigDecimal(column);
    return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  public final byte @Nullable [] getBytes(int column) throws SQLException {
    Object value = read(column);
    return value == null ? null : Conversions.bytes(value);
  }

  @Override
  public final @Nullable Date getDate(int column) throws SQLException {
    return getDate(column, null);
  }

  @Override
  public final @Nullable Date getDate(int column, @Nullable Calendar calendar) throws SQLException {
    Object value = read(column);
    return value == null ? null : Temporals.sqlDate(value, calendar);
  }

  @Override
  public final @Nullable Time getTime(int column) throws SQLException {
    return getTime(column, null);
  }

  @Override
  public final @Nullable Time getTime(int column, @Nullable Calendar calendar) throws SQLException {
    Object value = read(column);
    return value == null ? null : Temporals.sqlTime(value, calendar);
  }

  @Override
  public final @Nullable Timestamp getTimestamp(int column) throws SQLException {
    return getTimestamp(column, null);
  }

  @Override
  public final @Nullable Timestamp getTimestamp(int column, @Nullable Calendar calendar)
      throws SQLException {
    Object value = read(column);
    return value == null ? null : Temporals.timestamp(value, calendar);
  }

  @Override
  public final @Nullable Object getObject(int column) throws SQLException {
    return Conversions.standard(read(column));
  }

  @Override
  public final @Nullable Object getObject(int column, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return getObject(column);
  }

  @Override
  public final <T> @Nullable T getObject(int column, @Nullable Class<T> type) throws SQLException {
    if (type == null) {
      throw SqlErrors.badValue("getObject needs a class");
    }
    return ObjectConversions.convert(read(column), type);
  }

  @Override
  public final @Nullable Reader getCharacterStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new StringReader(text);
  }

  @Override
  public final @Nullable Reader getNCharacterStream(int column) throws SQLException {
    return getCharacterStream(column);
  }

  @Override
  public final @Nullable InputStream getAsciiStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // deprecated by JDBC
  @Override
  public final @Nullable InputStream getUnicodeStream(int column) throws SQLException {
    return getAsciiStream(column);
  }

  @Override
  public final @Nullable InputStream getBinaryStream(int column) throws SQLException {
    byte[] bytes = getBytes(column);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  @Override
  public final @Nullable Clob getClob(int column) throws SQLException {
    return getNClob(column);
  }

  @Override
  public final @Nullable NClob getNClob(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new TextClob(text);
  }

  @Override
  public final @Nullable Array getArray(int column) throws SQLException {
    return getObject(column, Array.class);
  }

  @Override
  public final @Nullable URL getURL(int column) throws SQLException {
    String text = getString(column);
    try {
      return text == null ? null : new URL(text);
    } catch (MalformedURLException e) {
      throw Conversions.cannot(String.valueOf(text), "a URL");
    }
  }

  @Override
  public final Blob getBlob(int column) throws SQLException {
    throw SqlErrors.unsupported("getBlob");
  }

  @Override
  public final Ref getRef(int column) throws SQLException {
    throw SqlErrors.unsupported("getRef");
  }

  @Override
  public final RowId getRowId(int column) throws SQLException {
    throw SqlErrors.unsupported("getRowId");
  }

  @Override
  public final SQLXML getSQLXML(int column) throws SQLException {
    throw SqlErrors.unsupported("getSQLXML");
  }
}
