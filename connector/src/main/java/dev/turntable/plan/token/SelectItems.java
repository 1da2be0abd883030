package dev.turntable.plan.token;

import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stands between the commas of each SELECT list, and of the first row of each VALUES, as the
 * statement writes it.
 */
public final class SelectItems {
  /** What ends a list; two of them only before BY, for other clauses begin as they do. */
  private static final Set<String> ENDS =
      Set.of(
          "FROM",
          "WHERE",
          "HAVING",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "WINDOW",
          "QUALIFY",
          "UNION",
          "INTERSECT",
          "EXCEPT",
          "MINUS");

  private static final Set<String> LISTS = Set.of("SELECT", "VALUES");
  private static final Set<String> ENDS_BEFORE_BY = Set.of("GROUP", "ORDER");
  private static final Set<String> QUANTIFIERS = Set.of("ALL", "DISTINCT", "STREAM");

  private final List<SqlToken> tokens;

  private SelectItems(List<SqlToken> tokens) {
    this.tokens = tokens;
  }

  /** Returns the texts of the items of every list, by where its query begins. */
  public static Map<Integer, List<String>> of(SqlStatement statement) {
    SelectItems items = new SelectItems(statement.tokens());
    Map<Integer, List<String>> lists = new HashMap<>();
    for (int i = 0; i < statement.tokens().size(); i++) {
      if (statement.tokens().get(i).isWord(LISTS)) {
        boolean values = statement.tokens().get(i).isWord("VALUES");
        List<String> list = values ? items.firstRow(i + 1) : items.list(i + 1);
        lists.put(statement.tokens().get(i).start(), list);
        // The parser lets a query begin at its parentheses.
        for (int at = i - 1; at >= 0 && statement.tokens().get(at).isSign("("); at--) {
          lists.putIfAbsent(statement.tokens().get(at).start(), list);
        }
      }
    }
    return lists;
  }

  /** A row is in parentheses, with or without ROW in front, or one value without them. */
  private List<String> firstRow(int from) {
    int start = from < tokens.size() && tokens.get(from).isWord("ROW") ? from + 1 : from;
    int end = start < tokens.size() && tokens.get(start).isSign("(") ? closing(start) : -1;
    boolean whole =
        end > 0 && (end + 1 == tokens.size() || tokens.get(end + 1).isSign(",") || ends(end + 1));
    return whole ? list(start + 1) : list(from).subList(0, 1);
  }

  /** Returns where the parenthesis closes that opens at a place, or -1. */
  private int closing(int from) {
    int depth = 0;
    for (int i = from; i < tokens.size(); i++) {
      depth += opens(tokens.get(i)) ? 1 : closes(tokens.get(i)) ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private List<String> list(int from) {
    List<String> items = new ArrayList<>();
    int start = from;
    while (start < tokens.size() && tokens.get(start).isWord(QUANTIFIERS)) {
      start++;
    }
    int depth = 0;
    for (int i = start; ; i++) {
      if (i == tokens.size() || (depth == 0 && ends(i))) {
        items.add(text(start, i));
        return items;
      }
      SqlToken token = tokens.get(i);
      if (opens(token)) {
        depth++;
      } else if (closes(token)) {
        depth--;
      } else if (depth == 0 && token.isSign(",")) {
        items.add(text(start, i));
        start = i + 1;
      }
    }
  }

  private boolean ends(int at) {
    SqlToken token = tokens.get(at);
    if (closes(token) || token.isSign(";")) {
      return true;
    }
    if (token.isWord(ENDS_BEFORE_BY)) {
      return at + 1 < tokens.size() && tokens.get(at + 1).isWord("BY");
    }
    return token.isWord(ENDS) && !(token.isWord("FROM") && isOfDistinct(at));
  }

  /** {@code a IS DISTINCT FROM b} */
  private boolean isOfDistinct(int at) {
    return at >= 2
        && tokens.get(at - 1).isWord("DISTINCT")
        && (tokens.get(at - 2).isWord("IS") || tokens.get(at - 2).isWord("NOT"));
  }

  private static boolean opens(SqlToken token) {
    // An escape begins with a brace and its word, as one sign.
    return token.isSign("(") || token.isSign("[") || isBrace(token);
  }

  private static boolean isBrace(SqlToken token) {
    return token.kind() == SqlToken.Kind.SIGN && token.text().startsWith("{");
  }

  private static boolean closes(SqlToken token) {
    return token.isSign(")") || token.isSign("]") || token.isSign("}");
  }

  /** Returns the tokens as they are written, with one blank where there is any space or comment. */
  private String text(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      SqlToken token = tokens.get(i);
      text.append(i > from && tokens.get(i - 1).end() < token.start() ? " " : "")
          .append(token.text());
    }
    return text.toString();
  }
}
