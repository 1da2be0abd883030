package dev.turntable.plan;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says no to statements that other databases know, and helps with those that none knows. */
final class Refusals {
  private static final Pattern FIRST_WORD = Pattern.compile("(\\w+)");

  /** A call of a procedure, in JDBC's escape syntax. */
  private static final Pattern CALL =
      Pattern.compile(
          "\\{\\s*(?:\\?\\s*=\\s*)?call\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern SAVEPOINT =
      Pattern.compile(
          "ROLLBACK\\s+(?:WORK\\s+)?TO\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

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

  private Refusals() {}

  /**
   * Refuses a statement of a kind that Turntable does not have, whatever follows its first word.
   *
   * @throws TurntableException as {@link ErrorKind#UNSUPPORTED}
   */
  static void check(String sql) {
    String text = SqlEnd.strip(sql);
    Matcher word = FIRST_WORD.matcher(text);
    if (CALL.matcher(text).matches()) {
      throw unsupported("CALL");
    }
    if (SAVEPOINT.matcher(text).matches()) {
      throw unsupported("ROLLBACK to a savepoint");
    }
    if (word.lookingAt()) {
      String first = word.group(1).toUpperCase(Locale.ROOT);
      if (UNSUPPORTED.contains(first)) {
        throw unsupported(first);
      }
    }
  }

  static TurntableException unsupported(String what) {
    return new TurntableException(
        ErrorKind.UNSUPPORTED,
        what
            + " is not supported: Turntable reads with SELECT, creates with INSERT and archives with"
            + " DELETE");
  }

  /** Returns why a text is no statement: its first word, if that is to blame, or what the parser says. */
  static String reason(String text, String parsers) {
    if (SqlEnd.hasSeveral(text)) {
      return "only one statement at a time: something follows a ';' (" + parsers + ")";
    }
    Matcher word = FIRST_WORD.matcher(SqlEnd.strip(text));
    return word.lookingAt() && !BEGINNINGS.contains(word.group(1).toUpperCase(Locale.ROOT))
        ? "no statement begins with '"
            + word.group(1)
            + "'"
            + Suggestions.remedy(word.group(1), BEGINNINGS)
        : parsers;
  }
}
