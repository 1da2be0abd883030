package dev.turntable.plan.token;

import dev.turntable.eval.GroupCounts;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Spells what Calcite's grammar does not take in a way that it does, place by place. */
public final class Spellings {
  private static final Set<String> TAKING_PARTS =
      Set.of(
          ("DATEDIFF DATE_DIFF DATEADD DATE_ADD DATE_SUB DATE_PART DATEPART EXTRACT TIMESTAMPADD"
                  + " TIMESTAMPDIFF")
              .split(" ", -1));

  /** What stands for the ALL of GROUP BY ALL, which Calcite's grammar takes for the quantifier of a list. */
  public static final String GROUP_BY_ALL = "GROUP BY ALL";

  private static final Set<String> TRIGGERS =
      Set.of(
          ("INTERVAL FETCH GROUPS CURRENT_SCHEMA GROUP ROW " + String.join(" ", TAKING_PARTS))
              .split(" ", -1));

  private static final Set<String> AFTER_GROUPING =
      Set.of(
          "HAVING",
          "WINDOW",
          "QUALIFY",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "UNION",
          "INTERSECT",
          "EXCEPT",
          "MINUS");

  private final List<SqlToken> tokens;
  private final List<SqlToken> out = new ArrayList<>();
  private int at;

  private Spellings(SqlStatement statement) {
    this.tokens = statement.tokens();
  }

  /** Returns the tokens in Calcite's words. */
  static List<SqlToken> changed(SqlStatement statement) {
    for (SqlToken token : statement.tokens()) {
      if (token.isWord(TRIGGERS)) {
        return new Spellings(statement).run();
      }
    }
    return statement.tokens();
  }

  private List<SqlToken> run() {
    while (at < tokens.size()) {
      SqlToken token = tokens.get(at);
      if (!(token.isWord(TRIGGERS) && change(token))) {
        out.add(token);
        at++;
      }
    }
    return out;
  }

  private boolean change(SqlToken token) {
    if (token.isWord(TAKING_PARTS)) {
      return quotedPart(token);
    }
    return switch (token.keyword()) {
      case "INTERVAL" -> interval(token);
      case "FETCH" -> fetch(token);
      case "GROUPS" -> groups(token);
      case "GROUP" -> groupByAll();
      case "ROW" -> row();
      default -> currentSchema(token);
    };
  }

  private @Nullable SqlToken peek(int distance) {
    int place = at + distance;
    return place >= 0 && place < tokens.size() ? tokens.get(place) : null;
  }

  private boolean isWord(int distance, String word) {
    SqlToken token = peek(distance);
    return token != null && token.isWord(word);
  }

  private boolean isSign(int distance, String sign) {
    SqlToken token = peek(distance);
    return token != null && token.isSign(sign);
  }

  private boolean interval(SqlToken interval) {
    SqlToken literal = peek(1);
    SqlToken next = peek(2);
    if (literal == null
        || literal.kind() != Kind.TEXT
        || (next != null && (Operands.isUnit(next) || next.isSign("(")))) {
      return false;
    }
    List<SqlToken> parts = IntervalTexts.parts(interval, literal, peek(-1));
    if (parts == null) {
      return false;
    }
    out.addAll(parts);
    at += 2;
    return true;
  }

  /** FETCH FIRST ROW ONLY leaves out the number one. */
  private boolean fetch(SqlToken fetch) {
    SqlToken first = peek(1);
    if (first == null
        || !(first.isWord("FIRST") || first.isWord("NEXT"))
        || !(isWord(2, "ROW") || isWord(2, "ROWS"))) {
      return false;
    }
    out.add(fetch);
    out.add(first);
    out.add(first.after(Kind.NUMBER, "1"));
    at += 2;
    return true;
  }

  /** A frame that counts groups of peers, which neither the grammar nor the tree has a word for. */
  private boolean groups(SqlToken groups) {
    SqlToken before = peek(-1);
    SqlToken next = peek(1);
    int open = enclosing();
    boolean window =
        open > 0 && (tokens.get(open - 1).isWord("OVER") || tokens.get(open - 1).isWord("AS"));
    boolean frame =
        next != null
            && (next.isWord("BETWEEN")
                || next.isWord("UNBOUNDED")
                || next.isWord("CURRENT")
                || next.isSign("?")
                || next.kind() == Kind.NUMBER);
    if (!window
        || !frame
        || before == null
        || before.isSign(",")
        || before.isSign(".")
        || before.isWord("BY")) {
      return false;
    }
    boolean counts = false;
    int end = new Operands(tokens).closing(open);
    List<SqlToken> bounds = new ArrayList<>();
    for (int i = at + 1; i < end && !tokens.get(i).isWord("EXCLUDE"); i++) {
      SqlToken bound = tokens.get(i);
      boolean count = bound.kind() == Kind.NUMBER && GroupCounts.isCount(bound.text());
      bounds.add(count ? bound.as(Kind.NUMBER, GroupCounts.marked(bound.text())) : bound);
      counts |= count;
    }
    // Without counts, groups are the peers that RANGE knows.
    out.add(groups.as(Kind.WORD, counts ? "ROWS" : "RANGE"));
    out.addAll(bounds);
    at += 1 + bounds.size();
    return true;
  }

  /** Returns where the parenthesis is that encloses the token, or -1. */
  private int enclosing() {
    int depth = 0;
    for (int i = at - 1; i >= 0; i--) {
      depth += Operands.closes(tokens.get(i)) ? 1 : Operands.opens(tokens.get(i)) ? -1 : 0;
      if (depth < 0) {
        return i;
      }
    }
    return -1;
  }

  /** A row that is compared, which the grammar takes without the word only. */
  private boolean row() {
    SqlToken before = peek(-1);
    boolean compared = before != null && Operands.isComparison(before);
    if (isSign(1, "(")) {
      int end = new Operands(tokens).closing(at + 1) + 1;
      compared |= end < tokens.size() && Operands.isComparison(tokens.get(end));
    }
    if (compared) {
      at++; // without it
    }
    return compared;
  }

  private boolean groupByAll() {
    SqlToken end = peek(3);
    boolean found =
        isWord(1, "BY")
            && isWord(2, "ALL")
            && (end == null || end.isSign(")") || end.isSign(";") || end.isWord(AFTER_GROUPING));
    if (found) {
      out.add(tokens.get(at));
      out.add(tokens.get(at + 1));
      out.add(tokens.get(at + 2).as(Kind.QUOTED_NAME, '"' + GROUP_BY_ALL + '"'));
      at += 3;
    }
    return found;
  }

  private boolean currentSchema(SqlToken word) {
    if (isSign(1, "(") || isSign(-1, ".") || !word.isWord("CURRENT_SCHEMA")) {
      return false;
    }
    out.add(word);
    out.add(word.after(Kind.SIGN, "("));
    out.add(word.after(Kind.SIGN, ")"));
    at++;
    return true;
  }

  /** {@code DATEDIFF('day', a, b)}: Calcite takes a unit without quotes only, if any. */
  private boolean quotedPart(SqlToken function) {
    SqlToken part = peek(2);
    if (!isSign(1, "(") || part == null) {
      return false;
    }
    boolean quoted = part.kind() == Kind.TEXT;
    boolean separated = isSign(3, ",") || (function.isWord("EXTRACT") && isWord(3, "FROM"));
    String unit = part.value().strip().toUpperCase(Locale.ROOT);
    if (!separated
        || !(quoted || part.kind() == Kind.WORD)
        || !DateParts.isPart(unit)
        || !(quoted || function.isWord("DATEDIFF") || function.isWord("DATEADD"))) {
      return false;
    }
    String name = DateParts.function(function.keyword());
    String singular = DateParts.singular(unit);
    out.add(function.as(Kind.WORD, name));
    out.add(tokens.get(at + 1));
    out.add(
        name.equals(DateParts.DIFFERENCE)
            ? part.as(Kind.TEXT, "'" + singular + "'")
            : part.as(Kind.WORD, singular));
    at += 3;
    return true;
  }
}
