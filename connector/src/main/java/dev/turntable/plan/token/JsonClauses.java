package dev.turntable.plan.token;

import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** Clauses of the JSON functions that Calcite's grammar lacks, PASSING and QUOTES, as calls. */
final class JsonClauses {
  private final List<SqlToken> tokens;
  private int at;

  private JsonClauses(List<SqlToken> tokens) {
    this.tokens = new ArrayList<>(tokens);
  }

  static List<SqlToken> spelled(List<SqlToken> tokens) {
    boolean found = false;
    for (SqlToken token : tokens) {
      found |= token.isWord("PASSING") || token.isWord("QUOTES");
    }
    return found ? new JsonClauses(tokens).run() : tokens;
  }

  private List<SqlToken> run() {
    for (at = 0; at < tokens.size(); at++) {
      if (tokens.get(at).isWord("PASSING")) {
        passing();
      } else if (isWord(at + 1, "QUOTES") && (isWord(at, "OMIT") || isWord(at, "KEEP"))) {
        quotes();
      }
    }
    return tokens;
  }

  private boolean isWord(int place, String word) {
    return place < tokens.size() && tokens.get(place).isWord(word);
  }

  /** {@code path PASSING v AS x} becomes a path that holds the values of its variables. */
  private void passing() {
    int path = commaBefore(at);
    int end = at;
    List<SqlToken> call = new ArrayList<>();
    SqlToken word = tokens.get(at);
    call.add(word.as(Kind.SIGN, ","));
    call.add(word.as(Kind.WORD, "JSON_OBJECT"));
    call.add(word.as(Kind.SIGN, "("));
    do {
      int as = as(end + 1);
      if (path < 0 || as + 1 >= tokens.size() || !tokens.get(as + 1).isName()) {
        return;
      }
      if (end > at) {
        call.add(tokens.get(end));
      }
      SqlToken name = tokens.get(as + 1);
      call.add(name.as(Kind.WORD, "KEY"));
      call.add(name.as(Kind.TEXT, "'" + name.value().replace("'", "''") + "'"));
      call.add(name.as(Kind.WORD, "VALUE"));
      call.addAll(tokens.subList(end + 1, as));
      end = as + 2;
    } while (end < tokens.size() && tokens.get(end).isSign(","));
    SqlToken last = tokens.get(end - 1);
    call.add(last.after(Kind.SIGN, ")"));
    call.add(last.after(Kind.SIGN, ")"));
    tokens.subList(at, end).clear();
    tokens.addAll(at, call);
    SqlToken first = tokens.get(path + 1);
    tokens.addAll(
        path + 1, List.of(first.before(Kind.WORD, "JSON_PASSING"), first.before(Kind.SIGN, "(")));
  }

  private int commaBefore(int from) {
    int depth = 0;
    for (int i = from - 1; i >= 0 && depth >= 0; i--) {
      SqlToken token = tokens.get(i);
      depth += Operands.closes(token) ? 1 : Operands.opens(token) ? -1 : 0;
      if (depth == 0 && token.isSign(",")) {
        return i;
      }
    }
    return -1;
  }

  private int as(int from) {
    int depth = 0;
    for (int i = from; i < tokens.size() && depth >= 0; i++) {
      SqlToken token = tokens.get(i);
      depth += Operands.opens(token) ? 1 : Operands.closes(token) ? -1 : 0;
      if (depth == 0 && token.isWord("AS")) {
        return i;
      }
    }
    return tokens.size();
  }

  /** KEEP QUOTES is what there is without it; OMIT QUOTES takes them from what JSON_QUERY gives. */
  private void quotes() {
    int open = at;
    int depth = 0;
    while (open >= 0 && depth >= 0) {
      open--;
      if (open >= 0) {
        SqlToken token = tokens.get(open);
        depth += Operands.closes(token) ? 1 : Operands.opens(token) ? -1 : 0;
      }
    }
    if (open < 1 || !isWord(open - 1, "JSON_QUERY")) {
      return;
    }
    boolean omit = isWord(at, "OMIT");
    boolean scalar = isWord(at + 2, "ON") && isWord(at + 3, "SCALAR") && isWord(at + 4, "STRING");
    tokens.subList(at, at + (scalar ? 5 : 2)).clear();
    if (omit) {
      int close = new Operands(tokens).closing(open);
      SqlToken query = tokens.get(open - 1);
      if (close < tokens.size()) {
        tokens.add(close, tokens.get(close));
        tokens.add(open - 1, query.before(Kind.SIGN, "("));
        tokens.add(open - 1, query.before(Kind.WORD, "JSON_UNQUOTE"));
      }
    }
  }
}
