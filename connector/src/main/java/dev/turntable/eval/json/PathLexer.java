package dev.turntable.eval.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Cuts a path into tokens; comments are left out. */
final class PathLexer {
  private static final List<String> LONG_SIGNS =
      List.of("**", "&&", "||", "==", "!=", "<>", "<=", ">=");

  private static final String SHORT_SIGNS = "?%$.[]{}()!<>@,*:-+/";

  private final String path;
  private final List<PathToken> tokens = new ArrayList<>();
  private int at;

  private PathLexer(String path) {
    this.path = path;
  }

  static List<PathToken> tokens(String path) {
    PathLexer lexer = new PathLexer(path);
    while (lexer.next()) {}
    return lexer.tokens;
  }

  private boolean next() {
    blanks();
    int from = at;
    if (at == path.length()) {
      tokens.add(new PathToken(PathToken.Kind.END, "the end", at));
      return false;
    }
    char c = path.charAt(at);
    if (c == '"') {
      add(PathToken.Kind.STRING, PathStrings.read(path, at), PathStrings.end(path, at));
    } else if (c == '$' && at + 1 < path.length() && path.charAt(at + 1) == '"') {
      add(PathToken.Kind.VARIABLE, PathStrings.read(path, at + 1), PathStrings.end(path, at + 1));
    } else if (c == '$' && isNameStart(at + 1)) {
      int end = nameEnd(at + 1);
      add(PathToken.Kind.VARIABLE, path.substring(from + 1, end), end);
    } else if (isDigit(at) || (c == '.' && isDigit(at + 1))) {
      number();
    } else if (isNameStart(at)) {
      int end = nameEnd(at);
      add(PathToken.Kind.WORD, PathStrings.unescaped(path, from, end), end);
    } else {
      sign();
    }
    return true;
  }

  private void add(PathToken.Kind kind, String value, int end) {
    tokens.add(new PathToken(kind, value, at));
    at = end;
  }

  private void sign() {
    for (String sign : LONG_SIGNS) {
      if (path.startsWith(sign, at)) {
        add(PathToken.Kind.SIGN, sign, at + sign.length());
        return;
      }
    }
    if (SHORT_SIGNS.indexOf(path.charAt(at)) < 0) {
      throw new PathSyntaxException(path, at, "'" + path.charAt(at) + "' has no meaning");
    }
    add(PathToken.Kind.SIGN, path.substring(at, at + 1), at + 1);
  }

  private void number() {
    int radix = path.startsWith("0x", at) || path.startsWith("0X", at) ? 16 : 10;
    radix = path.startsWith("0o", at) || path.startsWith("0O", at) ? 8 : radix;
    radix = path.startsWith("0b", at) || path.startsWith("0B", at) ? 2 : radix;
    int end = radix == 10 ? decimalEnd() : digits(at + 2, radix);
    if (isNameStart(end) || (radix != 10 && end == at + 2) || leadingZero()) {
      throw new PathSyntaxException(path, at, "a number is followed by what is none");
    }
    String text = path.substring(radix == 10 ? at : at + 2, end).replace("_", "");
    String value =
        radix == 10
            ? text.startsWith(".") ? "0" + text : text
            : new BigInteger(text, radix).toString();
    add(PathToken.Kind.NUMBER, value, end);
  }

  private boolean leadingZero() {
    return path.charAt(at) == '0' && isDigit(at + 1);
  }

  private int decimalEnd() {
    int end = digits(at, 10);
    if (end < path.length()
        && path.charAt(end) == '.'
        && (isDigit(end + 1) || !isNameStart(end + 1))) {
      boolean method = end + 1 < path.length() && path.charAt(end + 1) == '*';
      end = method ? end : digits(end + 1, 10);
    }
    if (end < path.length() && (path.charAt(end) == 'e' || path.charAt(end) == 'E')) {
      int sign = end + 1 < path.length() && "+-".indexOf(path.charAt(end + 1)) >= 0 ? 2 : 1;
      if (isDigit(end + sign)) {
        end = digits(end + sign, 10);
      }
    }
    return end;
  }

  private int digits(int from, int radix) {
    int end = from;
    while (end < path.length()
        && (isDigit(end, radix)
            || (path.charAt(end) == '_' && end > from && isDigit(end + 1, radix)))) {
      end++;
    }
    return end;
  }

  private boolean isDigit(int index) {
    return isDigit(index, 10);
  }

  private boolean isDigit(int index, int radix) {
    return index < path.length()
        && path.charAt(index) < 128
        && Character.digit(path.charAt(index), radix) >= 0;
  }

  private boolean isNameStart(int index) {
    if (index >= path.length()) {
      return false;
    }
    char c = path.charAt(index);
    return Character.isLetter(c) || c == '_' || c == '\\' || c > 127;
  }

  private int nameEnd(int from) {
    int end = from;
    while (isNameStart(end) || isDigit(end)) {
      end += path.charAt(end) == '\\' ? PathStrings.escapeLength(path, end) : 1;
    }
    return Math.min(end, path.length());
  }

  private void blanks() {
    while (at < path.length()) {
      if (" \t\n\r\f".indexOf(path.charAt(at)) >= 0) {
        at++;
      } else if (path.startsWith("/*", at)) {
        int end = path.indexOf("*/", at + 2);
        if (end < 0) {
          throw new PathSyntaxException(path, at, "a comment does not end");
        }
        at = end + 2;
      } else {
        return;
      }
    }
  }
}
