package dev.turntable.jdbc.value;

import dev.turntable.jdbc.error.SqlErrors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A BLOB over bytes in memory. */
public final class BytesBlob implements Blob {
  private byte[] bytes = {};

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public byte[] getBytes(long position, int length) throws SQLException {
    if (length < 0) {
      throw SqlErrors.badValue("the length must not be negative");
    }
    int start = start(position);
    return Arrays.copyOfRange(bytes, start, start + Math.min(length, bytes.length - start));
  }

  @Override
  public InputStream getBinaryStream() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public InputStream getBinaryStream(long position, long length) throws SQLException {
    return new ByteArrayInputStream(getBytes(position, (int) Math.min(length, Integer.MAX_VALUE)));
  }

  private int start(long position) throws SQLException {
    if (position < 1 || position > bytes.length + 1L) {
      throw SqlErrors.badValue("the BLOB has " + bytes.length + " bytes");
    }
    return (int) position - 1;
  }

  private static <T> T given(@Nullable T value) throws SQLException {
    if (value == null) {
      throw SqlErrors.badValue("a BLOB takes no null");
    }
    return value;
  }

  @Override
  public long position(byte @Nullable [] wanted, long start) throws SQLException {
    byte[] search = given(wanted);
    for (long at = Math.max(0, start - 1); at + search.length <= bytes.length; at++) {
      int from = (int) at;
      if (Arrays.equals(bytes, from, from + search.length, search, 0, search.length)) {
        return at + 1;
      }
    }
    return -1;
  }

  @Override
  public long position(@Nullable Blob wanted, long start) throws SQLException {
    return position(bytes(given(wanted)), start);
  }

  /** Returns all bytes of a BLOB. */
  public static byte[] bytes(Blob blob) throws SQLException {
    return blob.getBytes(1, (int) Math.min(blob.length(), Integer.MAX_VALUE));
  }

  @Override
  public int setBytes(long position, byte @Nullable [] part) throws SQLException {
    return setBytes(position, part, 0, given(part).length);
  }

  @Override
  public int setBytes(long position, byte @Nullable [] given, int offset, int length)
      throws SQLException {
    byte[] part = given(given);
    if (offset < 0 || length < 0 || (long) offset + length > part.length) {
      throw SqlErrors.badValue("there are only " + part.length + " bytes to write");
    }
    splice(start(position), Arrays.copyOfRange(part, offset, offset + length));
    return length;
  }

  @Override
  public OutputStream setBinaryStream(long position) throws SQLException {
    int start = start(position);
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        splice(start, toByteArray());
      }
    };
  }

  private void splice(int start, byte[] part) {
    int end = Math.min(start, bytes.length);
    byte[] longer = Arrays.copyOf(bytes, Math.max(bytes.length, end + part.length));
    System.arraycopy(part, 0, longer, end, part.length);
    bytes = longer;
  }

  @Override
  public void truncate(long length) throws SQLException {
    if (length < 0 || length > bytes.length) {
      throw SqlErrors.badValue("the BLOB has " + bytes.length + " bytes");
    }
    bytes = Arrays.copyOf(bytes, (int) length);
  }

  @Override
  public void free() {
    bytes = new byte[0];
  }
}
