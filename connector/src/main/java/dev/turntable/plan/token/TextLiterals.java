package dev.turntable.plan.token;

import dev.turntable.plan.error.ValidationErrors;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlLines;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Literals and names with a prefix, as plain ones: {@code N'…'}, {@code U&'…'} with UESCAPE, and {@code
 * E'…'}. All text is Unicode, so that the prefix only says how it is spelled.
 */
final class TextLiterals {
  private final List<SqlToken> tokens;
  private final SqlLines lines;
  private int at;

  private TextLiterals(SqlStatement statement) {
    this.tokens = statement.tokens();
    this.lines = statement.lines();
  }

  /**
   * Returns the tokens with plain literals and names.
   *
   * @throws TurntableException as {@link ErrorKind#SYNTAX} if an escape is not valid
   */
  static List<SqlToken> plain(SqlStatement statement) {
    for (SqlToken token : statement.tokens()) {
      switch (token.kind()) {
        case PREFIXED_TEXT, UNICODE_TEXT, ESCAPED_TEXT, UNICODE_NAME -> {
          return new TextLiterals(statement).run();
        }
        default -> {}
      }
    }
    return statement.tokens();
  }

  private List<SqlToken> run() {
    List<SqlToken> out = new ArrayList<>(tokens.size());
    while (at < tokens.size()) {
      SqlToken token = tokens.get(at++);
      switch (token.kind()) {
        case PREFIXED_TEXT ->
            out.add(token.text().charAt(0) == '_' ? token : text(token, token.value(), Kind.TEXT));
        case ESCAPED_TEXT -> out.add(text(token, CEscapes.decode(token, this::wrong), Kind.TEXT));
        case UNICODE_TEXT -> unicode(token, Kind.TEXT, out);
        case UNICODE_NAME -> unicode(token, Kind.QUOTED_NAME, out);
        default -> out.add(token);
      }
    }
    return out;
  }

  /** The literal may go on in further quotes, and name its escape character behind them. */
  private void unicode(SqlToken first, Kind kind, List<SqlToken> out) {
    List<SqlToken> parts = new ArrayList<>(List.of(first));
    while (kind == Kind.TEXT && at < tokens.size() && tokens.get(at).kind() == Kind.TEXT) {
      parts.add(tokens.get(at++));
    }
    char escape = '\\';
    if (at < tokens.size() && tokens.get(at).isWord("UESCAPE")) {
      SqlToken given = at + 1 < tokens.size() ? tokens.get(at + 1) : null;
      escape = escape(tokens.get(at), given);
      at += 2;
    }
    for (SqlToken part : parts) {
      out.add(text(part, decode(part, escape), kind));
    }
  }

  private char escape(SqlToken word, @Nullable SqlToken given) {
    String value = given == null || given.kind() != Kind.TEXT ? "" : given.value();
    boolean valid =
        value.length() == 1
            && !Character.isWhitespace(value.charAt(0))
            && Character.digit(value.charAt(0), 16) < 0
            && "+'\"".indexOf(value.charAt(0)) < 0;
    if (!valid) {
      throw wrong(
          given == null ? word : given,
          "UESCAPE takes one character that is no hexadecimal digit, plus, quote or blank");
    }
    return value.charAt(0);
  }

  private String decode(SqlToken token, char escape) {
    String value = token.value();
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) != escape) {
        text.append(value.charAt(i));
      } else if (value.startsWith(String.valueOf(escape), i + 1)) {
        text.append(escape);
        i++;
      } else {
        boolean six = value.startsWith("+", i + 1);
        int from = six ? i + 2 : i + 1;
        int end = from + (six ? 6 : 4);
        int code = end <= value.length() ? CEscapes.number(value.substring(from, end), 16) : -1;
        if (code < 0 || code > Character.MAX_CODE_POINT) {
          throw wrong(
              token,
              "a Unicode escape is "
                  + escape
                  + "XXXX or "
                  + escape
                  + "+XXXXXX with hexadecimal digits, at most 10FFFF");
        }
        text.appendCodePoint(code);
        i = end - 1;
      }
    }
    return text.toString();
  }

  private static SqlToken text(SqlToken token, String value, Kind kind) {
    String quote = kind == Kind.TEXT ? "'" : "\"";
    return token.as(kind, quote + value.replace(quote, quote + quote) + quote);
  }

  private TurntableException wrong(SqlToken token, String reason) {
    return new TurntableException(ErrorKind.SYNTAX, ValidationErrors.place(lines, token) + reason);
  }
}
