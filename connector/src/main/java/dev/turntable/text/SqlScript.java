package dev.turntable.text;

import dev.turntable.text.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** Splits a text into statements at the semicolons outside quotes and comments. */
public final class SqlScript {
  private SqlScript() {}

  /** Returns the statements without their semicolons; those of nothing but comments are left out. */
  public static List<String> split(String text) {
    List<String> statements = new ArrayList<>();
    int start = 0;
    boolean empty = true;
    for (SqlToken token : SqlLexer.tokens(text)) {
      if (token.isSign(";")) {
        add(empty, text.substring(start, token.start()), statements);
        start = token.end();
        empty = true;
      } else {
        empty &= token.kind() == Kind.COMMENT;
      }
    }
    add(empty, text.substring(start), statements);
    return statements;
  }

  private static void add(boolean empty, String statement, List<String> statements) {
    if (!empty) {
      statements.add(statement.strip());
    }
  }
}
