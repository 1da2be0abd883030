package dev.turntable.jdbc.value;

import dev.turntable.jdbc.error.SqlErrors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A CLOB over a text in memory. */
public final class TextClob implements NClob {
  private final StringBuilder text;

  /** A CLOB of this text. */
  public TextClob(String text) {
    this.text = new StringBuilder(text);
  }

  @Override
  public long length() {
    return text.length();
  }

  @Override
  public String getSubString(long position, int length) throws SQLException {
    if (position < 1 || position > text.length() + 1L || length < 0) {
      throw SqlErrors.badValue("the text has " + text.length() + " characters");
    }
    int start = (int) position - 1;
    return text.substring(start, (int) Math.min((long) start + length, text.length()));
  }

  @Override
  public Reader getCharacterStream() {
    return new StringReader(text.toString());
  }

  @Override
  public Reader getCharacterStream(long position, long length) throws SQLException {
    return new StringReader(getSubString(position, (int) Math.min(length, Integer.MAX_VALUE)));
  }

  @Override
  public InputStream getAsciiStream() {
    return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static <T> T given(@Nullable T value) throws SQLException {
    if (value == null) {
      throw SqlErrors.badValue("a CLOB takes no null");
    }
    return value;
  }

  @Override
  public long position(@Nullable String wanted, long start) throws SQLException {
    String search = given(wanted);
    int at = text.indexOf(search, (int) Math.max(0, start - 1));
    return at < 0 ? -1 : at + 1L;
  }

  @Override
  public long position(@Nullable Clob wanted, long start) throws SQLException {
    Clob search = given(wanted);
    return position(search.getSubString(1, (int) search.length()), start);
  }

  @Override
  public int setString(long position, @Nullable String string) throws SQLException {
    return setString(position, string, 0, given(string).length());
  }

  @Override
  public int setString(long position, @Nullable String given, int offset, int length)
      throws SQLException {
    String string = given(given);
    if (position < 1
        || position > text.length() + 1L
        || offset < 0
        || length < 0
        || (long) offset + length > string.length()) {
      throw SqlErrors.badValue("position " + position + " is outside the text");
    }
    int start = (int) position - 1;
    text.replace(
        start, Math.min(start + length, text.length()), string.substring(offset, offset + length));
    return length;
  }

  @Override
  public OutputStream setAsciiStream(long position) {
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        splice(position, toString(StandardCharsets.UTF_8));
      }
    };
  }

  @Override
  public Writer setCharacterStream(long position) {
    return new StringWriter() {
      @Override
      public void close() {
        splice(position, toString());
      }
    };
  }

  private void splice(long position, String part) {
    int start = (int) Math.max(0, Math.min(position - 1, text.length()));
    text.replace(start, Math.min(start + part.length(), text.length()), part);
  }

  @Override
  public void truncate(long length) throws SQLException {
    if (length < 0 || length > text.length()) {
      throw SqlErrors.badValue("the text has " + text.length() + " characters");
    }
    text.setLength((int) length);
  }

  @Override
  public void free() {
    text.setLength(0);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
