package dev.turntable.plan.token;

import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the name of a type behind {@code ::}, of several words or with parameters. */
final class TypeNames {
  private static final Set<String> CHARACTERS =
      Set.of("CHARACTER", "CHAR", "NCHAR", "BINARY", "BIT", "NATIONAL");

  private static final Set<String> GENERIC = Set.of("MAP", "ROW", "ARRAY", "MULTISET", "STRUCT");

  private final List<SqlToken> tokens;
  private final Operands operands;
  private final List<SqlToken> type = new ArrayList<>();
  private int at;

  private TypeNames(List<SqlToken> tokens, int first) {
    this.tokens = tokens;
    this.operands = new Operands(tokens);
    this.at = first;
  }

  /**
   * A type.
   *
   * @param tokens its name as Calcite spells it
   * @param end where it has ended
   */
  record Read(List<SqlToken> tokens, int end) {}

  /** Reads the type that begins with a token; without tokens if none does. */
  static Read read(List<SqlToken> tokens, int first) {
    TypeNames reading = new TypeNames(tokens, first);
    if (first < tokens.size() && tokens.get(first).isName()) {
      reading.name();
      reading.arrays();
    }
    return new Read(reading.type, reading.at);
  }

  private void name() {
    SqlToken word = take();
    if (word.isWord("DOUBLE")) {
      takeWord("PRECISION");
    } else if (word.isWord(CHARACTERS)) {
      if (!takeWord("CHARACTER")) {
        takeWord("CHAR");
      }
      takeWord("VARYING");
    } else if (word.isWord("INTERVAL")) {
      interval();
      return;
    } else if (word.isWord(GENERIC) && isSign("<")) {
      generic();
      return;
    }
    while (isSign(".") && at + 1 < tokens.size() && tokens.get(at + 1).isName()) {
      take();
      take();
    }
    parameters();
    if (word.isWord("TIME") || word.isWord("TIMESTAMP")) {
      zone();
    } else if (!takeWord("UNSIGNED")) {
      takeWord("SIGNED");
    }
  }

  private void zone() {
    int next = at + 1;
    boolean zoned = isWord(at, "WITH") || isWord(at, "WITHOUT");
    next += zoned && isWord(next, "LOCAL") ? 1 : 0;
    if (zoned && isWord(next, "TIME") && isWord(next + 1, "ZONE")) {
      while (at < next + 2) {
        take();
      }
    }
  }

  private void interval() {
    if (at < tokens.size() && Operands.isUnit(tokens.get(at))) {
      take();
      parameters();
      if (takeWord("TO")) {
        take();
        parameters();
      }
    }
  }

  private void generic() {
    int depth = 0;
    do {
      depth += isSign("<") ? 1 : isSign(">") ? -1 : 0;
      take();
    } while (depth > 0 && at < tokens.size());
  }

  private void parameters() {
    if (isSign("(")) {
      int end = operands.closing(at);
      while (at <= end && at < tokens.size()) {
        take();
      }
    }
  }

  /** {@code int[]} is INT ARRAY. */
  private void arrays() {
    while (true) {
      if (isSign("[") && at + 1 < tokens.size() && tokens.get(at + 1).isSign("]")) {
        type.add(tokens.get(at).as(Kind.WORD, "ARRAY"));
        at += 2;
      } else if (!takeWord("ARRAY") && !takeWord("MULTISET")) {
        return;
      }
    }
  }

  private SqlToken take() {
    type.add(tokens.get(at));
    return tokens.get(at++);
  }

  private boolean takeWord(String word) {
    boolean found = isWord(at, word);
    if (found) {
      take();
    }
    return found;
  }

  private boolean isWord(int place, String word) {
    return place < tokens.size() && tokens.get(place).isWord(word);
  }

  private boolean isSign(String sign) {
    return at < tokens.size() && tokens.get(at).isSign(sign);
  }
}
