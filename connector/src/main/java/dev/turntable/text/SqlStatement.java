package dev.turntable.text;

import dev.turntable.text.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement as its tokens.
 *
 * @param sql the text as written, which the places of the tokens count in
 * @param tokens what says something: no comments, and no semicolons at the end
 */
public record SqlStatement(String sql, List<SqlToken> tokens) {
  public SqlStatement {
    tokens = List.copyOf(tokens);
  }

  /** Reads a text, whatever it holds. */
  public static SqlStatement of(String sql) {
    List<SqlToken> tokens = new ArrayList<>();
    for (SqlToken token : SqlLexer.tokens(sql)) {
      if (token.kind() != Kind.COMMENT) {
        tokens.add(token);
      }
    }
    while (!tokens.isEmpty() && tokens.get(tokens.size() - 1).isSign(";")) {
      tokens.remove(tokens.size() - 1);
    }
    return new SqlStatement(sql, tokens);
  }

  /** Returns the statement with other tokens, which keep the places of what they stand for. */
  public SqlStatement with(List<SqlToken> others) {
    return new SqlStatement(sql, others);
  }

  public boolean isEmpty() {
    return tokens.isEmpty();
  }

  /** Returns the first token that SQL does not know, or null if there is none. */
  public @Nullable SqlToken broken() {
    for (SqlToken token : tokens) {
      if (token.kind() == Kind.INVALID || token.kind() == Kind.UNTERMINATED) {
        return token;
      }
    }
    return null;
  }

  /** Returns whether a semicolon stands between statements. */
  public boolean hasSeveral() {
    return tokens.stream().anyMatch(token -> token.isSign(";"));
  }

  /** Returns whether it holds a keyword, which is in upper case. */
  public boolean hasWord(String word) {
    return tokens.stream().anyMatch(token -> token.isWord(word));
  }

  /** Returns whether it holds an operator or punctuation. */
  public boolean hasSign(String sign) {
    return tokens.stream().anyMatch(token -> token.isSign(sign));
  }

  /** Returns the line and column of a place. */
  public SqlLines lines() {
    return SqlLines.of(sql);
  }
}
