package dev.turntable.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.run.Execution;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Aggregates that DuckDB does not have, or has otherwise. */
class AggregatesTest {
  private static final Map<String, List<Object[]>> ROWS =
      Map.of(
          "t",
          Arrays.asList(
              new Object[] {1, "a", 10L, new BigDecimal("1.50")},
              new Object[] {2, "b", null, new BigDecimal("2.25")},
              new Object[] {3, "b", 30L, null},
              new Object[] {4, null, 20L, new BigDecimal("-1.00")}),
          "big",
          Arrays.asList(new Object[] {Long.MAX_VALUE}, new Object[] {5L}, new Object[] {-6L}));

  private static SqlKit kit;

  @BeforeAll
  static void tables() throws Exception {
    kit = new SqlKit(RelDataTypeSystem.DEFAULT);
    kit.table("t", "i INTEGER", "s VARCHAR", "l BIGINT", "e DECIMAL(6, 2)");
    kit.table("big", "l BIGINT");
  }

  private static List<Object> row(String sql) throws Exception {
    RelNode plan = kit.plan(sql);
    Execution execution = Runs.execution();
    List<Object[]> rows = new MiniEngine(kit.rexBuilder, ROWS).run(plan, execution);
    assertThat(rows).as(plan.explain()).hasSize(1);
    return Arrays.asList(rows.get(0));
  }

  @Test
  void jsonAggregatesKeepOrderAndTreatNullAsAsked() throws Exception {
    assertThat(
            row(
                """
                SELECT JSON_ARRAYAGG(s NULL ON NULL), JSON_ARRAYAGG(l ORDER BY i DESC),
                  JSON_OBJECTAGG(CAST(i AS VARCHAR): l ABSENT ON NULL) FROM t"""))
        .containsExactly("[\"a\",\"b\",\"b\",null]", "[20,30,10]", "{\"1\":10,\"3\":30,\"4\":20}");
    assertThatThrownBy(() -> row("SELECT JSON_OBJECTAGG(s: i) FROM t"))
        .isInstanceOf(TurntableException.class)
        .hasMessageContaining("JSON_OBJECTAGG");
  }

  @Test
  void picksValues() throws Exception {
    assertThat(row("SELECT ARG_MAX(s, l), ARG_MIN(i, e), MODE(s), ANY_VALUE(l) FROM t"))
        .containsExactly("b", 4, "b", 10L);
    assertThat(row("SELECT ANY_VALUE(l), MODE(s), ARG_MAX(s, l) FROM t WHERE i > 9"))
        .containsExactly(null, null, null);
  }

  @Test
  void averageHasTheTypeThatTheTypeSystemSays() throws Exception {
    assertThat(row("SELECT AVG(i), AVG(e), AVG(l) FROM t"))
        .containsExactly(2, new BigDecimal("0.91"), 20L);
  }

  @Test
  void arraysHoldNullsUnlessIgnored() throws Exception {
    assertThat(row("SELECT ARRAY_AGG(l ORDER BY i), ARRAY_AGG(l) IGNORE NULLS, COLLECT(s) FROM t"))
        .containsExactly(
            Arrays.asList(10L, null, 30L, 20L),
            List.of(10L, 30L, 20L),
            Arrays.asList("a", "b", "b", null));
  }

  @Test
  void sumsAreExactUntilTheEnd() throws Exception {
    assertThat(row("SELECT SUM(l) FROM big")).containsExactly(Long.MAX_VALUE - 1);
    assertThatThrownBy(() -> row("SELECT SUM(l) FROM big WHERE l > 0"))
        .isInstanceOfSatisfying(
            TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.OUT_OF_RANGE));
  }

  @Test
  void aSubQueryThatStandsForAValueMayGiveOneRowOnly() {
    assertThatThrownBy(() -> row("SELECT (SELECT s FROM t) FROM big WHERE l = 5"))
        .isInstanceOf(TurntableException.class)
        .hasMessageContaining("two rows");
  }

  @Test
  void listaggDefaultsToCommasAndSkipsNulls() throws Exception {
    assertThat(
            row(
                "SELECT LISTAGG(s), LISTAGG(DISTINCT s, ';') WITHIN GROUP (ORDER BY s DESC) FROM t"))
        .containsExactly("a,b,b", "b;a");
  }

  @Test
  void saysWhatItDoesNotKnow() throws Exception {
    assertThat(supports("SELECT COUNT(*), SUM(l) FROM t")).isTrue();
    assertThat(supports("SELECT FUSION(m) FROM (SELECT COLLECT(s) AS m FROM t) q")).isFalse();
  }

  private static boolean supports(String sql) throws Exception {
    RelNode plan = kit.plan(sql);
    while (!(plan instanceof Aggregate)) {
      plan = plan.getInput(0);
    }
    return Aggregates.supports((Aggregate) plan);
  }
}
