package dev.turntable.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The functions of the JDBC escape syntax that the SQL knows, and the words to quote. */
final class MetaFunctions {
  static final String NUMERIC =
      "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,COT,DEGREES,EXP,FLOOR,LOG,LOG10,MOD,PI,POWER,RADIANS,"
          + "ROUND,SIGN,SIN,SQRT,TAN,TRUNCATE";
  static final String STRING =
      "ASCII,CHAR_LENGTH,CONCAT,LCASE,LEFT,LENGTH,LOCATE,LTRIM,REPEAT,REPLACE,RIGHT,RTRIM,SPACE,"
          + "SUBSTRING,UCASE";
  static final String TIME_DATE =
      "CURDATE,CURRENT_DATE,CURRENT_TIME,CURRENT_TIMESTAMP,CURTIME,DAYNAME,DAYOFMONTH,DAYOFWEEK,"
          + "DAYOFYEAR,EXTRACT,HOUR,MINUTE,MONTH,MONTHNAME,NOW,QUARTER,SECOND,TIMESTAMPADD,"
          + "TIMESTAMPDIFF,WEEK,YEAR";
  static final String SYSTEM = "CONVERT,IFNULL";

  /** The words that name a column only in quotes, whether SQL:2003 reserves them or not. */
  static final String KEYWORDS =
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

  static final Set<String> RESERVED = Set.of(KEYWORDS.split(",", -1));

  private static final MetaShape FUNCTIONS =
      MetaShape.of(
          "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE:s SPECIFIC_NAME");

  private MetaFunctions() {}

  static ResultSet functions(NamePattern name) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    Stream.of(NUMERIC, STRING, TIME_DATE, SYSTEM)
        .flatMap(list -> Arrays.stream(list.split(",", -1)))
        .distinct()
        .sorted()
        .filter(name::matches)
        .forEach(
            function ->
                rows.add(
                    new @Nullable Object[] {
                      null, null, function, "", DatabaseMetaData.functionNoTable, function
                    }));
    return FUNCTIONS.rows(rows);
  }
}
