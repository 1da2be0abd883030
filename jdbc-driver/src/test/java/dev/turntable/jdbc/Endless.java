package dev.turntable.jdbc;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Statements that run for minutes or for ever, or take seconds to plan, each busy in another place.
 * None waits for a service: those are in {@link Wait}.
 */
enum Endless {
  RECURSION(
      "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r"),
  RECURSION_THAT_FINDS_NOTHING(
      "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT MOD(n + 1, 1000) FROM r)"
          + " SELECT n FROM r WHERE n < 0"),
  RECURSION_ROW_BY_ROW(
      "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT MOD(n + 1, 1000) FROM r) SELECT n FROM r"),
  RECURSION_OVER_A_PRODUCT(
      "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3)"
          + " SELECT COUNT(*) FROM r, "
          + product(9)
          + " WHERE r.n + a.x + b.x + c.x + d.x + e.x + f.x + g.x + h.x + i.x < 0"),
  RECURSION_AND_A_FRAME(
      "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 300000)"
          + " SELECT MAX(s) FROM (SELECT SUM(n) OVER (ORDER BY n ROWS BETWEEN 200000 PRECEDING AND"
          + " 1 PRECEDING) AS s FROM r) AS w"),
  RECURSION_AND_A_REGEX(
      "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3)"
          + " SELECT COUNT(*) FROM r WHERE REPEAT('a', 58 + n) RLIKE '(.*a){20}b'"),

  RLIKE("SELECT x FROM " + text() + " WHERE x RLIKE '(.*a){20}b'"),
  RLIKE_OF_A_CONSTANT("SELECT '" + "a".repeat(60) + "' RLIKE '(.*a){20}b'"),
  REGEXP_LIKE("SELECT REGEXP_LIKE(x, '(.*a){20}b') FROM " + text()),
  REGEXP_CONTAINS("SELECT REGEXP_CONTAINS(x, '(.*a){20}b') FROM " + text()),
  REGEXP_REPLACE("SELECT REGEXP_REPLACE(x, '(.*a){20}b', '-') FROM " + text()),
  REGEXP_EXTRACT("SELECT REGEXP_EXTRACT(x, '(?:.*a){20}b') FROM " + text()),
  REGEXP_EXTRACT_ALL("SELECT REGEXP_EXTRACT_ALL(x, '(?:.*a){20}b') FROM " + text()),
  REGEXP_SUBSTR("SELECT REGEXP_SUBSTR(x, '(?:.*a){20}b') FROM " + text()),
  REGEXP_INSTR("SELECT REGEXP_INSTR(x, '(?:.*a){20}b') FROM " + text()),
  REGEXP_OPERATOR("SELECT x FROM " + text() + " WHERE x ~ '(.*a){20}b'"),
  REGEXP_OF_TASKS(
      "SELECT id FROM handinger.tasks WHERE title || REPEAT('a', 60) RLIKE '(.*a){20}b'"),
  SIMILAR("SELECT x FROM " + text() + " WHERE x SIMILAR TO '(%a){20}b'"),
  SIMILAR_TO_A_COLUMN("SELECT x FROM " + text() + " WHERE x SIMILAR TO '(%a){20}b' || LEFT(x, 0)"),
  LIKE_MANY(
      "SELECT x FROM (SELECT REPEAT(x, 20000) AS x FROM "
          + text()
          + ") AS t WHERE x LIKE '%' || REPEAT('a', 500000) || '_b%'"),
  LIKE_REGEX_IN_JSON(
      "SELECT JSON_EXISTS('[\"' || x || '\"]', '$[*] ? (@ like_regex \"^(.*a){20}b\")') FROM "
          + text()),
  JSON_PATH_PRODUCT(
      "SELECT JSON_EXISTS(x, '$[*] ? (exists($[*] ? (exists($[*] ? (exists($[*] ? (@ == 2)))))))')"
          + " FROM (SELECT '[1' || REPEAT(',1', 2000) || ']' AS x FROM "
          + text()
          + ") AS t"),
  JSON_AGAIN_AND_AGAIN(
      "SELECT COUNT(JSON_VALUE('[1' || REPEAT(',1', 200000) || CAST(a.x AS VARCHAR) || ']',"
          + " '$[7]')) FROM "
          + product(4)),
  REPLACE_AGAIN_AND_AGAIN(
      "SELECT SUM(LENGTH(REPLACE(REPEAT('ab', 2000000 + a.x), 'b', 'cd'))) FROM " + product(4)),

  PRODUCT("SELECT COUNT(*) FROM " + product(10)),
  PRODUCT_THAT_FINDS_NOTHING(
      "SELECT a.x FROM "
          + product(10)
          + " WHERE a.x + b.x + c.x + d.x + e.x + f.x + g.x + h.x < 0"),
  PRODUCT_ROW_BY_ROW("SELECT a.x FROM " + product(10)),
  OUTER_PRODUCT(
      "SELECT COUNT(*) FROM (SELECT a.x FROM "
          + product(5)
          + ") AS l LEFT JOIN (SELECT a.x FROM "
          + product(5)
          + ") AS r ON l.x + r.x < 0"),
  SKIPPED("SELECT a.x FROM " + product(10) + " OFFSET 9000000000"),
  SORT("SELECT a.x FROM " + product(7) + " ORDER BY a.x * 7919 + b.x * c.x, d.x LIMIT 100000"),
  SORT_BY_A_SLOW_KEY(
      "SELECT a.x FROM "
          + product(8)
          + " ORDER BY LENGTH(REPLACE(REPEAT('a', 20000 + a.x), 'a', 'bc'))"),
  GROUPS("SELECT COUNT(*) FROM (SELECT DISTINCT a.x FROM " + product(10) + ") AS t"),
  DISTINCT_COUNT("SELECT COUNT(DISTINCT a.x + b.x) FROM " + product(10)),
  LISTAGG("SELECT LENGTH(LISTAGG(CAST(a.x AS VARCHAR), ',')) FROM " + product(10)),
  FRAMES(
      "SELECT MAX(s) FROM (SELECT MIN(a.x) OVER (ORDER BY a.x, b.x, c.x, d.x, e.x ROWS BETWEEN"
          + " 50000 PRECEDING AND 1 PRECEDING) AS s FROM "
          + product(5)
          + ") AS w"),
  NTH_VALUES(
      "SELECT MAX(s) FROM (SELECT NTH_VALUE(NULLIF(a.x, a.x), 1) IGNORE NULLS OVER (ORDER BY b.x"
          + " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS s FROM "
          + product(5)
          + ") AS w"),
  NEIGHBOURS(
      "SELECT MAX(s) FROM (SELECT LEAD(NULLIF(a.x, a.x), 1) IGNORE NULLS OVER (ORDER BY b.x) AS s"
          + " FROM "
          + product(5)
          + ") AS w"),
  UNION("SELECT COUNT(*) FROM (SELECT a.x FROM " + product(10) + " UNION SELECT 1) AS t"),
  INTERSECT("SELECT a.x FROM " + product(10) + " INTERSECT SELECT a.x FROM " + product(10)),
  EXCEPT("SELECT a.x FROM " + product(10) + " EXCEPT SELECT 1"),
  CORRELATED(
      "SELECT COUNT(*) FROM (SELECT a.x + 10 * b.x + 100 * c.x + 1000 * d.x AS x FROM "
          + product(4)
          + ") AS o WHERE EXISTS (SELECT 1 FROM "
          + product(5)
          + " WHERE a.x + b.x + c.x + d.x + e.x < o.x - 99999)"),
  LATERAL(
      "SELECT COUNT(*) FROM (SELECT a.x + 10 * b.x + 100 * c.x AS x FROM "
          + product(3)
          + ") AS o, LATERAL (SELECT MAX(a.x) AS m FROM "
          + product(5)
          + " WHERE a.x < o.x) AS l"),
  UNNESTED(
      "SELECT COUNT(*) FROM " + product(9) + ", UNNEST(ARRAY[a.x, 2, 3]) AS u(y) WHERE u.y > 30"),
  ROWS_OF_TASKS(
      "SELECT COUNT(*) FROM (SELECT DISTINCT status FROM handinger.tasks) AS t, " + product(9)),
  PLAN_OF_JOINS(
      "SELECT COUNT(*) FROM handinger.tasks AS t0 "
          + IntStream.range(1, 40)
              .mapToObj(
                  i -> "JOIN handinger.tasks AS t" + i + " ON t" + (i - 1) + ".id = t" + i + ".id")
              .collect(Collectors.joining(" "))),
  PLAN_OF_CONDITIONS(
      "SELECT id FROM handinger.tasks WHERE "
          + IntStream.range(0, 12_000)
              .mapToObj(i -> "(credits > " + i + " AND title <> 'x" + i + "')")
              .collect(Collectors.joining(" OR "))),
  PLAN_OF_NOT_IN(
      "SELECT id FROM handinger.tasks WHERE title NOT IN ("
          + IntStream.range(0, 50_000)
              .mapToObj(i -> "'x" + i + "'")
              .collect(Collectors.joining(","))
          + ")"),
  PLAN_OF_IN(
      "SELECT id FROM handinger.tasks WHERE title IN ("
          + IntStream.range(0, 50_000)
              .mapToObj(i -> "'x" + i + "'")
              .collect(Collectors.joining(","))
          + ") OR credits IN ("
          + IntStream.range(0, 50_000).mapToObj(i -> "" + i).collect(Collectors.joining(","))
          + ")"),
  PLAN_OF_KEYS(
      "SELECT id FROM handinger.tasks WHERE id IN ("
          + IntStream.range(0, 60_000)
              .mapToObj(i -> "'tsk_" + i + "'")
              .collect(Collectors.joining(","))
          + ")"),
  PLAN_OF_VALUES(
      "SELECT COUNT(*) FROM (VALUES "
          + IntStream.range(0, 50_000)
              .mapToObj(i -> "(" + i + ", 'x" + i + "')")
              .collect(Collectors.joining(","))
          + ") AS v(a, b)"),
  PLAN_OF_UNIONS(
      IntStream.range(0, 600)
          .mapToObj(i -> "SELECT id, title FROM handinger.tasks WHERE credits = " + i)
          .collect(Collectors.joining(" UNION ALL "))),
  PLAN_OF_SUB_QUERIES(
      "SELECT id FROM handinger.tasks AS t WHERE "
          + IntStream.range(0, 60)
              .mapToObj(
                  i ->
                      "EXISTS (SELECT 1 FROM handinger.turns WHERE task_id = t.id AND seq = "
                          + i
                          + ")")
              .collect(Collectors.joining(" AND "))),
  PLAN_OF_CUBE(
      "SELECT COUNT(*) FROM (SELECT a.x AS a, b.x AS b, c.x AS c, d.x AS d, e.x AS e, f.x AS f, g.x"
          + " AS g, h.x AS h FROM "
          + product(8)
          + ") AS t GROUP BY CUBE(a, b, c, d, e, f, g, h, a + 1, b + 1, c + 1, d + 1)"),
  PLAN_OF_COLUMNS(
      "SELECT "
          + IntStream.range(0, 3000)
              .mapToObj(i -> "credits + " + i + " AS c" + i)
              .collect(Collectors.joining(","))
          + " FROM handinger.tasks ORDER BY "
          + IntStream.range(0, 3000).mapToObj(i -> "c" + i).collect(Collectors.joining(",")));

  final String sql;

  /** What a machine plans in no time then runs for years. */
  Endless(String sql) {
    this.sql =
        name().startsWith("PLAN")
            ? "SELECT 1 AS one FROM ("
                + sql
                + ") AS planned UNION ALL SELECT a.x FROM "
                + product(10)
                + " WHERE a.x + b.x + c.x + d.x + e.x + f.x + g.x + h.x + i.x + j.x < 0"
            : sql;
  }

  /** One row of a text that takes an expression which goes back and forth for years. */
  private static String text() {
    return "(VALUES ('" + "a".repeat(60) + "')) AS t(x)";
  }

  /** So many tables of ten rows each, a, b, c and so on, of which each has a column x. */
  private static String product(int tables) {
    String ten = "(VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)) AS ";
    return IntStream.range(0, tables)
        .mapToObj(i -> ten + (char) ('a' + i) + "(x)")
        .collect(Collectors.joining(", "));
  }
}
