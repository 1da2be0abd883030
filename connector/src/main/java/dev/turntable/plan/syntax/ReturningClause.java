package dev.turntable.plan.syntax;

import dev.turntable.plan.error.ValidationErrors;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import dev.turntable.text.TokenReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * RETURNING behind an INSERT or DELETE, which Calcite's parser does not know: taken off the tokens
 * before it parses.
 *
 * @param statement the statement without the clause
 * @param items what is to be returned, in order
 */
public record ReturningClause(SqlStatement statement, List<Item> items) {
  private static final Set<String> WRITES = Set.of("INSERT", "DELETE");

  /**
   * One of the things to be returned.
   *
   * @param path the names that lead to the column, the last its own; for {@code *} those before it
   * @param all whether it is {@code *}
   * @param alias its name in the result, or null for that of the column
   * @param at where it is written
   */
  public record Item(List<String> path, boolean all, @Nullable String alias, SqlToken at) {
    public Item {
      path = List.copyOf(path);
    }
  }

  public ReturningClause {
    items = List.copyOf(items);
  }

  /**
   * Returns the clause of a statement, or null if it has none.
   *
   * @throws TurntableException as {@link ErrorKind#SYNTAX} or {@link ErrorKind#UNSUPPORTED}, naming
   *     the place, if it holds anything but columns
   */
  public static @Nullable ReturningClause of(SqlStatement statement) {
    List<SqlToken> tokens = statement.tokens();
    if (tokens.isEmpty() || !tokens.get(0).isWord(WRITES)) {
      return null;
    }
    int at = position(tokens);
    if (at < 0) {
      return null;
    }
    TokenReader reader = new TokenReader(tokens.subList(at + 1, tokens.size()));
    List<Item> items = new ArrayList<>();
    do {
      items.add(item(reader, statement, tokens.get(at)));
    } while (reader.takeSign(","));
    SqlToken rest = reader.peek();
    if (rest != null) {
      throw noColumn(statement, rest);
    }
    return new ReturningClause(statement.with(tokens.subList(0, at)), items);
  }

  /** Inside of parentheses the word belongs to JSON_VALUE and its kin; behind AS it is a name. */
  private static int position(List<SqlToken> tokens) {
    int depth = 0;
    for (int i = 1; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      depth += token.isSign("(") ? 1 : token.isSign(")") ? -1 : 0;
      boolean name = tokens.get(i - 1).isWord("AS") || tokens.get(i - 1).isSign(".");
      if (depth == 0 && !name && token.isWord("RETURNING")) {
        return i;
      }
    }
    return -1;
  }

  private static Item item(TokenReader reader, SqlStatement statement, SqlToken clause) {
    SqlToken first = reader.peek();
    if (first == null) {
      throw new TurntableException(
          ErrorKind.SYNTAX,
          ValidationErrors.place(statement.lines(), clause)
              + "RETURNING names no column; name columns of the table, or *");
    }
    List<String> path = new ArrayList<>();
    boolean all = reader.takeSign("*");
    while (!all) {
      String name = reader.takeName();
      if (name == null) {
        throw noColumn(statement, reader.peek());
      }
      path.add(name);
      if (!reader.takeSign(".")) {
        break;
      }
      all = reader.takeSign("*");
    }
    String alias = null;
    if (!all) {
      boolean said = reader.takeWord("AS");
      alias = reader.takeName();
      if (said && alias == null) {
        throw noColumn(statement, reader.peek());
      }
    }
    return new Item(path, all, alias, first);
  }

  private static TurntableException noColumn(SqlStatement statement, @Nullable SqlToken at) {
    String place = at == null ? "" : ValidationErrors.place(statement.lines(), at);
    return new TurntableException(
        at == null ? ErrorKind.SYNTAX : ErrorKind.UNSUPPORTED,
        place + "RETURNING takes columns of the table, with AS or without, or *; nothing else");
  }
}
