package dev.turntable.plan.statement;

import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken.Kind;
import dev.turntable.text.TokenReader;
import org.jspecify.annotations.Nullable;

/**
 * What tools send to set up a session: the ends of transactions and settings, which are accepted and
 * do nothing, and the choice of a schema, which counts.
 */
final class SessionSql {
  private SessionSql() {}

  /** Returns what the statement sets up, or null if it is of another kind. */
  static @Nullable NoOpSql of(SqlStatement statement) {
    if (statement.hasSeveral() || statement.broken() != null) {
      return null;
    }
    NoOpSql schema = schema(new TokenReader(statement.tokens()));
    if (schema != null) {
      return schema;
    }
    TokenReader reader = new TokenReader(statement.tokens());
    return isNothing(reader) ? new NoOpSql(null, false) : null;
  }

  private static @Nullable NoOpSql schema(TokenReader reader) {
    boolean path = false;
    if (reader.takeWord("USE")) {
      reader.takeWord("SCHEMA");
    } else if (reader.takeWord("SET")) {
      reader.takeWord("SESSION");
      if (reader.takeWord("SEARCH_PATH")) {
        path = true;
        if (!reader.takeSign("=") && !reader.takeWord("TO")) {
          return null;
        }
      } else if (reader.takeWords("CURRENT", "SCHEMA") || reader.takeWord("SCHEMA")) {
        if (!reader.takeSign("=")) {
          reader.takeWord("TO");
        }
      } else {
        return null;
      }
    } else {
      return null;
    }
    String name = reader.takeName();
    if (name == null) {
      name = reader.takeValue(Kind.TEXT);
    }
    boolean ends = reader.atEnd() || reader.takeSign(",");
    // PostgreSQL takes any path, and tools send it the one they know: public.
    return name == null || !ends ? null : new NoOpSql(name, path);
  }

  private static boolean isNothing(TokenReader reader) {
    if (reader.takeWord("COMMIT")
        || reader.takeWord("ROLLBACK")
        || reader.takeWord("ABORT")
        || reader.takeWord("END")) {
      boolean named = reader.takeWord("WORK") || reader.takeWord("TRANSACTION");
      boolean chained = reader.takeWords("AND", "CHAIN") || reader.takeWords("AND", "NO", "CHAIN");
      return reader.atEnd() && (named || chained || reader.position() == 1);
    }
    if (reader.takeWord("BEGIN")) {
      return reader.atEnd() || reader.takeWord("WORK") || reader.takeWord("TRANSACTION");
    }
    return reader.takeWords("START", "TRANSACTION") || (reader.takeWord("SET") && !reader.atEnd());
  }
}
