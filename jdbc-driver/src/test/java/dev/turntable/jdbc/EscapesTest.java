package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The escapes of JDBC, by which tools write one SQL for all databases. */
final class EscapesTest extends DemoServicesTest {
  private static final String D = "{d '2024-02-03'}";
  private static final String T = "{ts '2024-02-03 04:05:06'}";

  /** A call of each function, and what it gives; nothing where that is another every time. */
  private static final List<String> CALLS =
      List.of(
          "ABS(-1)=1",
          "ACOS(1)=0.0",
          "ASIN(0)=0.0",
          "ATAN(0)=0.0",
          "ATAN2(0, 1)=0.0",
          "CEILING(1.5)=2",
          "COS(0)=1.0",
          "COT(1)=0.6420926159343306",
          "DEGREES(0)=0.0",
          "EXP(0)=1.0",
          "FLOOR(1.5)=1",
          "LOG(1)=0.0",
          "LOG10(100)=2.0",
          "MOD(5, 3)=2",
          "PI()=3.141592653589793",
          "POWER(2, 3)=8.0",
          "RADIANS(0)=0.0",
          "RAND()=",
          "ROUND(1.26, 1)=1.30",
          "SIGN(-3)=-1",
          "SIN(0)=0.0",
          "SQRT(4)=2.0",
          "TAN(0)=0.0",
          "TRUNCATE(1.26, 1)=1.20",
          "ASCII('a')=97",
          "CHAR(65)=A",
          "CHAR_LENGTH('a}b')=3",
          "CHARACTER_LENGTH('ab')=2",
          "CONCAT('a', 'b')=ab",
          "DIFFERENCE('ab', 'ab')=4",
          "INSERT('abc', 2, 1, 'xy')=axyc",
          "LCASE('A')=a",
          "LEFT('abc', 2)=ab",
          "LENGTH('abc')=3",
          "LOCATE('b', 'abc')=2",
          "LTRIM(' a')=a",
          "OCTET_LENGTH(X'0102')=2",
          "POSITION('b' IN 'abc')=2",
          "REPEAT('a', 3)=aaa",
          "REPLACE('aba', 'a', 'c')=cbc",
          "RIGHT('abc', 2)=bc",
          "RTRIM('a ')=a",
          "SOUNDEX('Robert')=R163",
          "SPACE(1)= ",
          "SUBSTRING('abc', 2, 1)=b",
          "UCASE('a')=A",
          "CURDATE()=",
          "CURRENT_DATE()=",
          "CURRENT_TIME()=",
          "CURRENT_TIMESTAMP()=",
          "CURTIME()=",
          "DAYNAME(" + D + ")=",
          "DAYOFMONTH(" + D + ")=3",
          "DAYOFWEEK(" + D + ")=7",
          "DAYOFYEAR(" + D + ")=34",
          "EXTRACT(YEAR FROM " + D + ")=2024",
          "HOUR(" + T + ")=4",
          "MINUTE(" + T + ")=5",
          "MONTH(" + D + ")=2",
          "MONTHNAME(" + D + ")=",
          "NOW()=",
          "QUARTER(" + D + ")=1",
          "SECOND(" + T + ")=6",
          "TIMESTAMPADD(SQL_TSI_DAY, 1, " + T + ")=2024-02-04 04:05:06",
          "TIMESTAMPDIFF(SQL_TSI_DAY, " + D + ", {d '2024-02-05'})=2",
          "WEEK(" + D + ")=5",
          "YEAR(" + D + ")=2024",
          "CONVERT('1', SQL_INTEGER)=1",
          "DATABASE()=handinger",
          "IFNULL(NULL, 'a')=a",
          "USER()=");

  @Test
  void everyFunctionThatIsListedCanBeCalled() throws SQLException {
    DatabaseMetaData data = metaData();
    String listed =
        String.join(
            ",",
            data.getNumericFunctions(),
            data.getStringFunctions(),
            data.getTimeDateFunctions(),
            data.getSystemFunctions());
    assertThat(CALLS.stream().map(call -> call.substring(0, call.indexOf('('))))
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(listed.split(",", -1)));
    Map<String, String> given = new TreeMap<>();
    Map<String, String> expected = new TreeMap<>();
    for (String line : CALLS) {
      int end = line.lastIndexOf('=');
      String call = line.substring(0, end);
      expected.put(call, line.substring(end + 1));
      given.put(call, answer(call, line.endsWith("=")));
    }
    assertThat(given).isEqualTo(expected);
    assertThat(services.sent()).isZero();
  }

  private String answer(String call, boolean changes) {
    try {
      String answer = rows("SELECT {fn " + call + "}").get(0);
      return changes && !answer.equals("null") ? "" : answer;
    } catch (SQLException e) {
      return e.toString();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SELECT a.n, b.n FROM {oj (VALUES (1), (2)) a(n) LEFT OUTER JOIN (VALUES (2)) b(n) ON a.n = b.n} ~ 1|null 2|2",
        "SELECT 1 FROM {OJ tasks t LEFT OUTER JOIN turns u ON u.task_id = t.id} WHERE t.id = 'no id' ~ ``",
        "SELECT n FROM (VALUES ('a%'), ('ab')) t(n) WHERE n LIKE 'a!%' {escape '!'} ~ a%",
        "SELECT n FROM (VALUES ('a_'), ('ab')) t(n) WHERE n LIKE 'a\\_' { ESCAPE '\\' } AND 1 = 1 ~ a_",
        "SELECT n FROM (VALUES (1), (2), (3)) t(n) {limit 2} ~ 1 2",
        "SELECT n FROM (VALUES (1), (2), (3)) t(n) {limit 1 offset 1} ~ 2",
        "SELECT {fn UCASE({fn CONCAT('a', {fn EXTRACT(YEAR FROM {d '2024-01-02'})})})} ~ A2024",
        "SELECT {fn EXTRACT(YEAR FROM {fn CURRENT_DATE()})} > 2000 ~ true",
        "SELECT '{oj a} {limit 1}' AS \"{escape}\" /* {oj */ -- {limit 1} ~ {oj a} {limit 1}",
      })
  void isUnderstood(String sql, String answer) throws SQLException {
    assertThat(String.join(" ", rows(sql))).isEqualTo(answer);
  }

  @Test
  void anEscapeTakesParameters() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT n FROM (VALUES ('a%'), ('ab'), ('ac')) t(n) WHERE n LIKE ? {escape '!'} {limit ?}")) {
      statement.setString(1, "a%");
      statement.setInt(2, 2);
      assertThat(Services.rows(statement.executeQuery())).containsExactly("a%", "ab");
      statement.setString(1, "a!%");
      assertThat(Services.rows(statement.executeQuery())).containsExactly("a%");
    }
  }

  @Test
  void aMistakeBehindAnEscapeIsNamedByItsPlace() {
    assertThat(failure("SELECT {fn CHAR_LENGTH('ab')}, nope FROM tasks"))
        .contains("line 1, column 32: Column 'nope'");
    assertThat(failure("SELECT 1 {limit 1")).contains("line 1, column 10");
  }

  private String failure(String sql) {
    try {
      return rows(sql).toString();
    } catch (SQLException e) {
      return e.getMessage();
    }
  }
}
