package dev.turntable.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/** The setters of a prepared statement: all lead to {@link Parameters#bind}. */
abstract class ParameterSetters extends TurntableStatement implements PreparedStatement {
  ParameterSetters(TurntableConnection connection, boolean scrollable) {
    super(connection, scrollable);
  }

  abstract Parameters parameters();

  /** Returns the JDBC number of a type; without a type the value decides. */
  private static int number(@Nullable SQLType type) {
    return type == null ? Types.OTHER : type.getVendorTypeNumber();
  }

  private void bind(int index, @Nullable Object value) throws SQLException {
    ensureOpen();
    parameters().bind(index, value);
  }

  @Override
  public final void clearParameters() throws SQLException {
    ensureOpen();
    parameters().clear();
  }

  @Override
  public final void setNull(int index, int type) throws SQLException {
    bind(index, null);
  }

  @Override
  public final void setNull(int index, int type, @Nullable String typeName) throws SQLException {
    bind(index, null);
  }

  @Override
  public final void setBoolean(int index, boolean value) throws SQLException {
    bind(index, value);
  }

  @Override
  public final void setByte(int index, byte value) throws SQLException {
    bind(index, (int) value);
  }

  @Override
  public final void setShort(int index, short value) throws SQLException {
    bind(index, (int) value);
  }

  @Override
  public final void setInt(int index, int value) throws SQLException {
    bind(index, value);
  }

  @Override
  public final void setLong(int index, long value) throws SQLException {
    bind(index, value);
  }

  @Override
  public final void setFloat(int index, float value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public final void setDouble(int index, double value) throws SQLException {
    bind(index, value);
  }

  @Override
  public final void setBigDecimal(int index, @Nullable BigDecimal value) throws SQLException {
    bind(index, value);
  }

  @Override
  public final void setString(int index, @Nullable String value) throws SQLException {
    bind(index, value);
  }

  @Override
  public final void setNString(int index, @Nullable String value) throws SQLException {
    bind(index, value);
  }

  @Override
  public final void setBytes(int index, byte @Nullable [] value) throws SQLException {
    bind(index, value);
  }

  @Override
  public final void setDate(int index, @Nullable Date value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public final void setDate(int index, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    bind(index, ParameterValues.date(value, calendar));
  }

  @Override
  public final void setTime(int index, @Nullable Time value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public final void setTime(int index, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    bind(index, ParameterValues.time(value, calendar));
  }

  @Override
  public final void setTimestamp(int index, @Nullable Timestamp value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public final void setTimestamp(int index, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    bind(index, ParameterValues.timestamp(value, calendar));
  }

  @Override
  public final void setObject(int index, @Nullable Object value) throws SQLException {
    bind(index, ParameterValues.of(value));
  }

  @Override
  public final void setObject(int index, @Nullable Object value, int type) throws SQLException {
    bind(index, ParameterValues.of(value, type, -1));
  }

  @Override
  public final void setObject(int index, @Nullable Object value, int type, int scale)
      throws SQLException {
    bind(index, ParameterValues.of(value, type, scale));
  }

  @Override
  public final void setObject(int index, @Nullable Object value, @Nullable SQLType type)
      throws SQLException {
    bind(index, ParameterValues.of(value, number(type), -1));
  }

  @Override
  public final void setObject(int index, @Nullable Object value, @Nullable SQLType type, int scale)
      throws SQLException {
    bind(index, ParameterValues.of(value, number(type), scale));
  }

  @Override
  public final void setCharacterStream(int index, @Nullable Reader reader, long length)
      throws SQLException {
    bind(index, reader == null ? null : ParameterValues.text(reader, length));
  }

  @Override
  public final void setCharacterStream(int index, @Nullable Reader reader, int length)
      throws SQLException {
    setCharacterStream(index, reader, (long) length);
  }

  @Override
  public final void setCharacterStream(int index, @Nullable Reader reader) throws SQLException {
    setCharacterStream(index, reader, Long.MAX_VALUE);
  }

  @Override
  public final void setNCharacterStream(int index, @Nullable Reader reader, long length)
      throws SQLException {
    setCharacterStream(index, reader, length);
  }

  @Override
  public final void setNCharacterStream(int index, @Nullable Reader reader) throws SQLException {
    setCharacterStream(index, reader);
  }

  @Override
  public final void setClob(int index, @Nullable Clob value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public final void setClob(int index, @Nullable Reader reader, long length) throws SQLException {
    setCharacterStream(index, reader, length);
  }

  @Override
  public final void setClob(int index, @Nullable Reader reader) throws SQLException {
    setCharacterStream(index, reader);
  }

  @Override
  public final void setNClob(int index, @Nullable NClob value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public final void setNClob(int index, @Nullable Reader reader, long length) throws SQLException {
    setCharacterStream(index, reader, length);
  }

  @Override
  public final void setNClob(int index, @Nullable Reader reader) throws SQLException {
    setCharacterStream(index, reader);
  }

  @Override
  public final void setAsciiStream(int index, @Nullable InputStream stream, long length)
      throws SQLException {
    bind(
        index,
        stream == null
            ? null
            : new String(ParameterValues.bytes(stream, length), StandardCharsets.UTF_8));
  }

  @Override
  public final void setAsciiStream(int index, @Nullable InputStream stream, int length)
      throws SQLException {
    setAsciiStream(index, stream, (long) length);
  }

  @Override
  public final void setAsciiStream(int index, @Nullable InputStream stream) throws SQLException {
    setAsciiStream(index, stream, Long.MAX_VALUE);
  }

  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // deprecated by JDBC
  @Override
  public final void setUnicodeStream(int index, @Nullable InputStream stream, int length)
      throws SQLException {
    setAsciiStream(index, stream, length);
  }

  @Override
  public final void setBinaryStream(int index, @Nullable InputStream stream, long length)
      throws SQLException {
    bind(index, stream == null ? null : ParameterValues.bytes(stream, length));
  }

  @Override
  public final void setBinaryStream(int index, @Nullable InputStream stream, int length)
      throws SQLException {
    setBinaryStream(index, stream, (long) length);
  }

  @Override
  public final void setBinaryStream(int index, @Nullable InputStream stream) throws SQLException {
    setBinaryStream(index, stream, Long.MAX_VALUE);
  }

  @Override
  public final void setURL(int index, @Nullable URL value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public final void setArray(int index, @Nullable Array value) throws SQLException {
    throw SqlErrors.unsupported("setArray");
  }

  @Override
  public final void setBlob(int index, @Nullable Blob value) throws SQLException {
    setBytes(index, value == null ? null : BytesBlob.bytes(value));
  }

  @Override
  public final void setBlob(int index, @Nullable InputStream stream, long length)
      throws SQLException {
    setBinaryStream(index, stream, length);
  }

  @Override
  public final void setBlob(int index, @Nullable InputStream stream) throws SQLException {
    setBinaryStream(index, stream);
  }

  @Override
  public final void setRef(int index, @Nullable Ref value) throws SQLException {
    throw SqlErrors.unsupported("setRef");
  }

  @Override
  public final void setRowId(int index, @Nullable RowId value) throws SQLException {
    throw SqlErrors.unsupported("setRowId");
  }

  @Override
  public final void setSQLXML(int index, @Nullable SQLXML value) throws SQLException {
    throw SqlErrors.unsupported("setSQLXML");
  }
}
