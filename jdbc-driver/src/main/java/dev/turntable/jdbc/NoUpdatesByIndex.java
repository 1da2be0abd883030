package dev.turntable.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/** Results cannot be changed: the methods that name a column by index. */
abstract class NoUpdatesByIndex implements ResultSet, Wrapping {
  @Override
  public void updateArray(int column, Array value) throws SQLException {
    throw SqlErrors.unsupported("updateArray");
  }

  @Override
  public void updateAsciiStream(int column, InputStream value, int length) throws SQLException {
    throw SqlErrors.unsupported("updateAsciiStream");
  }

  @Override
  public void updateAsciiStream(int column, InputStream value, long length) throws SQLException {
    throw SqlErrors.unsupported("updateAsciiStream");
  }

  @Override
  public void updateAsciiStream(int column, InputStream value) throws SQLException {
    throw SqlErrors.unsupported("updateAsciiStream");
  }

  @Override
  public void updateBigDecimal(int column, BigDecimal value) throws SQLException {
    throw SqlErrors.unsupported("updateBigDecimal");
  }

  @Override
  public void updateBinaryStream(int column, InputStream value, int length) throws SQLException {
    throw SqlErrors.unsupported("updateBinaryStream");
  }

  @Override
  public void updateBinaryStream(int column, InputStream value, long length) throws SQLException {
    throw SqlErrors.unsupported("updateBinaryStream");
  }

  @Override
  public void updateBinaryStream(int column, InputStream value) throws SQLException {
    throw SqlErrors.unsupported("updateBinaryStream");
  }

  @Override
  public void updateBlob(int column, InputStream value, long length) throws SQLException {
    throw SqlErrors.unsupported("updateBlob");
  }

  @Override
  public void updateBlob(int column, InputStream value) throws SQLException {
    throw SqlErrors.unsupported("updateBlob");
  }

  @Override
  public void updateBlob(int column, Blob value) throws SQLException {
    throw SqlErrors.unsupported("updateBlob");
  }

  @Override
  public void updateBoolean(int column, boolean value) throws SQLException {
    throw SqlErrors.unsupported("updateBoolean");
  }

  @Override
  public void updateByte(int column, byte value) throws SQLException {
    throw SqlErrors.unsupported("updateByte");
  }

  @Override
  public void updateBytes(int column, byte[] value) throws SQLException {
    throw SqlErrors.unsupported("updateBytes");
  }

  @Override
  public void updateCharacterStream(int column, Reader value, int length) throws SQLException {
    throw SqlErrors.unsupported("updateCharacterStream");
  }

  @Override
  public void updateCharacterStream(int column, Reader value, long length) throws SQLException {
    throw SqlErrors.unsupported("updateCharacterStream");
  }

  @Override
  public void updateCharacterStream(int column, Reader value) throws SQLException {
    throw SqlErrors.unsupported("updateCharacterStream");
  }

  @Override
  public void updateClob(int column, Reader value, long length) throws SQLException {
    throw SqlErrors.unsupported("updateClob");
  }

  @Override
  public void updateClob(int column, Reader value) throws SQLException {
    throw SqlErrors.unsupported("updateClob");
  }

  @Override
  public void updateClob(int column, Clob value) throws SQLException {
    throw SqlErrors.unsupported("updateClob");
  }

  @Override
  public void updateDate(int column, Date value) throws SQLException {
    throw SqlErrors.unsupported("updateDate");
  }

  @Override
  public void updateDouble(int column, double value) throws SQLException {
    throw SqlErrors.unsupported("updateDouble");
  }

  @Override
  public void updateFloat(int column, float value) throws SQLException {
    throw SqlErrors.unsupported("updateFloat");
  }

  @Override
  public void updateInt(int column, int value) throws SQLException {
    throw SqlErrors.unsupported("updateInt");
  }

  @Override
  public void updateLong(int column, long value) throws SQLException {
    throw SqlErrors.unsupported("updateLong");
  }

  @Override
  public void updateNCharacterStream(int column, Reader value, long length) throws SQLException {
    throw SqlErrors.unsupported("updateNCharacterStream");
  }

  @Override
  public void updateNCharacterStream(int column, Reader value) throws SQLException {
    throw SqlErrors.unsupported("updateNCharacterStream");
  }

  @Override
  public void updateNClob(int column, Reader value, long length) throws SQLException {
    throw SqlErrors.unsupported("updateNClob");
  }

  @Override
  public void updateNClob(int column, Reader value) throws SQLException {
    throw SqlErrors.unsupported("updateNClob");
  }

  @Override
  public void updateNClob(int column, NClob value) throws SQLException {
    throw SqlErrors.unsupported("updateNClob");
  }

  @Override
  public void updateNString(int column, String value) throws SQLException {
    throw SqlErrors.unsupported("updateNString");
  }

  @Override
  public void updateNull(int column) throws SQLException {
    throw SqlErrors.unsupported("updateNull");
  }

  @Override
  public void updateObject(int column, Object value, int scaleOrLength) throws SQLException {
    throw SqlErrors.unsupported("updateObject");
  }

  @Override
  public void updateObject(int column, Object value, SQLType type, int scaleOrLength)
      throws SQLException {
    throw SqlErrors.unsupported("updateObject");
  }

  @Override
  public void updateObject(int column, Object value, SQLType type) throws SQLException {
    throw SqlErrors.unsupported("updateObject");
  }

  @Override
  public void updateObject(int column, Object value) throws SQLException {
    throw SqlErrors.unsupported("updateObject");
  }

  @Override
  public void updateRef(int column, Ref value) throws SQLException {
    throw SqlErrors.unsupported("updateRef");
  }

  @Override
  public void updateRowId(int column, RowId value) throws SQLException {
    throw SqlErrors.unsupported("updateRowId");
  }

  @Override
  public void updateSQLXML(int column, SQLXML value) throws SQLException {
    throw SqlErrors.unsupported("updateSQLXML");
  }

  @Override
  public void updateShort(int column, short value) throws SQLException {
    throw SqlErrors.unsupported("updateShort");
  }

  @Override
  public void updateString(int column, String value) throws SQLException {
    throw SqlErrors.unsupported("updateString");
  }

  @Override
  public void updateTime(int column, Time value) throws SQLException {
    throw SqlErrors.unsupported("updateTime");
  }

  @Override
  public void updateTimestamp(int column, Timestamp value) throws SQLException {
    throw SqlErrors.unsupported("updateTimestamp");
  }

  @Override
  public void cancelRowUpdates() throws SQLException {
    throw SqlErrors.unsupported("cancelRowUpdates");
  }

  @Override
  public void deleteRow() throws SQLException {
    throw SqlErrors.unsupported("deleteRow");
  }

  @Override
  public void insertRow() throws SQLException {
    throw SqlErrors.unsupported("insertRow");
  }

  @Override
  public void moveToCurrentRow() throws SQLException {
    throw SqlErrors.unsupported("moveToCurrentRow");
  }

  @Override
  public void moveToInsertRow() throws SQLException {
    throw SqlErrors.unsupported("moveToInsertRow");
  }

  @Override
  public void refreshRow() throws SQLException {
    throw SqlErrors.unsupported("refreshRow");
  }

  @Override
  public void updateRow() throws SQLException {
    throw SqlErrors.unsupported("updateRow");
  }
}
