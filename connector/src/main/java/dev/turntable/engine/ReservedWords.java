package dev.turntable.engine;

import java.util.Locale;
import java.util.Set;

/** The words that name a column only in quotes, whether SQL:2003 reserves them or not. */
public final class ReservedWords {
  /** All of them, in upper case, with commas between. */
  public static final String LIST =
      "ALL,ANY,ASOF,BY,CALL,CASE,CREATE,CROSS,CURRENT,CURRENT_CATALOG,CURRENT_DATE,"
          + "CURRENT_PATH,CURRENT_ROLE,CURRENT_SCHEMA,CURRENT_TIME,CURRENT_TIMESTAMP,"
          + "CURRENT_USER,CURSOR,DATE,DATEADD,DATEDIFF,DATEPART,DATETIME,DATE_PART,DEFAULT,"
          + "DEFINE,DELETE,DESCRIBE,DISTINCT,DROP,EXCEPT,EXISTS,EXPLAIN,FALSE,FETCH,FRIDAY,"
          + "FROM,FULL,GRANT,GROUP,GROUPING,HAVING,IN,INNER,INSERT,INTERSECT,INTERVAL,INTO,"
          + "JOIN,JSON_SCOPE,LATERAL,LEFT,LIMIT,LOCALTIME,LOCALTIMESTAMP,MATCH_CONDITION,"
          + "MATCH_RECOGNIZE,MEASURE,MERGE,MINUS,MONDAY,NATURAL,NEW,NEXT,NOT,NULL,OFFSET,ON,"
          + "ORDER,ORDINAL,OUTER,OVER,PARTITION,PATTERN,QUALIFY,RANGE,RIGHT,ROLLUP,ROW,ROWS,"
          + "SAFE_CAST,SAFE_OFFSET,SAFE_ORDINAL,SATURDAY,SELECT,SESSION_USER,SET,SKIP,"
          + "SNAPSHOT,SOME,STREAM,SUNDAY,SYSTEM_USER,TABLE,TABLESAMPLE,THEN,THURSDAY,TIME,"
          + "TIMESTAMP,TRUE,TRY_CAST,TUESDAY,UNION,UNIQUE,UNKNOWN,UNNEST,UNSIGNED,UPDATE,"
          + "USER,USING,UUID,VALUES,VARIANT,VOLATILE,WEDNESDAY,WHEN,WHERE,WINDOW,WITH";

  private static final Set<String> WORDS = Set.of(LIST.split(",", -1));

  private ReservedWords() {}

  /** Returns whether a name has to be quoted for being one of them. */
  public static boolean contains(String name) {
    return WORDS.contains(name.toUpperCase(Locale.ROOT));
  }
}
