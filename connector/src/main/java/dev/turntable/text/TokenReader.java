package dev.turntable.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads tokens one after the other. */
public final class TokenReader {
  private final List<SqlToken> tokens;
  private int at;

  public TokenReader(List<SqlToken> tokens) {
    this.tokens = tokens;
  }

  /** Returns whether all tokens have been read. */
  public boolean atEnd() {
    return at == tokens.size();
  }

  /** Returns how many tokens have been read. */
  public int position() {
    return at;
  }

  /** Returns the next token, which stays, or null at the end. */
  public @Nullable SqlToken peek() {
    return atEnd() ? null : tokens.get(at);
  }

  /** Returns the next token and goes on, or null at the end. */
  public @Nullable SqlToken take() {
    return atEnd() ? null : tokens.get(at++);
  }

  /** Goes on if this keyword is next. */
  public boolean takeWord(String word) {
    SqlToken next = peek();
    boolean found = next != null && next.isWord(word);
    at += found ? 1 : 0;
    return found;
  }

  /** Goes on if these keywords are next, one after the other. */
  public boolean takeWords(String... words) {
    int from = at;
    for (String word : words) {
      if (!takeWord(word)) {
        at = from;
        return false;
      }
    }
    return true;
  }

  /** Goes on if this operator or punctuation is next. */
  public boolean takeSign(String sign) {
    SqlToken next = peek();
    boolean found = next != null && next.isSign(sign);
    at += found ? 1 : 0;
    return found;
  }

  /** Returns what the next token stands for and goes on, if it is of this kind; null otherwise. */
  public @Nullable String takeValue(SqlToken.Kind kind) {
    SqlToken next = peek();
    if (next == null || next.kind() != kind) {
      return null;
    }
    at++;
    return next.value();
  }

  /** Returns the next name, quoted or not, and goes on; null if there is none. */
  public @Nullable String takeName() {
    SqlToken next = peek();
    if (next == null || !next.isName()) {
      return null;
    }
    at++;
    return next.value();
  }
}
