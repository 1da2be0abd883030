package dev.turntable.plan.syntax;

import dev.turntable.plan.error.Suggestions;
import dev.turntable.plan.error.ValidationErrors;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import dev.turntable.text.TokenReader;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says no to statements that other databases know, and helps with those that none knows. */
public final class UnsupportedStatements {
  private static final Set<String> UNSUPPORTED =
      Set.of(
          ("ALTER ANALYZE CALL CHECKPOINT CLUSTER COMMENT COPY CREATE DEALLOCATE DECLARE DO DROP EXEC"
                  + " EXECUTE FETCH FLUSH GRANT IMPORT KILL LISTEN LOAD LOCK MERGE NOTIFY OPTIMIZE"
                  + " PREPARE REFRESH REINDEX RELEASE RENAME REPLACE REVOKE SAVEPOINT TRUNCATE UNLOCK"
                  + " UPDATE UPSERT VACUUM")
              .split(" ", -1));

  private static final List<String> BEGINNINGS =
      List.of(
          "SELECT",
          "WITH",
          "VALUES",
          "INSERT",
          "DELETE",
          "EXPLAIN",
          "TABLE",
          "SHOW",
          "DESCRIBE",
          "USE",
          "SET");

  private static final Set<String> ROWS = Set.of("ROW", "ROWS");

  private UnsupportedStatements() {}

  /**
   * Refuses a statement of a kind that Turntable does not have, whatever follows its first word.
   *
   * @throws TurntableException as {@link ErrorKind#UNSUPPORTED}
   */
  public static void check(SqlStatement statement) {
    TokenReader reader = new TokenReader(statement.tokens());
    if (reader.takeSign("{")) { // a call of a procedure, in JDBC's escape syntax
      if (reader.takeSign("?")) {
        reader.takeSign("=");
      }
      if (reader.takeWord("CALL")) {
        throw unsupported("CALL");
      }
    } else if (reader.takeWord("ROLLBACK")) {
      reader.takeWord("WORK");
      if (reader.takeWord("TO")) {
        throw unsupported("ROLLBACK to a savepoint");
      }
    } else {
      SqlToken first = reader.peek();
      if (first != null && first.isWord(UNSUPPORTED)) {
        throw unsupported(first.keyword());
      }
    }
    checkConstructs(statement);
  }

  private static void checkConstructs(SqlStatement statement) {
    List<SqlToken> tokens = statement.tokens();
    for (int at = 0; at < tokens.size(); at++) {
      String refusal = refusal(tokens.subList(at, Math.min(at + 3, tokens.size())));
      if (refusal != null) {
        throw new TurntableException(
            ErrorKind.UNSUPPORTED,
            ValidationErrors.place(statement.lines(), tokens.get(at)) + refusal);
      }
    }
  }

  /** Returns why some tokens in a row are refused, and what to write instead, or null. */
  private static @Nullable String refusal(List<SqlToken> tokens) {
    SqlToken first = tokens.get(0);
    if (first.isSign("^")) {
      return "'^' is a power in some databases and an exclusive or in others; write POWER(a, b) or"
          + " BITXOR(a, b)";
    }
    if (tokens.size() < 3) {
      return null;
    }
    if (first.isWord("DISTINCT") && tokens.get(1).isWord("ON") && tokens.get(2).isSign("(")) {
      return "DISTINCT ON is not supported; write QUALIFY ROW_NUMBER() OVER (PARTITION BY … ORDER BY …)"
          + " = 1";
    }
    return first.isWord(ROWS) && tokens.get(1).isWord("WITH") && tokens.get(2).isWord("TIES")
        ? "WITH TIES is not supported; write QUALIFY RANK() OVER (ORDER BY …) <= n"
        : null;
  }

  public static TurntableException unsupported(String what) {
    return new TurntableException(
        ErrorKind.UNSUPPORTED,
        what
            + " is not supported: Turntable reads with SELECT, creates with INSERT and archives with"
            + " DELETE");
  }

  /** Refuses a construct inside of a statement that is known otherwise. */
  public static TurntableException notSupported(String construct) {
    return new TurntableException(
        ErrorKind.UNSUPPORTED, construct + " is not supported; say it in another way");
  }

  /** Returns what users call a node of Calcite's that the operators do not know. */
  public static String construct(@Nullable String node) {
    String name = String.valueOf(node);
    if (name.contains("RepeatUnion") || name.contains("TableSpool")) {
      return "WITH RECURSIVE";
    }
    if (name.contains("Match")) {
      return "MATCH_RECOGNIZE";
    }
    return name.contains("Collect") ? "ARRAY, MULTISET or MAP of a query" : "this " + name;
  }

  /** Returns why a text is no statement: its first word, if that is to blame, or what the parser says. */
  static String reason(SqlStatement statement, String parsers) {
    if (statement.hasSeveral()) {
      return "only one statement at a time: something follows a ';' (" + parsers + ")";
    }
    SqlToken first = statement.tokens().get(0);
    return first.kind() == SqlToken.Kind.WORD && !BEGINNINGS.contains(first.keyword())
        ? "no statement begins with '"
            + first.text()
            + "'"
            + Suggestions.remedy(first.text(), BEGINNINGS)
        : parsers;
  }
}
