package dev.turntable.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single expressions give, and how they fail. */
class RexCompilerTest {
  private static SqlKit kit;
  private static RelDataType rowType;

  @BeforeAll
  static void table() throws Exception {
    kit = new SqlKit(RelDataTypeSystem.DEFAULT);
    rowType =
        kit.table(
            "t",
            "i INTEGER",
            "l BIGINT",
            "d DOUBLE",
            "e DECIMAL(6, 2)",
            "s VARCHAR",
            "b BOOLEAN",
            "c BOOLEAN",
            "ts TIMESTAMP(3)",
            "dt DATE");
  }

  private static Object eval(String sql, Object... row) throws Exception {
    Object[] full = new Object[9];
    System.arraycopy(row, 0, full, 0, row.length);
    return compile(sql).eval(full, Runs.execution());
  }

  private static Scalar compile(String sql) throws Exception {
    return new RexCompiler(kit.rexBuilder).compile(kit.expression(sql, "t"));
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, true, true", "true, false, false, true", "true, , , true",
    "false, true, false, true", "false, false, false, false", "false, , false, ",
    ", true, , true", ", false, false, ", ", , , "
  })
  void logicHasThreeValues(Boolean b, Boolean c, Boolean and, Boolean or) throws Exception {
    assertThat(eval("b AND c", 0, 0L, 0.0, null, null, b, c)).isEqualTo(and);
    assertThat(eval("b OR c", 0, 0L, 0.0, null, null, b, c)).isEqualTo(or);
    assertThat(eval("NOT b", 0, 0L, 0.0, null, null, b)).isEqualTo(b == null ? null : !b);
    assertThat(eval("b = c", 0, 0L, 0.0, null, null, b, c))
        .isEqualTo(b == null || c == null ? null : b.equals(c));
    assertThat(eval("b IS DISTINCT FROM c", 0, 0L, 0.0, null, null, b, c))
        .isEqualTo(!java.util.Objects.equals(b, c));
    Object[] row = {0, 0L, 0.0, null, null, b, c, null, null};
    assertThat(compile("b AND c").isTrue(row, Runs.execution())).isEqualTo(and != null && and);
    assertThat(compile("b OR c").isTrue(row, Runs.execution())).isEqualTo(or != null && or);
  }

  @Test
  void andStopsAtTheFirstFalse() throws Exception {
    assertThat(eval("i <> 0 AND 10 / i > 1", 0)).isEqualTo(false);
    assertThat(eval("CASE WHEN i = 0 THEN -1 ELSE 10 / i END", 0)).isEqualTo(-1);
  }

  private static void fails(ErrorKind kind, String message, String sql, Object... row) {
    assertThatThrownBy(() -> eval(sql, row))
        .as(sql)
        .isInstanceOfSatisfying(TurntableException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(message);
  }

  @Test
  void overflowIsAnError() {
    fails(ErrorKind.OUT_OF_RANGE, "2147483648", "i + 1", Integer.MAX_VALUE);
    fails(ErrorKind.OUT_OF_RANGE, "9223372036854775807 + 1", "l + 1", 0, Long.MAX_VALUE);
    fails(ErrorKind.OUT_OF_RANGE, "BIGINT", "l * l", 0, Long.MAX_VALUE);
    fails(ErrorKind.OUT_OF_RANGE, "BIGINT", "l / -1", 0, Long.MIN_VALUE);
    fails(ErrorKind.OUT_OF_RANGE, "-(", "-l", 0, Long.MIN_VALUE);
    fails(ErrorKind.OUT_OF_RANGE, "SMALLINT", "CAST(i AS SMALLINT)", 40000);
    fails(ErrorKind.OUT_OF_RANGE, "INTEGER", "CAST(d AS INTEGER)", 0, 0L, 1e12);
    fails(ErrorKind.OUT_OF_RANGE, "DOUBLE", "d * d", 0, 0L, 1e200);
    fails(ErrorKind.OUT_OF_RANGE, "12345.67", "CAST(d AS DECIMAL(5, 2))", 0, 0L, 12345.67);
    fails(ErrorKind.OUT_OF_RANGE, "BIGINT", "CAST(s AS BIGINT)", 0, 0L, 0.0, null, "1e999999999");
  }

  @Test
  void divisionByZeroIsAnErrorForEveryType() {
    fails(ErrorKind.DIVISION_BY_ZERO, "7 / 0", "i / 0", 7);
    fails(ErrorKind.DIVISION_BY_ZERO, "MOD", "MOD(i, 0)", 7);
    fails(ErrorKind.DIVISION_BY_ZERO, "1.5 / 0", "d / 0", 0, 0L, 1.5);
    fails(ErrorKind.DIVISION_BY_ZERO, "2.50", "e / 0", 0, 0L, 0.0, new BigDecimal("2.50"));
  }

  @Test
  void textThatIsNoValueIsAnErrorThatShowsIt() {
    Object[] row = {0, 0L, 0.0, null, "abc"};
    fails(ErrorKind.BAD_VALUE, "'abc' cannot be cast to INTEGER", "CAST(s AS INTEGER)", row);
    fails(ErrorKind.BAD_VALUE, "'abc'", "CAST(s AS DOUBLE)", row);
    fails(ErrorKind.BAD_VALUE, "'abc'", "CAST(s AS DATE)", row);
    fails(ErrorKind.BAD_VALUE, "'abc'", "CAST(s AS TIMESTAMP)", row);
    fails(ErrorKind.BAD_VALUE, "'abc'", "CAST(s AS BOOLEAN)", row);
    fails(ErrorKind.BAD_VALUE, "NaN", "CAST('NaN' || s AS DOUBLE)", row);
    fails(ErrorKind.BAD_VALUE, "escape", "s LIKE 'a!' ESCAPE '!'", row);
    fails(ErrorKind.BAD_VALUE, "SUBSTRING", "SUBSTRING(s FROM 1 FOR -1)", row);
    fails(ErrorKind.BAD_VALUE, "LN", "LN(d)", row);
  }

  @Test
  void tryCastGivesNullWhereCastFails() {
    RexBuilder rex = kit.rexBuilder;
    RexNode text = rex.makeInputRef(rowType.getFieldList().get(4).getType(), 4);
    RelDataType integer =
        rex.getTypeFactory()
            .createTypeWithNullability(
                rex.getTypeFactory().createSqlType(SqlTypeName.SMALLINT), true);
    for (SqlOperator operator :
        List.of(SqlLibraryOperators.TRY_CAST, SqlLibraryOperators.SAFE_CAST)) {
      Scalar cast = new RexCompiler(rex).compile(rex.makeCall(integer, operator, List.of(text)));
      assertThat(cast.eval(text("12"), Runs.execution())).isEqualTo((short) 12);
      assertThat(cast.eval(text("x"), Runs.execution())).isNull();
      assertThat(cast.eval(text("99999"), Runs.execution())).isNull();
    }
  }

  private static Object[] text(String value) {
    return new Object[] {0, 0L, 0.0, null, value, null, null, null, null};
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "abc|a%|true", "abc|%c|true", "abc|%b%|true", "abc|_b_|true", "abc|__|false",
        "abc|abc|true", "abc|ABC|false", "a%c|a!%c|true", "abc|a!%c|false", "a_c|a!_c|true",
        "a!c|a!!c|true", "aXbXc|a%X%c|true", "aaab|%aab|true", "ab|a%b%c|false", "''|%|true",
        "''|_|false", "ä|_|true", "😀x|_x|true", "(a.c)|(a.c)|true", "(abc)|(a.c)|false"
      },
      delimiter = '|')
  void likeMatchesWithEscape(String text, String pattern, boolean expected) throws Exception {
    assertThat(eval("s LIKE '" + pattern + "' ESCAPE '!'", text(text))).isEqualTo(expected);
    assertThat(eval("s NOT LIKE '" + pattern + "' ESCAPE '!'", text(text))).isEqualTo(!expected);
  }

  @Test
  void likeCrossesLinesAndIgnoresCaseWhenAsked() throws Exception {
    assertThat(eval("s LIKE 'a_b%'", text("a\nb\nc"))).isEqualTo(true);
    assertThat(eval("s ILIKE 'ÄB%'", text("äbc"))).isEqualTo(true);
    assertThat(eval("UPPER(s)", text("title"))).isEqualTo("TITLE");
    assertThat(eval("LOWER(s)", text("TITLE"))).isEqualTo("title");
  }

  @Test
  void timestampsBefore1970CountForward() throws Exception {
    Object[] row = {0, 0L, 0.0, null, null, null, null, -1L, -1};
    assertThat(eval("EXTRACT(HOUR FROM ts)", row)).isEqualTo(23L);
    assertThat(eval("EXTRACT(SECOND FROM ts)", row)).isEqualTo(59L);
    assertThat(eval("EXTRACT(YEAR FROM ts)", row)).isEqualTo(1969L);
    assertThat(eval("EXTRACT(DAY FROM dt)", row)).isEqualTo(31L);
    assertThat(eval("FLOOR(ts TO HOUR)", row)).isEqualTo(-3_600_000L);
    assertThat(eval("CAST(ts AS DATE)", row)).isEqualTo(-1);
    assertThat(eval("CAST(ts AS TIMESTAMP(0))", row)).isEqualTo(-1000L);
    assertThat(eval("CAST(ts AS VARCHAR)", row)).isEqualTo("1969-12-31 23:59:59.999");
    assertThat(eval("ts - INTERVAL '1' MONTH", row)).isEqualTo(-31L * 86_400_000 - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29 10:20:30.456",
        "2024-02-29T10:20:30.456Z",
        "2024-02-29T11:20:30.456+01:00",
        " 2024-02-29 10:20:30.456789 "
      })
  void timestampsInTextMayBeIso8601(String text) throws Exception {
    assertThat(eval("CAST(s AS TIMESTAMP(3))", text(text))).isEqualTo(1_709_202_030_456L);
  }

  @Test
  void decimalsKeepTheScaleOfTheirType() throws Exception {
    Object[] row = {0, 0L, 0.0, new BigDecimal("1.50")};
    assertThat(eval("e + 1", row)).isEqualTo(new BigDecimal("2.50"));
    assertThat(eval("e * 1.5", row)).isEqualTo(new BigDecimal("2.250"));
    assertThat(eval("CAST(e AS VARCHAR)", row)).isEqualTo("1.50");
    assertThat(eval("CAST('0.5' AS DECIMAL(3, 1)) = e / 3", row)).isEqualTo(true);
  }

  @Test
  void currentTimeIsThatOfTheExecution() throws Exception {
    assertThat(eval("CURRENT_TIMESTAMP")).isEqualTo(Runs.NOW.toEpochMilli());
    assertThat(eval("CURRENT_DATE")).isEqualTo(19782);
    assertThat(eval("CURRENT_TIME")).isEqualTo(84_615_123);
  }

  @Test
  void parametersAndCorrelationReachCalcitesCode() {
    RexBuilder rex = kit.rexBuilder;
    RelDataType varchar = rowType.getFieldList().get(4).getType();
    RexNode parameter = rex.makeDynamicParam(varchar, 1);
    RexNode outer = rex.makeFieldAccess(rex.makeCorrel(rowType, new CorrelationId(3)), "s", true);
    RexNode both = rex.makeCall(SqlStdOperatorTable.CONCAT, parameter, outer);
    Scalar scalar = new RexCompiler(rex).compile(rex.makeCall(SqlLibraryOperators.SOUNDEX, both));
    Execution execution = Runs.execution(null, "Ro");
    execution.correlate("$cor3", text("bert"));
    assertThat(scalar.eval(new Object[0], execution)).isEqualTo("R163");
    execution.correlate("$cor3", text("se"));
    assertThat(scalar.eval(new Object[0], execution)).isEqualTo("R200");
  }

  @Test
  void onlyTheUnknownCallFallsBack() throws Exception {
    List<String> handedOver = new ArrayList<>();
    RexCompiler compiler =
        new RexCompiler(
            kit.rexBuilder,
            (call, operands) -> {
              handedOver.add(call.getOperator().getName());
              return new CalciteCalls(kit.rexBuilder).compile(call, operands);
            });
    Scalar scalar =
        compiler.compile(kit.expression("UPPER(MD5(s || '1')) LIKE 'A%' AND i + 1 > 2", "t"));
    assertThat(handedOver).containsExactly("MD5");
    assertThat(scalar.eval(new Object[] {5, 0L, 0.0, null, "x"}, Runs.execution()))
        .isEqualTo(false);
  }

  /** Days and milliseconds on both sides of a unit, and texts of values. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EXTRACT(SECOND FROM dt) | 0",
        "EXTRACT(SECOND FROM ts) | 59",
        "EXTRACT(DAY FROM ts) | 31",
        "CAST(FLOOR(dt TO MONTH) AS VARCHAR) | 1969-12-01",
        "CAST(CEIL(dt TO MONTH) AS VARCHAR) | 1970-01-01",
        "CAST(CEIL(dt TO DAY) AS VARCHAR) | 1969-12-31",
        "CAST(FLOOR(dt TO YEAR) AS VARCHAR) | 1969-01-01",
        "CAST(FLOOR(ts TO DAY) AS VARCHAR) | 1969-12-31 00:00:00.000",
        "CAST(CEIL(ts TO DAY) AS VARCHAR) | 1970-01-01 00:00:00.000",
        "CAST(FLOOR(ts TO SECOND) AS VARCHAR) | 1969-12-31 23:59:59.000",
        "CAST(CEIL(FLOOR(ts TO DAY) TO DAY) AS VARCHAR) | 1969-12-31 00:00:00.000",
        "CAST(d AS VARCHAR) | 0E0",
        "CAST(d + 1.5 AS VARCHAR) | 1.5",
        "CAST(b AS VARCHAR) | TRUE",
        "CAST(NOT b AS VARCHAR) | FALSE",
        "CAST(i AS VARCHAR) | 7",
        "i = 7 | true",
        "i > 7 | false",
        "i >= 7 | true",
        "i < 8 | true",
        "i <> 7 | false",
        "7 >= i | true",
        "8 <= i | false",
        "s = 'x' | true",
        "s <> 'x' | false",
        "s >= 'x' | true",
        "s > 'x' | false",
        "e > 1.5 | false",
        "e >= 1.5 | true",
        "e <= 1.50 | true",
        "e <> 1.5 | false",
      })
  void valuesOnBothSidesOfABound(String sql, String expected) throws Exception {
    Object[] row = {7, 8L, 0.0, new BigDecimal("1.50"), "x", true, false, -1L, -1};
    Object value = compile(sql).eval(row, Runs.execution());
    assertThat(String.valueOf(value)).as(sql).isEqualTo(expected);
  }

  @Test
  void commonExpressionsNeverFallBack() throws Exception {
    RexCompiler compiler =
        new RexCompiler(
            kit.rexBuilder,
            (call, operands) -> {
              throw new AssertionError("falls back: " + call);
            });
    for (String sql :
        List.of(
            "i + l * 2 - d / 3",
            "CASE WHEN i > 1 THEN s ELSE 'x' END",
            "CAST(s AS TIMESTAMP) < CURRENT_TIMESTAMP - INTERVAL '7' DAY",
            "EXTRACT(MONTH FROM ts)",
            "FLOOR(ts TO WEEK)",
            "TIMESTAMPDIFF(MINUTE, ts, CURRENT_TIMESTAMP)",
            "TIMESTAMPADD(MONTH, i, ts)",
            "JSON_VALUE(s, '$.a')",
            "JSON_VALUE(s, '$.a' RETURNING INTEGER)",
            "JSON_QUERY(s, '$.a')",
            "JSON_EXISTS(s, '$.a')",
            "JSON_OBJECT('a': i)",
            "s IS JSON OBJECT",
            "SUBSTRING(TRIM(LOWER(s)) FROM 2 FOR 3) || 'x'",
            "POSITION('a' IN s)",
            "LEFT(s, 3)",
            "ROUND(d, 2) + SQRT(ABS(i)) + POWER(d, 2) + LN(d)",
            "i IN (1, 2, 3) OR s NOT IN ('a', 'b') OR l BETWEEN 1 AND 5",
            "i IS NOT DISTINCT FROM l",
            "COALESCE(s, CAST(e AS VARCHAR), CAST(dt AS VARCHAR))",
            "ARRAY[i, 2][1] + CARDINALITY(ARRAY[1, 2])",
            "GREATEST(i, 3) + LEAST(i, 4)",
            "MOD(i, 3) + CEIL(d)",
            "i = 3 OR 3 < i OR s = 'x' OR d <> 1.5 OR e > 1.5 OR ts >= TIMESTAMP '2024-01-02 03:04:05'",
            "FLOOR(dt TO MONTH) = CEIL(dt TO YEAR)",
            "CEIL(ts TO HOUR)",
            "EXTRACT(SECOND FROM dt) + EXTRACT(SECOND FROM ts)",
            "CAST(d AS VARCHAR) || CAST(b AS VARCHAR) || CAST(i AS VARCHAR)")) {
      assertThat(compiler.compile(kit.expression(sql, "t"))).as(sql).isNotNull();
    }
  }

  @Test
  void searchTreatsNullAsItSays() throws Exception {
    assertThat(eval("i IN (1, 5) OR i IS NULL", (Object) null)).isEqualTo(true);
    assertThat(eval("i IN (1, 5) AND i IS NOT NULL", (Object) null)).isEqualTo(false);
    assertThat(eval("i IN (1, 5, 9)", (Object) null)).isNull();
    assertThat(eval("s NOT IN ('a', 'b', 'c')", text("d"))).isEqualTo(true);
    assertThat(eval("(d > 1 AND d <= 3) OR d = 7", 0, 0L, 3.0)).isEqualTo(true);
    assertThat(eval("(d > 1 AND d <= 3) OR d = 7", 0, 0L, 1.0)).isEqualTo(false);
  }

  @Test
  void subQueriesAndWindowFunctionsAreNotSupported() {
    RexNode over =
        kit.rexBuilder.makeOver(
            kit.types.createSqlType(SqlTypeName.BIGINT),
            SqlStdOperatorTable.ROW_NUMBER,
            List.of(),
            List.of(),
            com.google.common.collect.ImmutableList.of(),
            org.apache.calcite.rex.RexWindowBounds.UNBOUNDED_PRECEDING,
            org.apache.calcite.rex.RexWindowBounds.CURRENT_ROW,
            true,
            true,
            false,
            false,
            false);
    RexCompiler compiler = new RexCompiler(kit.rexBuilder);
    assertThat(compiler.supports(over)).isFalse();
    assertThatThrownBy(() -> compiler.compile(over))
        .isInstanceOfSatisfying(
            TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED));
  }
}
