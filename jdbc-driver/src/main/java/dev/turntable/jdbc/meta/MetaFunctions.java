package dev.turntable.jdbc.meta;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The functions of the JDBC escape syntax that the SQL knows. */
final class MetaFunctions {
  static final String NUMERIC =
      "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,COT,DEGREES,EXP,FLOOR,LOG,LOG10,MOD,PI,POWER,RADIANS,"
          + "RAND,ROUND,SIGN,SIN,SQRT,TAN,TRUNCATE";
  static final String STRING =
      "ASCII,CHAR,CHAR_LENGTH,CHARACTER_LENGTH,CONCAT,DIFFERENCE,INSERT,LCASE,LEFT,LENGTH,LOCATE,"
          + "LTRIM,OCTET_LENGTH,POSITION,REPEAT,REPLACE,RIGHT,RTRIM,SOUNDEX,SPACE,SUBSTRING,UCASE";
  static final String TIME_DATE =
      "CURDATE,CURRENT_DATE,CURRENT_TIME,CURRENT_TIMESTAMP,CURTIME,DAYNAME,DAYOFMONTH,DAYOFWEEK,"
          + "DAYOFYEAR,EXTRACT,HOUR,MINUTE,MONTH,MONTHNAME,NOW,QUARTER,SECOND,TIMESTAMPADD,"
          + "TIMESTAMPDIFF,WEEK,YEAR";
  static final String SYSTEM = "CONVERT,DATABASE,IFNULL,USER";

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
