package dev.turntable.jdbc.statement;

import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.jdbc.value.BytesBlob;
import dev.turntable.jdbc.value.ParameterValues;
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

/** The setters of a prepared statement: all lead to {@link BoundParameters#bind}. */
public interface ParameterSetters extends PreparedStatement {
  /** Returns the values to bind; throws if the statement is closed. */
  BoundParameters parameters() throws SQLException;

  /** Returns the JDBC number of a type; without a type the value decides. */
  private static int number(@Nullable SQLType type) {
    return type == null ? Types.OTHER : type.getVendorTypeNumber();
  }

  private void bind(int index, @Nullable Object value) throws SQLException {
    parameters().bind(index, value);
  }

  @Override
  default void clearParameters() throws SQLException {
    parameters().clear();
  }

  @Override
  default void setNull(int index, int type) throws SQLException {
    bind(index, null);
  }

  @Override
  default void setNull(int index, int type, @Nullable String typeName) throws SQLException {
    bind(index, null);
  }

  @Override
  default void setBoolean(int index, boolean value) throws SQLException {
    bind(index, value);
  }

  @Override
  default void setByte(int index, byte value) throws SQLException {
    bind(index, (int) value);
  }

  @Override
  default void setShort(int index, short value) throws SQLException {
    bind(index, (int) value);
  }

  @Override
  default void setInt(int index, int value) throws SQLException {
    bind(index, value);
  }

  @Override
  default void setLong(int index, long value) throws SQLException {
    bind(index, value);
  }

  @Override
  default void setFloat(int index, float value) throws SQLException {
    setObject(index, value);
  }

  @Override
  default void setDouble(int index, double value) throws SQLException {
    bind(index, value);
  }

  @Override
  default void setBigDecimal(int index, @Nullable BigDecimal value) throws SQLException {
    bind(index, value);
  }

  @Override
  default void setString(int index, @Nullable String value) throws SQLException {
    bind(index, value);
  }

  @Override
  default void setNString(int index, @Nullable String value) throws SQLException {
    bind(index, value);
  }

  @Override
  default void setBytes(int index, byte @Nullable [] value) throws SQLException {
    bind(index, value);
  }

  @Override
  default void setDate(int index, @Nullable Date value) throws SQLException {
    setObject(index, value);
  }

  @Override
  default void setDate(int index, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    bind(index, ParameterValues.date(value, calendar));
  }

  @Override
  default void setTime(int index, @Nullable Time value) throws SQLException {
    setObject(index, value);
  }

  @Override
  default void setTime(int index, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    bind(index, ParameterValues.time(value, calendar));
  }

  @Override
  default void setTimestamp(int index, @Nullable Timestamp value) throws SQLException {
    setObject(index, value);
  }

  @Override
  default void setTimestamp(int index, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    bind(index, ParameterValues.timestamp(value, calendar));
  }

  @Override
  default void setObject(int index, @Nullable Object value) throws SQLException {
    bind(index, ParameterValues.of(value));
  }

  @Override
  default void setObject(int index, @Nullable Object value, int type) throws SQLException {
    bind(index, ParameterValues.of(value, type, -1));
  }

  @Override
  default void setObject(int index, @Nullable Object value, int type, int scale)
      throws SQLException {
    bind(index, ParameterValues.of(value, type, scale));
  }

  @Override
  default void setObject(int index, @Nullable Object value, @Nullable SQLType type)
      throws SQLException {
    bind(index, ParameterValues.of(value, number(type), -1));
  }

  @Override
  default void setObject(int index, @Nullable Object value, @Nullable SQLType type, int scale)
      throws SQLException {
    bind(index, ParameterValues.of(value, number(type), scale));
  }

  @Override
  default void setCharacterStream(int index, @Nullable Reader reader, long length)
      throws SQLException {
    bind(index, reader == null ? null : ParameterValues.text(reader, length));
  }

  @Override
  default void setCharacterStream(int index, @Nullable Reader reader, int length)
      throws SQLException {
    setCharacterStream(index, reader, (long) length);
  }

  @Override
  default void setCharacterStream(int index, @Nullable Reader reader) throws SQLException {
    setCharacterStream(index, reader, Long.MAX_VALUE);
  }

  @Override
  default void setNCharacterStream(int index, @Nullable Reader reader, long length)
      throws SQLException {
    setCharacterStream(index, reader, length);
  }

  @Override
  default void setNCharacterStream(int index, @Nullable Reader reader) throws SQLException {
    setCharacterStream(index, reader);
  }

  @Override
  default void setClob(int index, @Nullable Clob value) throws SQLException {
    setObject(index, value);
  }

  @Override
  default void setClob(int index, @Nullable Reader reader, long length) throws SQLException {
    setCharacterStream(index, reader, length);
  }

  @Override
  default void setClob(int index, @Nullable Reader reader) throws SQLException {
    setCharacterStream(index, reader);
  }

  @Override
  default void setNClob(int index, @Nullable NClob value) throws SQLException {
    setObject(index, value);
  }

  @Override
  default void setNClob(int index, @Nullable Reader reader, long length) throws SQLException {
    setCharacterStream(index, reader, length);
  }

  @Override
  default void setNClob(int index, @Nullable Reader reader) throws SQLException {
    setCharacterStream(index, reader);
  }

  @Override
  default void setAsciiStream(int index, @Nullable InputStream stream, long length)
      throws SQLException {
    bind(
        index,
        stream == null
            ? null
            : new String(ParameterValues.bytes(stream, length), StandardCharsets.UTF_8));
  }

  @Override
  default void setAsciiStream(int index, @Nullable InputStream stream, int length)
      throws SQLException {
    setAsciiStream(index, stream, (long) length);
  }

  @Override
  default void setAsciiStream(int index, @Nullable InputStream stream) throws SQLException {
    setAsciiStream(index, stream, Long.MAX_VALUE);
  }

  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // deprecated by JDBC
  @Override
  default void setUnicodeStream(int index, @Nullable InputStream stream, int length)
      throws SQLException {
    setAsciiStream(index, stream, length);
  }

  @Override
  default void setBinaryStream(int index, @Nullable InputStream stream, long length)
      throws SQLException {
    bind(index, stream == null ? null : ParameterValues.bytes(stream, length));
  }

  @Override
  default void setBinaryStream(int index, @Nullable InputStream stream, int length)
      throws SQLException {
    setBinaryStream(index, stream, (long) length);
  }

  @Override
  default void setBinaryStream(int index, @Nullable InputStream stream) throws SQLException {
    setBinaryStream(index, stream, Long.MAX_VALUE);
  }

  @Override
  default void setURL(int index, @Nullable URL value) throws SQLException {
    setObject(index, value);
  }

  @Override
  default void setArray(int index, @Nullable Array value) throws SQLException {
    throw SqlErrors.unsupported("setArray");
  }

  @Override
  default void setBlob(int index, @Nullable Blob value) throws SQLException {
    setBytes(index, value == null ? null : BytesBlob.bytes(value));
  }

  @Override
  default void setBlob(int index, @Nullable InputStream stream, long length) throws SQLException {
    setBinaryStream(index, stream, length);
  }

  @Override
  default void setBlob(int index, @Nullable InputStream stream) throws SQLException {
    setBinaryStream(index, stream);
  }

  @Override
  default void setRef(int index, @Nullable Ref value) throws SQLException {
    throw SqlErrors.unsupported("setRef");
  }

  @Override
  default void setRowId(int index, @Nullable RowId value) throws SQLException {
    throw SqlErrors.unsupported("setRowId");
  }

  @Override
  default void setSQLXML(int index, @Nullable SQLXML value) throws SQLException {
    throw SqlErrors.unsupported("setSQLXML");
  }
}
