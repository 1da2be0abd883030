package dev.turntable.plan.cache;

import dev.turntable.plan.syntax.LiteralKind;
import dev.turntable.plan.token.SelectItems;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a SELECT is without its literals: two statements of one shape differ in literals only, each of
 * which is of the same kind and size as the other's, and in comments and blanks outside of what names
 * columns.
 *
 * @param key the tokens, with a mark of kind and size where a literal stands, and of the earlier one
 *     that is the same
 * @param literals the literals in order
 */
record SqlShape(String key, List<SqlToken> literals) {
  private static final Pattern HAS_NAME =
      Pattern.compile("\\sAS (\\w+|\"[^\"]*\")$", Pattern.CASE_INSENSITIVE);

  SqlShape {
    literals = List.copyOf(literals);
  }

  /**
   * Returns the shape of a statement, or null if it is no SELECT, has no literals, or has parameters of
   * the client's own.
   */
  static @Nullable SqlShape of(SqlStatement statement) {
    List<SqlToken> tokens = statement.tokens();
    if (tokens.isEmpty() || !tokens.get(0).isWord("SELECT") || statement.broken() != null) {
      return null;
    }
    StringBuilder key = new StringBuilder();
    List<SqlToken> literals = new ArrayList<>();
    Map<String, Integer> earlier = new HashMap<>();
    for (SqlToken token : tokens) {
      if (token.isSign("?")) {
        return null;
      }
      String mark = mark(token);
      key.append(mark == null ? token.text() : mark);
      if (mark != null) {
        Integer same = earlier.putIfAbsent(token.text(), literals.size());
        key.append(same == null ? "" : same); // the planner may leave out what is said twice
        literals.add(token);
      }
      key.append(' ');
    }
    if (literals.isEmpty()) {
      return null;
    }
    // Columns are named as this statement writes them, with its blanks.
    for (List<String> items : SelectItems.of(statement).values()) {
      items.stream()
          .filter(item -> !HAS_NAME.matcher(item).find())
          .forEach(item -> key.append('\n').append(item));
    }
    return new SqlShape(key.toString(), literals);
  }

  /** No statement that can be read holds a token like these marks. */
  private static @Nullable String mark(SqlToken token) {
    return switch (LiteralKind.of(token)) {
      case TEXT -> "?'";
      case INTEGER -> "?i";
      case BIGINT -> "?l";
      case OTHER -> null;
    };
  }

  /**
   * Returns the key of the plan that statements share whose literals are the same but for some.
   *
   * @param shared the positions of those among the literals
   */
  String planKey(List<Integer> shared) {
    StringBuilder plan = new StringBuilder(key);
    for (int i = 0; i < literals.size(); i++) {
      if (!shared.contains(i)) {
        plan.append('\n').append(literals.get(i).text());
      }
    }
    return plan.toString();
  }
}
