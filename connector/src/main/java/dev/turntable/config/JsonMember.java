package dev.turntable.config;

import org.jspecify.annotations.Nullable;

/** Looks up one text in a line of JSON. */
final class JsonMember {
  private final String json;
  private int at;

  private JsonMember(String json) {
    this.json = json;
  }

  /**
   * Returns the text of a member of an object, or null if there is none of that name, it is no text, or
   * the line is no object. Texts with escapes are none of those looked for.
   */
  static @Nullable String text(String json, String name) {
    return new JsonMember(json).find(name);
  }

  private @Nullable String find(String name) {
    int depth = 0;
    boolean isName = false;
    while (at < json.length()) {
      char c = json.charAt(at);
      if (c == '"') {
        String text = string();
        if (text == null) {
          return null;
        }
        if (depth == 1 && isName && text.equals(name)) {
          return value();
        }
        isName = false;
        continue;
      }
      if (c == '{' || c == '[') {
        depth++;
        isName = c == '{';
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (c == ',') {
        isName = depth == 1;
      }
      at++;
    }
    return null;
  }

  private @Nullable String value() {
    while (at < json.length()
        && (json.charAt(at) == ':' || Character.isWhitespace(json.charAt(at)))) {
      at++;
    }
    return at < json.length() && json.charAt(at) == '"' ? string() : null;
  }

  /** Returns the text at a quote, and goes behind it; null if it does not end. */
  private @Nullable String string() {
    int begin = ++at;
    while (at < json.length() && json.charAt(at) != '"') {
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    return at < json.length() ? json.substring(begin, at++) : null;
  }
}
