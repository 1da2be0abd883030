package dev.turntable.jdbc.cli;

import java.util.ArrayList;
import java.util.List;

/** Splits a text into statements at the semicolons outside quotes and comments. */
final class SqlScript {
  private final String text;
  private final List<String> statements = new ArrayList<>();
  private int at;
  private int start;
  private boolean empty = true;

  private SqlScript(String text) {
    this.text = text;
  }

  /** Returns the statements without their semicolons; those of nothing but comments are left out. */
  static List<String> split(String text) {
    SqlScript script = new SqlScript(text);
    script.run();
    return script.statements;
  }

  private void run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'' || c == '"') {
        empty = false;
        skipQuoted(c, c == '\'' && hasEscapePrefix());
      } else if (text.startsWith("--", at) || text.startsWith("//", at)) {
        skipTo("\n");
      } else if (text.startsWith("/*", at)) {
        at += 2;
        skipTo("*/");
      } else if (c == ';') {
        end();
      } else {
        empty &= Character.isWhitespace(c);
        at++;
      }
    }
    end();
  }

  private void skipTo(String mark) {
    int found = text.indexOf(mark, at);
    at = found < 0 ? text.length() : found + mark.length();
  }

  /** In {@code E'...'} a backslash escapes the quote. */
  private boolean hasEscapePrefix() {
    return at > 0
        && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e')
        && (at == 1 || !Character.isJavaIdentifierPart(text.charAt(at - 2)));
  }

  private void skipQuoted(char quote, boolean backslash) {
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      at += backslash && text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at + 1, text.length());
  }

  private void end() {
    if (!empty) {
      statements.add(text.substring(start, Math.min(at, text.length())).strip());
    }
    at++;
    start = at;
    empty = true;
  }
}
