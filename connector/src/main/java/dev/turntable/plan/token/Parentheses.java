package dev.turntable.plan.token;

import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** Parentheses to put around stretches of tokens. */
final class Parentheses {
  private final List<SqlToken> tokens;
  private final int[] opened;
  private final int[] closed;
  private boolean any;

  Parentheses(List<SqlToken> tokens) {
    this.tokens = tokens;
    this.opened = new int[tokens.size()];
    this.closed = new int[tokens.size()];
  }

  /** Encloses the tokens from one place up to another. */
  void enclose(int first, int end) {
    opened[first]++;
    closed[end - 1]++;
    any = true;
  }

  /** Returns the tokens with the parentheses. */
  List<SqlToken> placed() {
    if (!any) {
      return tokens;
    }
    List<SqlToken> out = new ArrayList<>(tokens.size() + 8);
    for (int at = 0; at < tokens.size(); at++) {
      SqlToken token = tokens.get(at);
      for (int i = 0; i < opened[at]; i++) {
        out.add(token.before(Kind.SIGN, "("));
      }
      out.add(token);
      for (int i = 0; i < closed[at]; i++) {
        out.add(token.after(Kind.SIGN, ")"));
      }
    }
    return out;
  }
}
