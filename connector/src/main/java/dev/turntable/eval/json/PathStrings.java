package dev.turntable.eval.json;

/** Strings and escapes of a path: those of JSON and, as in JavaScript, by code in hexadecimal. */
final class PathStrings {
  private PathStrings() {}

  /** Returns where the string that begins with a quote has ended. */
  static int end(String path, int start) {
    int at = start + 1;
    while (at < path.length() && path.charAt(at) != '"') {
      at += path.charAt(at) == '\\' ? escapeLength(path, at) : 1;
    }
    if (at >= path.length()) {
      throw new PathSyntaxException(path, start, "a string does not end");
    }
    return at + 1;
  }

  /** Returns the string that begins with a quote. */
  static String read(String path, int start) {
    return unescaped(path, start + 1, end(path, start) - 1);
  }

  /** Returns a part of the path with its escapes resolved. */
  static String unescaped(String path, int from, int to) {
    String part = path.substring(from, Math.min(to, path.length()));
    if (part.indexOf('\\') < 0) {
      return part;
    }
    StringBuilder text = new StringBuilder();
    for (int at = from; at < to; ) {
      if (path.charAt(at) != '\\') {
        text.append(path.charAt(at++));
        continue;
      }
      int length = escapeLength(path, at);
      text.append(escaped(path, at, at + length));
      at += length;
    }
    return text.toString();
  }

  /** Returns the length of the escape that begins at a backslash. */
  static int escapeLength(String path, int at) {
    if (at + 1 >= path.length()) {
      throw new PathSyntaxException(path, at, "an escape does not end");
    }
    int length =
        switch (path.charAt(at + 1)) {
          case 'x' -> 4;
          case 'u' -> path.startsWith("{", at + 2) ? path.indexOf('}', at) - at + 1 : 6;
          default -> 2;
        };
    if (length < 2 || at + length > path.length()) {
      throw new PathSyntaxException(path, at, "an escape does not end");
    }
    return length;
  }

  private static String escaped(String path, int at, int end) {
    char c = path.charAt(at + 1);
    return switch (c) {
      case 'b' -> "\b";
      case 'f' -> "\f";
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case 'v' -> "\u000b";
      case 'x' -> code(path, at, at + 2, end);
      case 'u' ->
          path.charAt(at + 2) == '{'
              ? code(path, at, at + 3, end - 1)
              : code(path, at, at + 2, end);
      default -> String.valueOf(c);
    };
  }

  private static String code(String path, int at, int from, int to) {
    try {
      return Character.toString(Integer.parseInt(path.substring(from, to), 16));
    } catch (IllegalArgumentException e) { // no number, or one of no character
      throw new PathSyntaxException(path, at, "an escape holds no code of a character");
    }
  }
}
