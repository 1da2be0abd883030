package dev.turntable.http;

import java.io.IOException;
import java.util.Arrays;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Base64 inside a JSON text, decoded where it stands: the characters from one place to another, as
 * they are written, escapes included. Never copied as a whole.
 *
 * @param json the text
 * @param from where the first character is
 * @param to where the last one has ended
 */
record Base64Text(String json, int from, int to) {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private static final byte[] VALUES = values();
  private static final int NO_VALUE = -1;

  private static final int CHUNK = 6 << 10;

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) NO_VALUE);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
    }
    return values;
  }

  /** The characters that the JSON stands for, one after the other. */
  private static final class Characters {
    private final String json;
    private final int to;
    private int at;

    Characters(Base64Text text) {
      this.json = text.json;
      this.at = text.from;
      this.to = text.to;
    }

    /** Returns the next character, or -1 behind the last. */
    int next() {
      if (at >= to) {
        return -1;
      }
      char c = json.charAt(at++);
      if (c != '\\') {
        return c;
      }
      char escaped = json.charAt(at++);
      if (escaped == 'u') {
        int unit = Integer.parseInt(json, at, at + 4, 16);
        at += 4;
        return unit;
      }
      return escaped == '/' ? '/' : '\n'; // no other escape stands for a letter of base64
    }
  }

  /**
   * Returns how many bytes it stands for, or -1 if it is no base64: the standard alphabet, filled up
   * with = to a multiple of four.
   */
  long size() {
    Characters characters = new Characters(this);
    long letters = 0;
    int padding = 0;
    for (int c = characters.next(); c >= 0; c = characters.next()) {
      if (c == '=') {
        padding++;
      } else if (padding > 0 || value(c) == NO_VALUE) {
        return -1;
      } else {
        letters++;
      }
    }
    boolean whole = (letters + padding) % 4 == 0 && padding <= 2 && letters % 4 != 1;
    return whole ? letters / 4 * 3 + Math.max(0, letters % 4 - 1) : -1;
  }

  private static int value(int c) {
    return c < VALUES.length ? VALUES[c] : NO_VALUE;
  }

  /** Writes the bytes. */
  void writeBytes(BufferedSink sink) throws IOException {
    Characters characters = new Characters(this);
    byte[] chunk = new byte[CHUNK];
    int filled = 0;
    int bits = 0;
    int held = 0;
    for (int c = characters.next(); c >= 0 && c != '='; c = characters.next()) {
      bits = bits << 6 | value(c);
      held += 6;
      if (held >= 8) {
        held -= 8;
        chunk[filled++] = (byte) (bits >> held);
        if (filled == CHUNK) {
          sink.write(chunk, 0, filled);
          filled = 0;
        }
      }
    }
    sink.write(chunk, 0, filled);
  }

  /** Writes the letters, as they stand in JSON of ours: without escapes. */
  void writeLetters(BufferedSink sink) throws IOException {
    Characters characters = new Characters(this);
    byte[] chunk = new byte[CHUNK];
    int filled = 0;
    for (int c = characters.next(); c >= 0; c = characters.next()) {
      chunk[filled++] = (byte) c;
      if (filled == CHUNK) {
        sink.write(chunk, 0, filled);
        filled = 0;
      }
    }
    sink.write(chunk, 0, filled);
  }

  /** Never shows what is in it. */
  @Override
  public String toString() {
    return "base64 of " + (to - from) + " characters";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
