package dev.turntable.plan.token;

import dev.turntable.plan.type.PlannedStatement;
import dev.turntable.text.SqlLines;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImplTokenManager;
import org.apache.calcite.sql.parser.babel.Token;

/**
 * Hands tokens to Calcite's parser, in place of its own token manager: so that what was rewritten keeps
 * the place that it has in the statement as written, and messages name that.
 */
public final class TokenSource extends SqlBabelParserImplTokenManager {
  private static final Map<String, Integer> KEYWORDS = new HashMap<>();
  private static final Map<String, Integer> SIGNS = new HashMap<>();

  static {
    String[] images = SqlBabelParserImplConstants.tokenImage;
    for (int kind = 0; kind < images.length; kind++) {
      String image = images[kind];
      if (image.length() > 2 && image.startsWith("\"")) {
        String text = image.substring(1, image.length() - 1);
        (Character.isLetter(text.charAt(0)) ? KEYWORDS : SIGNS).put(text, kind);
      }
    }
  }

  private final List<SqlToken> tokens;
  private final SqlLines lines;
  private int at;

  public TokenSource(SqlStatement statement) {
    super(null);
    this.tokens = statement.tokens();
    this.lines = statement.lines();
  }

  @Override
  public Token getNextToken() {
    PlannedStatement.check();
    if (at == tokens.size()) {
      int end = tokens.isEmpty() ? 0 : tokens.get(at - 1).end();
      return token(SqlBabelParserImplConstants.EOF, "", end, end);
    }
    SqlToken token = tokens.get(at++);
    return token(kind(token), token.text(), token.start(), token.end() - 1);
  }

  private Token token(int kind, String image, int first, int last) {
    Token token = Token.newToken(kind);
    token.kind = kind;
    token.image = image;
    token.beginLine = lines.line(first);
    token.beginColumn = lines.column(first);
    token.endLine = lines.line(last);
    token.endColumn = lines.column(last);
    return token;
  }

  private static int kind(SqlToken token) {
    String text = token.text();
    return switch (token.kind()) {
      case WORD -> KEYWORDS.getOrDefault(token.keyword(), SqlBabelParserImplConstants.IDENTIFIER);
      case QUOTED_NAME -> SqlBabelParserImplConstants.QUOTED_IDENTIFIER;
      case UNICODE_NAME -> SqlBabelParserImplConstants.UNICODE_QUOTED_IDENTIFIER;
      case TEXT -> SqlBabelParserImplConstants.QUOTED_STRING;
      case PREFIXED_TEXT -> SqlBabelParserImplConstants.PREFIXED_STRING_LITERAL;
      case UNICODE_TEXT -> SqlBabelParserImplConstants.UNICODE_STRING_LITERAL;
      case ESCAPED_TEXT -> SqlBabelParserImplConstants.C_STYLE_ESCAPED_STRING_LITERAL;
      case BINARY -> SqlBabelParserImplConstants.BINARY_STRING_LITERAL;
      case NUMBER -> number(text);
      case COLLATION -> SqlBabelParserImplConstants.COLLATION_ID;
      case SIGN -> sign(text);
      case COMMENT, INVALID, UNTERMINATED -> throw new IllegalArgumentException(token.toString());
    };
  }

  private static int number(String text) {
    if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
      return SqlBabelParserImplConstants.APPROX_NUMERIC_LITERAL;
    }
    return text.indexOf('.') >= 0
        ? SqlBabelParserImplConstants.DECIMAL_NUMERIC_LITERAL
        : SqlBabelParserImplConstants.UNSIGNED_INTEGER_LITERAL;
  }

  private static int sign(String text) {
    Integer known = SIGNS.get(text);
    if (known != null) {
      return known;
    }
    return switch (text.substring(1).strip().toUpperCase(Locale.ROOT)) {
      case "FN" -> SqlBabelParserImplConstants.LBRACE_FN;
      case "TS" -> SqlBabelParserImplConstants.LBRACE_TS;
      case "D" -> SqlBabelParserImplConstants.LBRACE_D;
      case "T" -> SqlBabelParserImplConstants.LBRACE_T;
      default -> throw new IllegalArgumentException("no operator of Calcite's: " + text);
    };
  }
}
