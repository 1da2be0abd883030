package dev.turntable.jdbc.cli.shell;

import dev.turntable.text.SqlLexer;
import dev.turntable.text.SqlToken;
import java.util.regex.Pattern;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours keywords, texts, numbers and comments of what is typed. */
final class SqlHighlighter implements Highlighter {
  @Override
  public AttributedString highlight(LineReader reader, String line) {
    AttributedStringBuilder shown = new AttributedStringBuilder();
    int at = 0;
    for (SqlToken token : SqlLexer.tokens(line)) {
      shown.append(line.substring(at, token.start()));
      shown.styled(style(token), line.substring(token.start(), token.end()));
      at = token.end();
    }
    return shown.append(line.substring(at)).toAttributedString();
  }

  private static AttributedStyle style(SqlToken token) {
    AttributedStyle plain = AttributedStyle.DEFAULT;
    return switch (token.kind()) {
      case WORD -> token.isWord(SqlWords.KEYWORDS) ? plain.bold() : plain;
      case TEXT, PREFIXED_TEXT, UNICODE_TEXT, ESCAPED_TEXT, BINARY ->
          plain.foreground(AttributedStyle.GREEN);
      case NUMBER -> plain.foreground(AttributedStyle.CYAN);
      case COMMENT -> plain.faint();
      case UNTERMINATED -> plain.foreground(AttributedStyle.YELLOW);
      default -> plain;
    };
  }

  @Override
  public void setErrorPattern(Pattern pattern) {
    // Lines with errors are not marked; the driver tells the place.
  }

  @Override
  public void setErrorIndex(int index) {
    // see above
  }
}
