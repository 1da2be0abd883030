package dev.turntable.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.turntable.source.TurntableException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The same queries on the same rows, by our operators and by DuckDB. */
class DuckDbDifferentialTest {
  private static final String[] T = {
    "id INTEGER",
    "g VARCHAR",
    "n INTEGER",
    "x DOUBLE",
    "d DECIMAL(10, 2)",
    "f BOOLEAN",
    "ts TIMESTAMP(3)",
    "k BIGINT"
  };
  private static final String[] U = {"id INTEGER", "t_id INTEGER", "s VARCHAR", "n INTEGER"};
  private static final String[] E = {"id INTEGER", "s VARCHAR"};

  private static final Map<String, List<Object[]>> ROWS = new HashMap<>();
  private static SqlKit kit;
  private static Connection duck;

  @BeforeAll
  static void fill() throws Exception {
    kit = new SqlKit(new Types());
    duck = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = duck.createStatement()) {
      statement.execute("SET default_null_order='nulls_last_on_asc_first_on_desc'");
    }
    Random random = new Random(7);
    table("t", T, 60, random);
    table("u", U, 90, random);
    table("e", E, 0, random);
  }

  @AfterAll
  static void close() throws SQLException {
    duck.close();
  }

  private static void table(String name, String[] columns, int count, Random random)
      throws Exception {
    RelDataType rowType = kit.table(name, columns);
    try (Statement statement = duck.createStatement()) {
      statement.execute(
          "CREATE TABLE " + name + "(" + String.join(", ", columns).replace("(3)", "") + ")");
    }
    List<Object[]> rows = new ArrayList<>();
    String marks = String.join(", ", Collections.nCopies(columns.length, "?"));
    try (PreparedStatement insert =
        duck.prepareStatement("INSERT INTO " + name + " VALUES (" + marks + ")")) {
      for (int i = 0; i < count; i++) {
        Object[] row = new Object[columns.length];
        for (int c = 0; c < row.length; c++) {
          SqlTypeName type = rowType.getFieldList().get(c).getType().getSqlTypeName();
          row[c] = c == 0 ? (Object) i : random.nextInt(6) == 0 ? null : value(type, random);
          insert.setObject(
              c + 1,
              type == SqlTypeName.TIMESTAMP && row[c] != null
                  ? LocalDateTime.ofEpochSecond(
                      Math.floorDiv((long) row[c], 1000L),
                      (int) Math.floorMod((long) row[c], 1000L) * 1_000_000,
                      ZoneOffset.UTC)
                  : row[c]);
        }
        insert.executeUpdate();
        rows.add(row);
      }
    }
    ROWS.put(name, rows);
  }

  private static Object value(SqlTypeName type, Random random) {
    return switch (type) {
      case INTEGER -> random.nextInt(12) - 3;
      case BIGINT -> random.nextInt(5) == 0 ? Long.MAX_VALUE / 4 : (long) random.nextInt(40);
      case DOUBLE -> (random.nextInt(80) - 40) / 4.0;
      case DECIMAL -> BigDecimal.valueOf(random.nextInt(2000) - 1000, 2);
      case BOOLEAN -> random.nextBoolean();
      case TIMESTAMP -> (random.nextInt(4_000_000) - 2_000_000) * 1_234_567L;
      default -> List.of("a", "b", "B", "ab", "ä", "", "c%d").get(random.nextInt(7));
    };
  }

  @TestFactory
  Stream<DynamicTest> agreesWithDuckDb() {
    return QUERIES
        .lines()
        .map(String::strip)
        .filter(sql -> !sql.isEmpty())
        .map(sql -> DynamicTest.dynamicTest(sql, () -> compare(sql)));
  }

  private static void compare(String both) throws Exception {
    // "ours ~~ theirs" where the dialects differ.
    String[] sql = both.split(" ~~ ");
    List<String> expected = duck(sql[sql.length - 1]);
    boolean ordered = both.contains("ORDER BY 1");
    RelNode plan = kit.plan(sql[0]);
    List<String> actual = new ArrayList<>();
    try {
      MiniEngine engine = new MiniEngine(kit.rexBuilder, ROWS);
      for (Object[] row : engine.run(plan, Runs.execution())) {
        actual.add(show(row, plan.getRowType()));
      }
    } catch (TurntableException e) {
      fail(sql[0] + "\n" + plan.explain(), e);
    }
    if (ordered) {
      assertThat(actual).as(plan.explain()).containsExactlyElementsOf(expected);
    } else {
      assertThat(actual).as(plan.explain()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static List<String> duck(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          Object value = result.getObject(i);
          if (value instanceof java.sql.Timestamp) {
            value = result.getObject(i, LocalDateTime.class);
          }
          if (value instanceof Array array) {
            value = java.util.Arrays.asList((Object[]) array.getArray());
          }
          values.add(show(value));
        }
        rows.add(values.toString());
      }
    }
    return rows;
  }

  private static String show(Object[] row, RelDataType rowType) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.length; i++) {
      SqlTypeName type = rowType.getFieldList().get(i).getType().getSqlTypeName();
      boolean time = type == SqlTypeName.TIMESTAMP && row[i] != null;
      values.add(
          show(
              time
                  ? LocalDateTime.ofEpochSecond(
                      Math.floorDiv((long) row[i], 1000L),
                      (int) Math.floorMod((long) row[i], 1000L) * 1_000_000,
                      ZoneOffset.UTC)
                  : row[i]));
    }
    return values.toString();
  }

  private static String show(Object value) {
    if (value instanceof Number number) {
      BigDecimal decimal = new BigDecimal(number.toString()).round(new MathContext(12));
      return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(DuckDbDifferentialTest::show).toList().toString();
    }
    return String.valueOf(value);
  }

  /** Wide decimals, averages as DOUBLE, sums of integers that cannot overflow. */
  private static final class Types extends RelDataTypeSystemImpl {
    @Override
    public int getMaxPrecision(SqlTypeName type) {
      return type == SqlTypeName.DECIMAL ? 38 : super.getMaxPrecision(type);
    }

    @Override
    public int getMaxScale(SqlTypeName type) {
      return type == SqlTypeName.DECIMAL ? 38 : super.getMaxScale(type);
    }

    @Override
    public RoundingMode roundingMode() {
      return RoundingMode.HALF_UP;
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
      return factory.createTypeWithNullability(
          factory.createSqlType(SqlTypeName.DOUBLE), argument.isNullable());
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
      return switch (argument.getSqlTypeName()) {
        case INTEGER ->
            factory.createTypeWithNullability(
                factory.createSqlType(SqlTypeName.BIGINT), argument.isNullable());
        case BIGINT ->
            factory.createTypeWithNullability(
                factory.createSqlType(SqlTypeName.DECIMAL, 38, 0), argument.isNullable());
        case DECIMAL ->
            factory.createTypeWithNullability(
                factory.createSqlType(SqlTypeName.DECIMAL, 38, argument.getScale()),
                argument.isNullable());
        default -> argument;
      };
    }
  }

  private static final String QUERIES =
      """
      SELECT * FROM t WHERE n > 2 AND g <> 'a' OR f
      SELECT * FROM t WHERE n IN (1, 2, 3) AND NOT (x BETWEEN -1 AND 4)
      SELECT * FROM t WHERE n NOT IN (1, 2) OR g IS NULL
      SELECT * FROM t WHERE n = 1 OR n = 5 OR n IS NULL
      SELECT id FROM t WHERE g LIKE '%b%' OR g LIKE 'c!%_' ESCAPE '!'
      SELECT id, CASE WHEN n > 3 THEN 'big' WHEN n IS NULL THEN 'none' ELSE g END FROM t
      SELECT id, n + k, n * d, x - n, d + x, -d, ABS(n), n % 4 FROM t WHERE k < 100
      SELECT id, COALESCE(n, 0) + 1, NULLIF(g, 'a'), UPPER(g), g || '!' FROM t
      SELECT id, EXTRACT(YEAR FROM ts), EXTRACT(DOW FROM ts), EXTRACT(HOUR FROM ts) FROM t ~~ SELECT id, year(ts), dayofweek(ts) + 1, hour(ts) FROM t
      SELECT id, FLOOR(ts TO MONTH), FLOOR(ts TO HOUR), FLOOR(ts TO DAY) FROM t ~~ SELECT id, date_trunc('month', ts)::timestamp, date_trunc('hour', ts), date_trunc('day', ts)::timestamp FROM t
      SELECT id, ts + INTERVAL '1' MONTH, ts - INTERVAL '36' HOUR FROM t
      SELECT COUNT(*), COUNT(n), COUNT(DISTINCT n), SUM(n), AVG(n), MIN(g), MAX(ts), SUM(k), SUM(d), SUM(x) FROM t
      SELECT COUNT(*), COUNT(id), SUM(id), AVG(id), MIN(s), MAX(s) FROM e
      SELECT s, COUNT(*) FROM e GROUP BY s
      SELECT g, COUNT(*), SUM(n), AVG(x), MIN(d), MAX(d) FROM t GROUP BY g
      SELECT g, f, COUNT(*) FROM t GROUP BY g, f
      SELECT g, COUNT(*) FILTER (WHERE n > 2), SUM(n) FILTER (WHERE f), COUNT(DISTINCT n) FILTER (WHERE x > 0) FROM t GROUP BY g
      SELECT g, SUM(DISTINCT n), AVG(DISTINCT n), COUNT(DISTINCT f), COUNT(DISTINCT d) FROM t GROUP BY g
      SELECT g, STDDEV_POP(x), VAR_SAMP(n), STDDEV_SAMP(x), VAR_POP(d) FROM t GROUP BY g
      SELECT COVAR_POP(x, n), COVAR_SAMP(x, n) FROM t
      SELECT g, EVERY(f), SOME(f), BIT_AND(n), BIT_OR(n), BIT_XOR(n) FROM t GROUP BY g ~~ SELECT g, bool_and(f), bool_or(f), bit_and(n), bit_or(n), bit_xor(n) FROM t GROUP BY g
      SELECT g, LISTAGG(CAST(id AS VARCHAR), '-') WITHIN GROUP (ORDER BY x DESC, id) FROM t GROUP BY g ~~ SELECT g, string_agg(id::varchar, '-' ORDER BY x DESC, id) FROM t GROUP BY g
      SELECT g, ARRAY_AGG(n ORDER BY id) FROM t GROUP BY g
      SELECT g, PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY x), PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY n) FROM t GROUP BY g ~~ SELECT g, quantile_cont(x, 0.25), quantile_disc(n, 0.5) FROM t GROUP BY g
      SELECT g, f, GROUPING(g), GROUPING(f), COUNT(*), SUM(n) FROM t GROUP BY ROLLUP(g, f)
      SELECT g, f, GROUPING(g, f), COUNT(*) FROM t GROUP BY CUBE(g, f)
      SELECT g, n, COUNT(*), COUNT(DISTINCT f) FROM t GROUP BY GROUPING SETS ((g), (n), ())
      SELECT s, COUNT(*) FROM e GROUP BY GROUPING SETS ((s), ())
      SELECT g, SUM(n) AS total FROM t GROUP BY g HAVING SUM(n) > 10
      SELECT DISTINCT g, f FROM t
      SELECT DISTINCT x FROM t
      SELECT t.id, u.id, u.s FROM t JOIN u ON t.id = u.t_id
      SELECT t.id, u.id FROM t LEFT JOIN u ON t.id = u.t_id AND u.n > 3
      SELECT t.id, u.id FROM t RIGHT JOIN u ON t.id = u.t_id AND t.f
      SELECT t.id, u.id FROM t FULL JOIN u ON t.id = u.t_id AND u.n < t.n
      SELECT t.id, u.id FROM t JOIN u ON t.n = u.n
      SELECT t.id, u.id FROM t FULL JOIN u ON t.n = u.n AND t.g = u.s
      SELECT t.id, u.id FROM t JOIN u ON t.n IS NOT DISTINCT FROM u.n AND t.g = u.s
      SELECT t.id, u.id FROM t LEFT JOIN u ON t.n > u.n + 6
      SELECT t.id, u.id FROM t JOIN u ON t.d = u.n
      SELECT t.id, u.id FROM t JOIN u ON t.x = u.n
      SELECT t.id, u.id FROM t JOIN u ON t.k = u.n
      SELECT t.id, u.id FROM t JOIN u ON t.n + 1 = u.n - 1 AND t.id < u.id
      SELECT t.id, e.id FROM t LEFT JOIN e ON t.id = e.id
      SELECT t.id, e.id FROM e FULL JOIN t ON t.id = e.id
      SELECT t.id, e.id FROM t JOIN e ON t.id = e.id
      SELECT COUNT(*) FROM t, u
      SELECT a.id, b.id FROM t a JOIN t b ON a.g = b.g AND a.id < b.id
      SELECT * FROM t WHERE id IN (SELECT t_id FROM u WHERE n > 2)
      SELECT * FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.t_id = t.id AND u.n > t.n)
      SELECT * FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.t_id = t.id)
      SELECT * FROM t WHERE id NOT IN (SELECT t_id FROM u)
      SELECT * FROM t WHERE id NOT IN (SELECT t_id FROM u WHERE t_id IS NOT NULL)
      SELECT * FROM t WHERE n NOT IN (SELECT n FROM u WHERE n > 4)
      SELECT * FROM t WHERE n > ALL (SELECT n FROM u WHERE n < 3)
      SELECT * FROM t WHERE n = SOME (SELECT n FROM u WHERE u.t_id = t.id) ~~ SELECT * FROM t WHERE n = ANY (SELECT n FROM u WHERE u.t_id = t.id)
      SELECT id, (SELECT MAX(n) FROM u WHERE u.t_id = t.id), (SELECT COUNT(*) FROM u WHERE u.t_id = t.id) FROM t
      SELECT id FROM t WHERE n > (SELECT AVG(n) FROM u)
      SELECT id, (SELECT s FROM e) FROM t
      SELECT n FROM t UNION SELECT n FROM u
      SELECT n FROM t UNION ALL SELECT n FROM u
      SELECT n FROM t INTERSECT SELECT n FROM u
      SELECT n FROM t INTERSECT ALL SELECT n FROM u
      SELECT n FROM t EXCEPT SELECT n FROM u WHERE n < 5
      SELECT n FROM t EXCEPT ALL SELECT n FROM u
      SELECT n, g FROM t EXCEPT SELECT n, s FROM u EXCEPT SELECT n, s FROM u WHERE n > 2
      SELECT n FROM t INTERSECT SELECT n FROM u WHERE n > 1 INTERSECT SELECT id FROM t
      SELECT n FROM t EXCEPT SELECT id FROM e
      SELECT n FROM t INTERSECT SELECT id FROM e
      SELECT n, id FROM t ORDER BY 1, 2
      SELECT n, id FROM t ORDER BY 1 DESC, 2
      SELECT n, id FROM t ORDER BY 1 NULLS FIRST, 2 DESC
      SELECT n, id FROM t ORDER BY 1 DESC NULLS LAST, 2
      SELECT d, x, id FROM t ORDER BY 1, 2 DESC, 3 LIMIT 7
      SELECT g, id FROM t ORDER BY 1, 2 LIMIT 5 OFFSET 4
      SELECT ts, id FROM t ORDER BY 1, 2 OFFSET 50
      SELECT id FROM t ORDER BY 1 LIMIT 0
      SELECT f, id FROM t ORDER BY 1 DESC, 2 LIMIT 100
      SELECT COUNT(*) FROM (SELECT id FROM t LIMIT 7 OFFSET 3) q
      WITH big AS (SELECT * FROM t WHERE n > 3) SELECT a.id, b.id FROM big a JOIN big b ON a.g = b.g
      SELECT id, ROW_NUMBER() OVER (PARTITION BY g ORDER BY n, id) FROM t
      SELECT id, RANK() OVER (ORDER BY n), DENSE_RANK() OVER (ORDER BY n DESC), PERCENT_RANK() OVER (ORDER BY n), CUME_DIST() OVER (ORDER BY n) FROM t
      SELECT id, NTILE(7) OVER (ORDER BY id), NTILE(3) OVER (PARTITION BY g ORDER BY id) FROM t
      SELECT id, LAG(n) OVER (PARTITION BY g ORDER BY id), LEAD(n, 2) OVER (ORDER BY id), LAG(n, 1, -99) OVER (ORDER BY id) FROM t
      SELECT id, FIRST_VALUE(n) OVER (PARTITION BY g ORDER BY id), LAST_VALUE(n) OVER (PARTITION BY g ORDER BY id), NTH_VALUE(n, 2) OVER (PARTITION BY g ORDER BY id) FROM t
      SELECT id, SUM(n) OVER (PARTITION BY g), COUNT(*) OVER (), AVG(x) OVER (PARTITION BY f), MIN(d) OVER (PARTITION BY g) FROM t
      SELECT id, SUM(n) OVER (ORDER BY id), COUNT(n) OVER (PARTITION BY g ORDER BY n), MAX(x) OVER (ORDER BY g, id) FROM t
      SELECT id, SUM(n) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW), SUM(n) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 3 FOLLOWING) FROM t
      SELECT id, COUNT(*) OVER (ORDER BY id ROWS BETWEEN 5 PRECEDING AND 2 PRECEDING), MIN(n) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM t
      SELECT id, SUM(d) OVER (ORDER BY n RANGE BETWEEN 2 PRECEDING AND 1 FOLLOWING), COUNT(*) OVER (ORDER BY n DESC RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t
      SELECT id, COUNT(*) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '200' DAY PRECEDING AND INTERVAL '1' DAY FOLLOWING) FROM t ~~ SELECT id, COUNT(*) OVER (ORDER BY ts RANGE BETWEEN INTERVAL 200 DAY PRECEDING AND INTERVAL 1 DAY FOLLOWING) FROM t
      SELECT id, SUM(n) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW), COUNT(*) OVER (ORDER BY n RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE TIES), COUNT(*) OVER (ORDER BY n RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP) FROM t
      SELECT g, SUM(n), RANK() OVER (ORDER BY SUM(n) DESC) FROM t GROUP BY g
      SELECT * FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY g ORDER BY id) AS r FROM t) q WHERE r = 1
      SELECT id, LAST_VALUE(n) IGNORE NULLS OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM t ~~ SELECT id, LAST_VALUE(n IGNORE NULLS) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM t
      SELECT id, LAG(n, 2) IGNORE NULLS OVER (ORDER BY id) FROM t ~~ SELECT id, LAG(n, 2 IGNORE NULLS) OVER (ORDER BY id) FROM t
      SELECT * FROM (VALUES (1, 'a'), (2, NULL), (3, 'c')) AS v(a, b) WHERE b IS NOT NULL
      SELECT v.a, t.id FROM (VALUES (1), (5), (99)) AS v(a) LEFT JOIN t ON t.n = v.a
      SELECT * FROM UNNEST(ARRAY[3, 1, NULL]) AS q(z)
      SELECT * FROM UNNEST(ARRAY['p', 'q']) WITH ORDINALITY AS q(z, o)
      """;
}
