package dev.turntable.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.eval.Runs;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.MemoryAccount;
import dev.turntable.source.MemoryBudget;
import dev.turntable.source.TurntableException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When operators read, stop and close their inputs; what rows come out is tested on DuckDB. */
class OperatorsTest {
  private final Execution execution = Runs.execution();
  private final List<String> events = new ArrayList<>();

  /** Rows 0, 1, 2, ..., each pull, open and close on record. */
  private RowNode source(String name, long rows) {
    return e -> {
      events.add("open " + name);
      return new Operator() {
        private long next;

        @Override
        public Object[] next() {
          if (rows < 100) {
            events.add("pull " + name);
          }
          return next < rows ? new Object[] {next++} : null;
        }

        @Override
        public void close() {
          events.add("close " + name);
        }
      };
    };
  }

  private List<Object> run(RowNode node) {
    List<Object> values = new ArrayList<>();
    try (Operator operator = node.open(execution)) {
      for (Object[] row = operator.next(); row != null; row = operator.next()) {
        values.add(row[0]);
      }
    }
    return values;
  }

  private static Scalar value(Object value) {
    return (row, execution) -> value;
  }

  private static final Scalar FIRST = (row, execution) -> row[0];
  private static final Comparator<Object[]> ORDER =
      (a, b) -> Long.compare((long) a[0], (long) b[0]);

  @Test
  void limitPullsNoMoreThanItReturns() {
    assertThat(run(new LimitNode(source("a", 9), value(1), value(2)))).containsExactly(1L, 2L);
    assertThat(events).filteredOn("pull a"::equals).hasSize(3);
    assertThat(events.indexOf("close a")).isEqualTo(4);
  }

  @Test
  void whatSeveralInputsHaveInCommonOrNot() {
    List<RowNode> inputs = List.of(source("a", 9), source("b", 5), source("c", 7));
    for (boolean all : new boolean[] {true, false}) {
      assertThat(run(new SetOperation(SetOperation.Kind.INTERSECT, all, inputs)))
          .containsExactly(0L, 1L, 2L, 3L, 4L);
      assertThat(run(new SetOperation(SetOperation.Kind.EXCEPT, all, inputs)))
          .containsExactly(7L, 8L);
    }
    RowNode twice = new UnionAll(List.of(source("a", 2), source("a", 2)));
    assertThat(
            run(
                new SetOperation(
                    SetOperation.Kind.INTERSECT, true, List.of(twice, source("b", 2), twice))))
        .containsExactly(0L, 1L);
    assertThat(
            run(new SetOperation(SetOperation.Kind.INTERSECT, true, List.of(twice, twice, twice))))
        .containsExactly(0L, 1L, 0L, 1L);
  }

  @Test
  void limitZeroPullsNothing() {
    assertThat(run(new LimitNode(source("a", 9), null, value(0)))).isEmpty();
    assertThat(run(new TopN(source("b", 9), ORDER, null, value(0)))).isEmpty();
    assertThat(events).doesNotContain("pull a", "pull b");
  }

  @Test
  void limitMayNotBeNegativeOrNull() {
    for (Object bound : new Object[] {-1, null, "x"}) {
      assertThatThrownBy(() -> run(new LimitNode(source("a", 9), null, value(bound))))
          .isInstanceOfSatisfying(
              TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BAD_VALUE))
          .hasMessageContaining("FETCH");
    }
  }

  @Test
  void unionAllOpensAnInputWhenTheOneBeforeHasEnded() {
    RowNode union = new UnionAll(List.of(source("a", 2), source("b", 2)));
    try (Operator operator = union.open(execution)) {
      operator.next();
      operator.next();
      assertThat(events).doesNotContain("open b");
      operator.next();
    }
    assertThat(events).containsSubsequence("close a", "open b", "close b");
  }

  @Test
  void joinsDoNotTouchTheProbeSideWhenNothingCanMatch() {
    RowNode join = join(JoinType.INNER, source("probe", 5), new ValuesNode(List.of()), null);
    assertThat(run(join)).isEmpty();
    assertThat(run(join(JoinType.SEMI, source("probe", 5), new ValuesNode(List.of()), null)))
        .isEmpty();
    assertThat(events).doesNotContain("pull probe").contains("close probe");
    assertThat(run(join(JoinType.ANTI, source("probe", 2), new ValuesNode(List.of()), null)))
        .containsExactly(0L, 1L);
  }

  private static HashJoin join(JoinType type, RowNode left, RowNode right, Scalar residual) {
    JoinKeys keys = new JoinKeys(List.of(FIRST), List.of(FIRST), List.of(false));
    return new HashJoin(type, left, right, new JoinCondition(keys, residual), 1, 1);
  }

  @Test
  void innerJoinsStreamTheProbeSide() {
    RowNode join = join(JoinType.INNER, source("probe", 50), source("build", 3), null);
    try (Operator operator = join.open(execution)) {
      operator.next();
      assertThat(events).filteredOn("pull probe"::equals).hasSize(1);
    }
  }

  @Test
  void nullsMatchOnlyWhereTheKeySaysSo() {
    List<Object[]> rows = List.of(new Object[] {null}, new Object[] {1L});
    for (boolean nullSafe : new boolean[] {false, true}) {
      JoinKeys keys = new JoinKeys(List.of(FIRST), List.of(FIRST), List.of(nullSafe));
      RowNode join =
          new HashJoin(
              JoinType.INNER,
              new ValuesNode(rows),
              new ValuesNode(rows),
              new JoinCondition(keys, null),
              1,
              1);
      assertThat(run(join)).hasSize(nullSafe ? 2 : 1);
    }
  }

  @Test
  void distinctStreamsAndGroupsWithoutFunctionsToo() {
    for (RowNode node :
        List.of(
            new Distinct(source("a", 9)),
            new HashAggregate(source("a", 9), List.of(0), List.of(Set.of(0)), List.of()))) {
      events.clear();
      try (Operator operator = node.open(execution)) {
        operator.next();
      }
      assertThat(events).filteredOn("pull a"::equals).hasSize(1);
    }
  }

  @Test
  void topNKeepsTheFirstOfEqualRows() {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(new Object[] {(long) i, i % 3});
    }
    Comparator<Object[]> order = (a, b) -> Integer.compare((int) a[1], (int) b[1]);
    assertThat(run(new TopN(new ValuesNode(rows), order, value(1), value(3))))
        .containsExactly(3L, 6L, 9L);
    assertThat(run(new SortNode(new ValuesNode(rows), order))).startsWith(0L, 3L, 6L, 9L);
  }

  @Test
  void keepingTooManyRowsIsAnErrorAndClosingReleasesThem() {
    try (MemoryAccount others = MemoryBudget.shared().open()) {
      others.takeAnyway(MemoryBudget.shared().size() - (1 << 20));
      assertThatThrownBy(() -> run(new SortNode(source("a", 1_000_000), ORDER)))
          .isInstanceOfSatisfying(
              TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TOO_LARGE))
          .hasMessageContaining("ORDER BY")
          .hasMessageContaining("MiB")
          .hasMessageContaining("-Xmx");
    }
    assertThat(events).contains("close a");
    assertThat(run(new SortNode(source("b", 5000), ORDER))).hasSize(5000);
    assertThat(run(new TopN(source("c", 100_000), ORDER, null, value(2)))).hasSize(2);
  }

  @Test
  void longLoopsEndWhenTheStatementIsCancelled() {
    RowNode endless = source("a", Long.MAX_VALUE);
    RowNode cancelling =
        new FilterNode(
            endless,
            (row, e) -> {
              if ((long) row[0] == 100_000) {
                e.scope().cancel();
              }
              return true;
            });
    RowNode count = new HashAggregate(cancelling, List.of(), List.of(Set.of()), List.of());
    assertThatThrownBy(() -> run(count))
        .isInstanceOfSatisfying(
            TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
    assertThat(events).contains("close a");
  }

  @Test
  void keysAreEqualByValue() {
    assertThat(key(1)).isEqualTo(key(1L)).isEqualTo(key(new BigDecimal("1.00")));
    assertThat(key(1)).isEqualTo(key(1.0)).hasSameHashCodeAs(key((short) 1));
    assertThat(key(0.0)).isEqualTo(key(-0.0));
    assertThat(key(Double.NaN)).isEqualTo(key(Double.NaN));
    assertThat(key(new BigDecimal("1E+30"))).isEqualTo(key(new BigDecimal("1" + "0".repeat(30))));
    assertThat(key((Object) null)).isEqualTo(key((Object) null)).isNotEqualTo(key(""));
    assertThat(key(List.of(1, 2))).isEqualTo(key(List.of(1L, 2L)));
    assertThat(key("a ")).isNotEqualTo(key("a"));
    assertThat(key(new BigDecimal("0.5"))).isNotEqualTo(key(new BigDecimal("0.6")));
  }

  private static Key key(Object... values) {
    return Key.of(values);
  }

  @Test
  void unnestSpreadsRowsAndNumbersElements() {
    List<Object[]> rows =
        List.of(
            new Object[] {List.of(List.of("a", 1), List.of("b", 2))},
            new Object[] {null},
            new Object[] {List.of()});
    List<List<Object>> result = new ArrayList<>();
    try (Operator operator = new Unnest(new ValuesNode(rows), 0, 2, true).open(execution)) {
      for (Object[] row = operator.next(); row != null; row = operator.next()) {
        result.add(List.of(row));
      }
    }
    assertThat(result).containsExactly(List.of("a", 1, 1), List.of("b", 2, 2));
  }
}
