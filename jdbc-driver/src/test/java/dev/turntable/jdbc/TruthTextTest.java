package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of statements: each kind that was read wrongly once, with its neighbours. */
class TruthTextTest {
  private static Services services;
  private static Connection connection;

  @BeforeAll
  static void open() throws IOException, SQLException {
    services = Services.demo();
    connection = services.connect();
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    services.close();
  }

  private static void gives(String sql, String answer) throws SQLException {
    assertThat(String.join(" ", Services.rows(connection, sql))).as(sql).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SELECT SUM(credits)/COUNT(*)::double FROM tasks ~ 121.22950819672131",
        "SELECT 5 > 3::integer ~ true",
        "SELECT COUNT(*) FROM tasks WHERE title LIKE 'W%' AND created_at::date = '2026-07-20' ~ 1",
        "SELECT 7 / 2::double, 7::double / 2, (3+4)::double / 2 ~ 3.5|3.5|3.5",
        "SELECT -1::int, - 2::double, +3::bigint ~ -1|-2.0|3",
        "SELECT '5'::int::text || 'x', '1.239'::decimal(10,2) + 1 ~ 5x|2.24",
        "SELECT ARRAY[10,20][2]::text || '!', CASE WHEN true THEN 7 END::double / 2 ~ 20!|3.5",
        "SELECT 2 * COUNT(*) FILTER (WHERE x > 1)::double / 4 FROM (VALUES (1),(2),(3)) t(x) ~ 1.0",
        "SELECT 1 + SUM(x) OVER (ORDER BY x)::double / 2 FROM (VALUES (1),(2)) t(x) ~ 1.5 2.5",
        "SELECT 1 + \"x\"::varchar(1) || t.x::text FROM (VALUES ('1')) t(x) ~ 21",
        "SELECT 3 BETWEEN 1::int AND 4::int, 3 IN (2::int, 3::int), NOT 'true'::boolean ~ true|true|false",
        "SELECT 'abc'::character varying(2), 1::double precision / 2, 'ab'::text LIKE 'a%'::text ~ ab|0.5|true",
        "SELECT '2026-01-01 10:00:00'::timestamp with time zone, '2026-01-01 10:00:00'::timestamp(3) without time zone ~ 2026-01-01 10:00:00|2026-01-01 10:00:00",
        "SELECT DATE '2026-01-31'::timestamp, (SELECT 5)::double / 2, EXISTS (SELECT 1)::int + 1 ~ 2026-01-31 00:00:00|2.5|2",
        "SELECT 10 - 3::int - 2::int, 2 + 3::double * 2, 1::int = 1::int AND 2::int > 1 ~ 5|8.0|true",
        "SELECT x::int IS NULL, x::int + 1, x :: int /* c */ :: text FROM (VALUES ('4')) t(x) ~ false|5|4",
        "SELECT TIMESTAMP '2026-01-01 00:00:00' + '1 day 2 hours'::interval ~ 2026-01-02 02:00:00",
      })
  void castsBindTightest(String sql, String answer) throws SQLException {
    gives(sql, answer);
  }

  @Test
  void castsOfParametersBindTightest() throws SQLException {
    String sql = "SELECT 7 / ?::double, 2 * ?::int + 1, '1' || ?::text";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 1; i <= 3; i++) {
        statement.setString(i, "2");
      }
      assertThat(Services.rows(statement.executeQuery())).containsExactly("3.5|5|12");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SELECT COUNT(*) FROM tasks WHERE status = 'completed' // AND title = 'zzz'\\n AND triggered_by = 'api' ~ 23",
        "SELECT COUNT(*) FROM tasks WHERE status = 'completed' -- AND title = 'zzz'\\n AND triggered_by = 'api' ~ 23",
        "SELECT COUNT(*) FROM tasks WHERE status = 'completed' /* AND title = 'zzz' */ AND triggered_by = 'api' ~ 23",
        "SELECT status FROM tasks WHERE id = 'x' // OR 1 = 1 ~ ''",
        "SELECT 'a//b', 'a--b', 'a/*b', \"x//y\" FROM (VALUES (1)) t(\"x//y\") ~ a//b|a--b|a/*b|1",
        "SELECT 4//2\\n/2 ~ 2",
        "SELECT 1 /***/ + /* // */ 1 /** -- **/ // end ~ 2",
        "SELECT 2 */* times */3 ~ 6",
        "SELECT 1; // done ~ 1",
        "SHOW /* c */ SCHEMAS // all ~ handinger rightbrain rightbrain_runs turntable",
        "SELECT 'http://a' || '/*' // '\\n || '*/' ~ http://a/**/",
      })
  void commentsAreTheSameEverywhere(String sql, String answer) throws SQLException {
    gives(sql.replace("\\n", "\n"), answer.equals("''") ? "" : answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SUM(x) OVER (w ROWS 1 PRECEDING) ~ w AS (ORDER BY x) ~ 1 3 5",
        "SUM(x) OVER (w ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) ~ w AS (ORDER BY x) ~ 3 5 3",
        "SUM(x) OVER (w RANGE 1 PRECEDING) ~ w AS (ORDER BY x) ~ 1 3 5",
        "SUM(x) OVER w2 ~ w AS (ORDER BY x), w2 AS (w ROWS CURRENT ROW) ~ 1 2 3",
        "SUM(x) OVER (w2 ORDER BY x ROWS 1 PRECEDING) ~ w2 AS (PARTITION BY x > 1) ~ 1 2 5",
        "SUM(x) OVER (W ORDER BY x DESC) ~ w AS (PARTITION BY x > 9) ~ 6 5 3",
        "SUM(x) OVER w + SUM(x) OVER (w ROWS CURRENT ROW) ~ w AS (ORDER BY x) ~ 2 5 9",
        "SUM(x) FILTER (WHERE x <> 2) OVER (w ROWS 1 PRECEDING) ~ w AS (ORDER BY x) ~ 1 1 3",
        "SUM(x) OVER (w GROUPS UNBOUNDED PRECEDING) ~ w AS (ORDER BY x) ~ 1 3 6",
        "COUNT(*) OVER (w GROUPS CURRENT ROW) ~ w AS (ORDER BY x > 1) ~ 1 2 2",
        "SUM(x) OVER (w GROUPS 1 PRECEDING) ~ w AS (ORDER BY x > 1) ~ 1 6 6",
        "SUM(x) OVER (w GROUPS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) ~ w AS (ORDER BY x) ~ 5 3 null",
        "SUM(x) OVER (w GROUPS 1 PRECEDING EXCLUDE GROUP) ~ w AS (ORDER BY x > 1) ~ null 1 1",
        "SUM(x) OVER (w GROUPS BETWEEN CURRENT ROW AND 9 FOLLOWING) ~ w AS (ORDER BY x) ~ 6 5 3",
      })
  void windowsThatInheritKeepTheirFrame(String call, String window, String answer)
      throws SQLException {
    gives(
        "SELECT " + call + " FROM (VALUES (1),(2),(3)) t(x) WINDOW " + window + " ORDER BY x",
        answer);
  }

  @Test
  void anOrderBehindTheWindowsKnowsThem() throws SQLException {
    gives(
        "SELECT x FROM (VALUES (1),(2),(3)) t(x) WINDOW w AS (ORDER BY x)"
            + " ORDER BY SUM(x) OVER (w ROWS CURRENT ROW) DESC",
        "3 2 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "WITH dual AS (SELECT 1 AS a UNION ALL SELECT 2) SELECT COUNT(*) FROM dual ~ 2",
        "WITH DUAL(a) AS (VALUES (7),(8)) SELECT MAX(d.a) FROM Dual d ~ 8",
        "WITH abc AS (SELECT 1 AS a), b AS (SELECT * FROM ABC) SELECT x.a FROM B x JOIN Abc ON x.a = ABC.A ~ 1",
        "WITH dual AS (SELECT 5 FROM dual) SELECT * FROM dual ~ 5",
        "WITH x AS (SELECT dummy FROM dual) SELECT * FROM x ~ X",
        "SELECT (WITH dual AS (SELECT 3 AS a) SELECT a FROM dual), dummy FROM dual ~ 3|X",
        "SELECT d.dummy, dual.dummy FROM dual d, dual ~ X|X",
        "SELECT COUNT(*) FROM (VALUES (1),(2)) t(x) LEFT JOIN dual ON TRUE ~ 2",
        "WITH dual AS (SELECT 9 AS a), b AS (SELECT a + 1 FROM dual) SELECT * FROM b ~ 10",
      })
  void dualIsWhatWithSays(String sql, String answer) throws SQLException {
    gives(sql, answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SELECT U&'\\+01F600' = '\uD83D\uDE00', U&'\\D83D\\DE00' = '\uD83D\uDE00' ~ true|true",
        "SELECT U&'d!0061t!+000061' UESCAPE '!', U&'!!' UESCAPE '!', U&'a\\\\b' ~ data|!|a\\b",
        "SELECT U&'\\0041\\0042', u&\"\\0061\" FROM (VALUES (1)) t(\"a\") ~ AB|1",
        "SELECT U&\"d!0061ta\" UESCAPE '!' FROM (VALUES (1)) t(\"data\") ~ 1",
        "SELECT U&'it''s' || N'\u5929\u6C14' || n'x' ~ it's\u5929\u6C14x",
        "SELECT E'a\\'b', E'\\x41\\101\\u0041\\U00000041', e'' || 'x' ~ a'b|AAAA|x",
        "SELECT LISTAGG(x), LISTAGG(x, '') , LISTAGG(x, '; ') FROM (VALUES ('a'),('b')) t(x) ~ ab|ab|a; b",
        "SELECT LISTAGG(x) WITHIN GROUP (ORDER BY x DESC) FROM (VALUES ('a'),('b')) t(x) ~ ba",
        "SELECT LISTAGG(DISTINCT x), STRING_AGG(x, '') FROM (VALUES ('a'),('a')) t(x) ~ a|aa",
      })
  void literalsAndLists(String sql, String answer) throws SQLException {
    gives(sql, answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SELECT 1 /* + 1 ~ line 1, column 10: the comment",
        "SELECT 1 /*/ ~ line 1, column 10: the comment",
        "SELECT 1 FROM tasks WHERE id = 'x ~ line 1, column 32: the quote",
        "SELECT 'it''s'' ~ line 1, column 8: the quote",
        "SELECT \"id FROM tasks ~ line 1, column 8: the quote",
        "SELECT 1,\\n E'a\\' ~ line 2, column 2: the quote",
        "SHOW TABLES /* ~ line 1, column 13: the comment",
        "SELECT 1 # 2 ~ line 1, column 10: '#' (U+0023)",
        "SELECT U&'\\+110000' ~ line 1, column 8: a Unicode escape",
        "SELECT U&'x' UESCAPE 'ab' ~ line 1, column 22: UESCAPE takes",
        "SELECT (1, 2) < (1, 2 ~ line 1, column",
      })
  void whatDoesNotEndIsNamedByItsPlace(String sql, String reason) {
    assertThatThrownBy(() -> connection.prepareStatement(sql.replace("\\n", "\n")))
        .hasMessageContaining(reason)
        .extracting("SQLState")
        .isEqualTo("42601");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SELECT COUNT(*) FILTER (WHERE x > 1) OVER (), SUM(x) FILTER (WHERE x > 5) OVER (ORDER BY x) FROM (VALUES (1),(2)) t(x) ~ 1|null 1|null",
        "SELECT AVG(x) FILTER (WHERE x < 3) OVER (), MIN(x) FILTER (WHERE x > 1) OVER () FROM (VALUES (1),(3)) t(x) ORDER BY x ~ 1.0|3 1.0|3",
        "SELECT (1,2) < (1,3), (1,NULL) < (1,3), (1,NULL) < (2,3), (2,1) > (1,9) ~ true|null|true|true",
        "SELECT (1,2,3) <= (1,2,3), (1,2) >= (1,3), (1,2) BETWEEN (1,1) AND (1,3) ~ true|false|true",
        "SELECT (1,2) = (1,2), (1,NULL) = (2,NULL), (1,2) <> (1,3), ROW(1,2) > ROW(1,1) ~ true|false|true|true",
        "SELECT COUNT(*) FROM tasks WHERE (status, triggered_by) >= ('completed', 'api') AND (status, triggered_by) <= ('completed', 'api') ~ 23",
        "SELECT 1 + 2 || 'x', 'x' || 1 + 2, 2 * 3 || 'x' || 4 - 1 ~ 3x|x3|6x3",
        "SELECT 'a' || 2 * 3, -1 || 'x', 'n' || 5 % 3 || CASE WHEN true THEN 1 END + 1 ~ a6|-1x|n22",
        "SELECT 1 WHERE 1 = 0 ~ ''",
        "SELECT 1 AS a WHERE EXISTS (SELECT 1 FROM dual) ~ 1",
        "SELECT COUNT(*) WHERE false ~ 0",
        "SELECT (SELECT 1 WHERE false), (SELECT 2 WHERE true) WHERE true ~ null|2",
        "SELECT NULL IS DISTINCT FROM 1 WHERE EXTRACT(YEAR FROM DATE '2026-01-01') = 2026 ~ true",
        "SELECT 1 WHERE true UNION ALL SELECT 2 WHERE false UNION ALL SELECT 3 ~ 1 3",
        "SELECT TIMESTAMP '2026-01-01 12:00:00' AT TIME ZONE 'UTC' ~ 2026-01-01 12:00:00",
        "SELECT TIMESTAMP '2026-01-01 12:00:00' AT TIME ZONE 'Europe/Berlin' ~ 2026-01-01 11:00:00",
        "SELECT TIMESTAMP '2026-07-01 12:00:00' AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin' ~ 2026-07-01 14:00:00",
        "SELECT (TIMESTAMP '2026-01-01 12:00:00' AT TIME ZONE 'UTC') AT TIME ZONE 'Asia/Tokyo' - INTERVAL '1' HOUR ~ 2026-01-01 20:00:00",
        "SELECT '2026-01-01 12:00:00'::timestamptz AT TIME ZONE 'Asia/Tokyo' ~ 2026-01-01 21:00:00",
        "SELECT TIMESTAMP '2026-01-02 00:00:00' - TIMESTAMP '2026-01-01 12:00:00' = INTERVAL '12' HOUR ~ true",
        "SELECT DATE '2026-03-01' - DATE '2026-02-01', DATE '2026-01-01' - DATE '2026-01-02' ~ 28|-1",
        "SELECT TIMESTAMP '2026-01-02 06:00:00' - DATE '2026-01-01' > INTERVAL '1' DAY ~ true",
        "SELECT COUNT(*) FROM tasks WHERE completed_at - created_at > INTERVAL '1 minute' ~ 21",
        "SELECT 5 - 3, 5.5 - 1, DATE '2026-01-05' - INTERVAL '1' DAY, NULL - 1 ~ 2|4.5|2026-01-04|null",
      })
  void whatPeopleTypeIsAnswered(String sql, String answer) throws SQLException {
    gives(sql, answer.equals("''") ? "" : answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SELECT '{\"a\":{\"b\":[1,2]}}' -> 'a' -> 'b' ->> 0, '{\"a\":1.50}' ->> 'a', '{\"a\":\"x\"}' -> 'a' ~ 1|1.50|\"x\"",
        "SELECT '{\"a\":\"5\"}'->>'a' || 'y', ('{\"n\":\"7\"}'->>'n')::int + 1, '{\"n\":\"7\"}'->>'n'::text ~ 5y|8|7",
        "SELECT COUNT(*) FROM (VALUES ('{\"a\":[1,2,3]}')) t(x) WHERE x ->> 'a' IS NOT NULL AND x->'a'->>-1 = '3' ~ 1",
        "SELECT x -> k, x ->> 'no' FROM (VALUES ('{\"a\":true}', 'a')) t(x, k) ~ true|null",
        "SELECT json_extract('{\"a\":[1,{\"b\":2.50}]}', '$.a[1].b'), JSON_EXTRACT('{\"a\":1}', '$.b') ~ 2.50|null",
        "SELECT median(x), MEDIAN(x) FILTER (WHERE x > 1) FROM (VALUES (1),(2),(4)) t(x) ~ 2.0|3.0",
        "SELECT x > 1, COUNT(*) FROM (VALUES (1),(2),(3)) t(x) GROUP BY ALL ORDER BY 1 ~ false|1 true|2",
        "SELECT COUNT(*), MAX(x) + 1 FROM (VALUES (1),(2)) t(x) GROUP BY ALL ~ 2|3",
        "SELECT x, 'c' AS c, SUM(x) FROM (VALUES (1),(1)) t(x) GROUP BY ALL HAVING SUM(x) > 1 ~ 1|c|2",
        "SELECT x FROM (VALUES (1),(1),(2)) t(x) GROUP BY ALL ORDER BY x LIMIT 1 ~ 1",
        "WITH a AS (SELECT x FROM (VALUES (3),(1),(2)) t(x)) TABLE a ORDER BY x LIMIT 2 ~ 1 2",
        "WITH a AS (SELECT x FROM (VALUES (1),(2)) t(x)) SELECT COUNT(*) FROM (TABLE a LIMIT 1) UNION ALL TABLE a ~ 1 1 2",
        "SELECT * FROM (SELECT x % 2, COUNT(*) FROM (VALUES (1),(3)) t(x) GROUP BY ALL) ~ 1|2",
        "SELECT DATEDIFF('day', DATE '2026-01-01', DATE '2026-01-05'), DATEDIFF(month, DATE '2026-01-31', DATE '2026-02-01') ~ 4|1",
        "SELECT DATE_DIFF('hours', TIMESTAMP '2026-01-01 00:59:00', TIMESTAMP '2026-01-01 02:00:00'), DATEDIFF(DATE '2026-01-05', DATE '2026-01-01') ~ 2|4",
        "SELECT TIMESTAMPDIFF('hour', TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '2026-01-02 00:00:00'), DATEADD('day', 1, DATE '2026-01-01') ~ 24|2026-01-02",
        "SELECT DATE_PART('year', DATE '2026-01-01'), EXTRACT('month' FROM DATE '2026-03-01'), DATE_TRUNC('month', DATE '2026-03-05') ~ 2026|3|2026-03-01",
        "SELECT CURRENT_SCHEMA, CURRENT_SCHEMA(), current_schema AS s ~ handinger|handinger|handinger",
        "SELECT COUNT(*) FROM (VALUES (TRUE, FALSE)) t(final, running) WHERE final IS NOT NULL AND running IS NOT NULL AND CURRENT_TIMESTAMP > CURRENT_TIMESTAMP - INTERVAL '9999 days' ~ 1",
        "SELECT COUNT(*) FROM (VALUES (1)) t(running) WHERE running = 1 FETCH FIRST ROW ONLY ~ 1",
        "SELECT TIMESTAMP '2026-03-31 00:00:00' - INTERVAL '1 month 2 days', DATE '2026-01-01' + INTERVAL '2 weeks' ~ 2026-02-26 00:00:00|2026-01-15",
        "SELECT N'final' || {fn UCASE('a')}, {d '2026-01-01'} + INTERVAL '1 day' FROM dual {limit 1} ~ finalA|2026-01-02",
      })
  void idiomsOfOtherDatabases(String sql, String answer) throws SQLException {
    gives(sql, answer);
  }

  @Test
  void parametersAloneInAnInAreCompared() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT ? IN (?, ?)")) {
      for (List<Integer> values : List.of(List.of(2, 1, 2), List.of(3, 1, 2))) {
        for (int i = 0; i < 3; i++) {
          statement.setInt(i + 1, values.get(i));
        }
        assertThat(Services.rows(statement.executeQuery()))
            .containsExactly(String.valueOf(values.get(0) == 2));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "credits = %d, OR, 3",
    "title LIKE 't%d%%', OR, 0",
    "(credits < %d AND status = 'error'), OR, 6",
  })
  void twoThousandTermsAreNotTooMany(String term, String operator, int count) throws SQLException {
    String condition =
        IntStream.range(0, 2000)
            .mapToObj(i -> term.replace("%d", String.valueOf(i)).replace("%%", "%"))
            .collect(Collectors.joining(" " + operator + " "));
    String exact = term.startsWith("credits") ? " AND credits = 42" : "";
    int expected = exact.isEmpty() ? count : 1;
    gives("SELECT COUNT(*) FROM tasks WHERE (" + condition + ")" + exact, String.valueOf(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "EXPLAIN SELECT nosuch FROM tasks ~ line 1, column 16: Column 'nosuch'",
        "EXPLAIN PLAN FOR\\n SELECT nosuch FROM tasks ~ line 2, column 9: Column 'nosuch'",
        "/* c */ SELECT nosuch FROM tasks ~ line 1, column 16: Column 'nosuch'",
        "SELECT 1::int, credits->'a'::text, nosuch FROM tasks ~ line 1, column 36: Column 'nosuch'",
        "SELECT {fn CHAR_LENGTH('ab')}, INTERVAL '1 day 2 hours', nosuch FROM tasks ~ column 58: Column 'nosuch'",
        "SELECT 1 WHERE nosuch = 1 ~ line 1, column 16: Column 'nosuch'",
        "SELECT t.seq FROM tasks t ~ not found in table 't'; there is a column of that name in turns",
        "SELECT t.seq FROM tasks t JOIN turns u ON u.task_id = t.id ~ not found in table 't'; did you mean u.seq?",
        "SELECT seq FROM tasks ~ 'seq' not found in any table; there is a column of that name in turns",
        "SELECT tasks.titel FROM tasks ~ not found in table 'tasks'; did you mean title?",
        "SELECT u.titel FROM tasks t, turns AS u ~ not found in table 'u'; there are id, task_id",
      })
  void messagesPointAtTheStatementAsWritten(String sql, String reason) {
    assertThatThrownBy(() -> connection.prepareStatement(sql.replace("\\n", "\n")))
        .hasMessageContaining(reason)
        .extracting("SQLState")
        .isEqualTo("42703");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SELECT ARRAY_AGG(x) FILTER (WHERE x > 1) OVER () FROM (VALUES (1)) t(x) ~ 0A000 ~ FILTER with OVER is not supported for ARRAY_AGG",
        "SELECT 1 FORM tasks ~ 42601 ~ `Encountered \"tasks\" at line 1, column 15; did you mean FROM instead of FORM?`",
        "SELECT id FROM tasks WHER id = 1 ~ 42601 ~ did you mean WHERE instead of WHER?",
        "SELECT status, COUNT(*) FROM tasks GRUOP BY status ~ 42601 ~ did you mean GROUP instead of GRUOP?",
        "SELECT id FROM tasks LIMT 3 ~ 42601 ~ did you mean LIMIT instead of LIMT?",
        "SELECT COUTN(*) FROM tasks ~ 42000 ~ Unknown identifier '*'; did you mean COUNT?",
        "SELECT MEDAIN(credits) FROM tasks ~ 42000 ~ did you mean MEDIAN?",
        "SELECT *, COUNT(*) FROM tasks GROUP BY ALL ~ 0A000 ~ GROUP BY ALL needs the names",
        "SELECT (1,2) < (1,2,3) ~ 42000 ~ a row of 2 elements cannot be compared with one of 3",
        "SELECT SUM(x) OVER (nope ROWS 1 PRECEDING) FROM (VALUES (1)) t(x) WINDOW w AS (ORDER BY x) ~ 42000 ~ there is no window 'nope'",
        "SELECT SUM(x) OVER (w ORDER BY x) FROM (VALUES (1)) t(x) WINDOW w AS (ORDER BY x) ~ 42000 ~ has an ORDER BY already",
      })
  void whatStaysRefusedSaysWhy(String sql, String state, String reason) {
    assertThatThrownBy(() -> connection.prepareStatement(sql))
        .hasMessageContaining(reason)
        .extracting("SQLState")
        .isEqualTo(state);
  }
}
