package dev.turntable.eval.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as RFC 8259 has it, nothing more lenient, and nothing after the value. Numbers stay as
 * they are written.
 */
public final class JsonReader {
  /** Deeper documents are refused, before the stack is used up. */
  private static final int MAX_DEPTH = 1000;

  private final String text;
  private final Runnable check;
  private int at;
  private int depth;

  private JsonReader(String text, Runnable check) {
    this.text = text;
    this.check = check;
  }

  /**
   * Reads a document.
   *
   * @throws JsonSyntaxException if the text is not one JSON value
   */
  public static Json read(String text) {
    return read(text, () -> {});
  }

  /**
   * Reads a document that may be long.
   *
   * @param check throws if nobody wants it any more
   * @throws JsonSyntaxException if the text is not one JSON value
   */
  public static Json read(String text, Runnable check) {
    JsonReader reader = new JsonReader(text, check);
    Json value = reader.value();
    reader.blanks();
    if (reader.at < text.length()) {
      throw reader.wrong("something follows the value");
    }
    return value;
  }

  private Json value() {
    check.run();
    blanks();
    if (at == text.length()) {
      throw wrong("a value is missing");
    }
    char c = text.charAt(at);
    return switch (c) {
      case '{' -> members();
      case '[' -> array();
      case '"' -> new Json.Text(string());
      case 't' -> word("true", Json.Literal.TRUE);
      case 'f' -> word("false", Json.Literal.FALSE);
      case 'n' -> word("null", Json.Literal.NULL);
      default -> number();
    };
  }

  private Json members() {
    int from = enter();
    Map<String, Json> members = new LinkedHashMap<>();
    blanks();
    if (!skip('}')) {
      do {
        blanks();
        if (at == text.length() || text.charAt(at) != '"') {
          throw wrong("a member's name is missing");
        }
        String name = string();
        blanks();
        expect(':');
        members.put(name, value());
        blanks();
      } while (skip(','));
      expect('}');
    }
    depth--;
    return new Json.Members(members, new Json.Slice(text, from, at));
  }

  private Json array() {
    int from = enter();
    List<Json> items = new ArrayList<>();
    blanks();
    if (!skip(']')) {
      do {
        items.add(value());
        blanks();
      } while (skip(','));
      expect(']');
    }
    depth--;
    return new Json.Array(items, new Json.Slice(text, from, at));
  }

  private int enter() {
    if (++depth > MAX_DEPTH) {
      throw wrong("more than " + MAX_DEPTH + " levels");
    }
    return at++;
  }

  private String string() {
    at++;
    int from = at;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\') {
      character();
    }
    if (at < text.length() && text.charAt(at) == '"') {
      return text.substring(from, at++);
    }
    StringBuilder value = new StringBuilder(text.substring(from, at));
    while (at < text.length() && text.charAt(at) != '"') {
      value.append(text.charAt(at) == '\\' ? escaped() : character());
    }
    expect('"');
    return value.toString();
  }

  private char character() {
    char c = text.charAt(at);
    if (c < ' ') {
      throw wrong("a control character in a string");
    }
    at++;
    return c;
  }

  private char escaped() {
    at++;
    char c = at < text.length() ? text.charAt(at) : 0;
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an unknown escape");
    };
  }

  private char unicode() {
    int code = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0 || text.charAt(at) > 'f') {
        throw wrong("four hexadecimal digits are missing");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw wrong("an unknown word");
    }
    at += word.length();
    return value;
  }

  private Json number() {
    int from = at;
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
    return new Json.Numeral(text.substring(from, at));
  }

  private void digits() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == from) {
      throw wrong("a digit is missing");
    }
  }

  private void blanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean skip(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) {
    if (!skip(c)) {
      throw wrong("'" + c + "' is missing");
    }
  }

  private JsonSyntaxException wrong(String problem) {
    return new JsonSyntaxException(problem, at);
  }
}
