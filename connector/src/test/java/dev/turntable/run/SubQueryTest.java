package dev.turntable.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.MemoryAccount;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What sub-queries keep of one run for another. */
final class SubQueryTest {
  private static final String VARIABLE = "$cor0";

  private final Execution execution =
      new Execution(
          new ConnectionScope(ConnectionLimits.DEFAULT).statement("", Duration.ZERO),
          List.of(),
          Instant.EPOCH);

  /** For each run the outer value, and the values that were announced with it. */
  private final List<List<Object>> runs = new ArrayList<>();

  private RowNode inner() {
    return opened -> {
      OuterRow outer = opened.outerRow(VARIABLE);
      Object value = opened.correlated(VARIABLE)[0];
      List<Object> run = new ArrayList<>();
      run.add(String.valueOf(value));
      outer.batch().forEach(tuple -> run.add(String.valueOf(tuple[0])));
      runs.add(run);
      return EmptyOperator.INSTANCE;
    };
  }

  private static RowNode rows(@Nullable Object... values) {
    return new ValuesNode(
        Arrays.stream(values).map(value -> new @Nullable Object[] {value}).toList());
  }

  /** An answer of so many rows. */
  private static SubQueryColumn.Value<Boolean> sized(long rows) {
    return new SubQueryColumn.Value<>() {
      @Override
      public Boolean read(Operator run, Execution opened) {
        return run.next() != null;
      }

      @Override
      public long size(Boolean answer) {
        return rows;
      }

      @Override
      public Object of(Boolean answer, @Nullable Object[] outerRow, Execution opened) {
        return answer;
      }
    };
  }

  private void run(RowNode outer, boolean repeats, long size, int firstBatch) {
    SubQuery subQuery =
        new SubQuery(
            inner(),
            new SubQuery.OuterColumns(VARIABLE, List.of(0), List.of()),
            repeats,
            List.of(),
            false);
    Operator operator =
        new SubQueryColumn<>(outer, subQuery, sized(size), firstBatch).open(execution);
    while (operator.next() != null) {
      execution.scope().ensureOpen();
    }
    operator.close();
  }

  @Test
  void runsOncePerValueAsItIsWritten() {
    run(
        rows(new BigDecimal("1.0"), new BigDecimal("1.00"), new BigDecimal("1.0"), 0.0, -0.0, 0.0),
        true,
        0,
        1);
    assertThat(runs).extracting(run -> run.get(0)).containsExactly("1.0", "1.00", "0.0", "-0.0");
    runs.clear();
    run(rows("a", "a ", null, "a", null), true, 0, 1);
    assertThat(runs).extracting(run -> run.get(0)).containsExactly("a", "a ", "null");
  }

  @Test
  void runsOncePerRowWhereItMayDiffer() {
    run(rows("a", "a", "b", "a"), false, 0, 1);
    assertThat(runs).extracting(run -> run.get(0)).containsExactly("a", "a", "b", "a");
  }

  @Test
  void announcesGrowingBatches() {
    run(rows("a", "b", "a", "c", "d", "e"), true, 0, 2);
    assertThat(runs)
        .containsExactly(
            List.of("a", "a", "b"),
            List.of("b", "a", "b"),
            List.of("c", "c", "d", "e"),
            List.of("d", "c", "d", "e"),
            List.of("e", "c", "d", "e"));
  }

  /** An answer that was there when its batch was announced may be gone when its turn comes. */
  @Test
  void announcesWhatHasBeenGivenUpAgain() {
    run(rows("a", "b", "c", "b", "d", "b"), true, SubQueryAnswers.mostBytes() - 1024, 2);
    assertThat(runs).allSatisfy(run -> assertThat(run.subList(1, run.size())).contains(run.get(0)));
    assertThat(runs).extracting(run -> run.get(0)).containsExactly("a", "b", "c", "b", "d", "b");
  }

  /** What is kept is bounded and counted, and given back. */
  @Test
  void keepsNoMoreThanItMay() {
    MemoryAccount memory = execution.scope().memory();
    long before = memory.held();
    SubQueryAnswers<String> answers = new SubQueryAnswers<>(execution, 10_000);
    for (int i = 0; i < 3; i++) {
      answers.put(new Tuple(new Object[] {i}), "answer", 4_500);
    }
    assertThat(answers.has(new Tuple(new Object[] {0}))).isFalse();
    assertThat(answers.has(new Tuple(new Object[] {1}))).isTrue();
    assertThat(answers.get(new Tuple(new Object[] {2}))).isEqualTo("answer");
    answers.put(new Tuple(new Object[] {3}), "too large", 10_000);
    assertThat(answers.has(new Tuple(new Object[] {3}))).isFalse();
    assertThat(memory.held() - before).isBetween(9_000L, 10_000L);
    answers.close();
    assertThat(memory.held()).isEqualTo(before);
  }
}
