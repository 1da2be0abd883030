package dev.turntable.simulator.server;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON straight into bytes. Not Moshi's writer, which took three times as long for a page of
 * the execution log; a simulator that is the slower end of a benchmark measures itself.
 */
public final class JsonOut {
  private static final String HEX = "0123456789abcdef";

  private byte[] bytes = new byte[1024];
  private int size;
  private @Nullable String pendingName;
  private boolean omitsNulls;

  /** Whether members that are null are left out from now on. */
  public void omitsNulls(boolean omits) {
    omitsNulls = omits;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Begins an object. */
  public JsonOut beginObject() {
    return open('{');
  }

  /** Ends an object. */
  public JsonOut endObject() {
    return close('}');
  }

  /** Begins an array. */
  public JsonOut beginArray() {
    return open('[');
  }

  /** Ends an array. */
  public JsonOut endArray() {
    return close(']');
  }

  /** Names the value that follows. */
  public JsonOut name(String name) {
    pendingName = name;
    return this;
  }

  /** Writes a text, or null. */
  public JsonOut value(@Nullable String text) {
    if (text == null) {
      return nullValue();
    }
    beforeValue();
    string(text);
    return this;
  }

  /** Writes a number. */
  public JsonOut value(long number) {
    return raw(Long.toString(number));
  }

  /** Writes true or false. */
  public JsonOut value(boolean flag) {
    return raw(Boolean.toString(flag));
  }

  /** Writes a whole number, or null. */
  public JsonOut value(@Nullable Number integer) {
    return raw(integer == null ? null : integer.toString());
  }

  /** Writes null, or leaves the member out. */
  public JsonOut nullValue() {
    if (omitsNulls && pendingName != null) {
      pendingName = null;
      return this;
    }
    return raw("null");
  }

  /** Copies JSON text as it is, so that its numbers and spaces stay as they were made. */
  public JsonOut raw(@Nullable String json) {
    if (json == null) {
      return nullValue();
    }
    beforeValue();
    reserve(json.length() * 3);
    characters(json, false);
    return this;
  }

  private JsonOut open(char bracket) {
    beforeValue();
    reserve(1);
    bytes[size++] = (byte) bracket;
    return this;
  }

  private JsonOut close(char bracket) {
    reserve(1);
    bytes[size++] = (byte) bracket;
    return this;
  }

  private void beforeValue() {
    reserve(1);
    // No value ends in one of these bytes, so the last one tells whether a comma is due.
    byte last = size == 0 ? (byte) '[' : bytes[size - 1];
    if (last != '{' && last != '[' && last != ':') {
      bytes[size++] = ',';
    }
    String name = pendingName;
    if (name != null) {
      pendingName = null;
      string(name);
      reserve(1);
      bytes[size++] = ':';
    }
  }

  private void string(String text) {
    // The longest escape of one char is six bytes.
    reserve(text.length() * 6 + 2);
    bytes[size++] = '"';
    characters(text, true);
    bytes[size++] = '"';
  }

  private void characters(String text, boolean escapes) {
    for (int i = plain(text); i < text.length(); i++) {
      char c = text.charAt(i);
      if (escapes && (c < 0x20 || c == '"' || c == '\\')) {
        escape(c);
      } else if (c < 0x80) {
        bytes[size++] = (byte) c;
      } else if (c < 0x800) {
        bytes[size++] = (byte) (0xC0 | c >> 6);
        continuation(c);
      } else if (Character.isHighSurrogate(c)) {
        int codePoint = text.codePointAt(i++);
        bytes[size++] = (byte) (0xF0 | codePoint >> 18);
        continuation(codePoint >> 12);
        continuation(codePoint >> 6);
        continuation(codePoint);
      } else {
        bytes[size++] = (byte) (0xE0 | c >> 12);
        continuation(c >> 6);
        continuation(c);
      }
    }
  }

  /** Copies the characters up to the first that needs care, and returns its index. */
  private int plain(String text) {
    // Locals: with fields the loop is three times slower.
    byte[] to = bytes;
    int at = size;
    int length = text.length();
    int i = 0;
    while (i < length) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
        break;
      }
      to[at++] = (byte) c;
      i++;
    }
    size = at;
    return i;
  }

  private void continuation(int bits) {
    bytes[size++] = (byte) (0x80 | (bits & 0x3F));
  }

  private void escape(char c) {
    bytes[size++] = '\\';
    int letter = "\"\\\b\f\n\r\t".indexOf(c);
    if (letter >= 0) {
      bytes[size++] = (byte) "\"\\bfnrt".charAt(letter);
      return;
    }
    bytes[size++] = 'u';
    bytes[size++] = '0';
    bytes[size++] = '0';
    bytes[size++] = (byte) HEX.charAt(c >> 4);
    bytes[size++] = (byte) HEX.charAt(c & 0xF);
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
