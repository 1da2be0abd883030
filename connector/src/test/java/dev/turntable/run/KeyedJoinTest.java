package dev.turntable.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.eval.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the right side is read by keys, when as a whole, and what is kept of the left. */
final class KeyedJoinTest {
  private static final int SLOT = 3;
  private static final Scalar FIRST = (row, execution) -> row[0];

  private final Execution execution = Runs.execution();
  private final List<Integer> batches = new ArrayList<>();
  private int whole;

  /** The left side: one column, whose values are the given ones. */
  private static RowNode left(LongStream values) {
    return new ValuesNode(values.mapToObj(value -> new Object[] {value}).toList());
  }

  /** The right side by keys: a row for each. */
  private final RowNode byKeys =
      current -> {
        List<Object> keys = current.boundKeys(SLOT);
        batches.add(keys.size());
        return new ValuesNode(keys.stream().map(key -> new Object[] {key}).toList()).open(current);
      };

  /** The right side as a whole: rows 0 to 9999. */
  private final RowNode full =
      current -> {
        assertThat(current.boundKeys(SLOT)).isNull();
        whole++;
        return left(LongStream.range(0, 10_000)).open(current);
      };

  private KeyedJoin join(
      RowNode left, boolean orWhole, double expectedKeys, double fullRequests, double perKey) {
    return join(left, orWhole, expectedKeys, fullRequests, perKey, KeyedJoin.BATCH);
  }

  private KeyedJoin join(
      RowNode left,
      boolean orWhole,
      double expectedKeys,
      double fullRequests,
      double perKey,
      int mostKeys) {
    JoinKeys keys = new JoinKeys(List.of(FIRST), List.of(FIRST), List.of(false));
    return new KeyedJoin(
        left,
        current -> (current.boundKeys(SLOT) == null ? full : byKeys).open(current),
        List.of(new KeyedJoin.Key(0, SLOT)),
        (one, other) ->
            new HashJoin(JoinType.INNER, one, other, new JoinCondition(keys, null), 1, 1),
        orWhole ? new KeysOrWhole(fullRequests, perKey, expectedKeys) : KeysOrWhole.BY_KEYS,
        new KeyedJoin.Batches(KeyedJoin.FIRST_BATCH, mostKeys));
  }

  private long rows(RowNode join) {
    long rows = 0;
    try (Operator operator = join.open(execution)) {
      while (operator.next() != null) {
        rows++;
      }
    }
    return rows;
  }

  @Test
  void whereKeysAreLookedUpTogetherBatchesGrowFast() {
    RowNode join = join(left(LongStream.range(0, 50_000)), false, 0, 0, 1, KeyedJoin.LOOKED_UP);
    assertThat(rows(join)).isEqualTo(50_000);
    assertThat(batches).containsExactly(8, 128, 2_048, 8_192, 8_192, 8_192, 8_192, 8_192, 6_856);
  }

  @Test
  void batchesGrowFromEightTo64Keys() {
    assertThat(rows(join(left(LongStream.range(0, 300)), false, 0, 0, 1))).isEqualTo(300);
    assertThat(batches).containsExactly(8, 16, 32, 64, 64, 64, 52);
  }

  @Test
  void keysThatAreEqualCountOnce() {
    assertThat(rows(join(left(LongStream.range(0, 40).map(i -> i / 5)), false, 0, 0, 1)))
        .isEqualTo(40);
    assertThat(batches.get(0)).isEqualTo(8);
    assertThat(batches.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(9);
  }

  /**
   * The whole costs ten requests. Of a left side that has ended the number of keys is known; of one
   * that goes on, as many keys again are to be expected.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 1, false",
    "5, 1, false",
    "10, 1, false",
    "11, 1, true",
    "12, 1, true",
    "200, 1, true",
    "5, 2, false",
    "6, 2, true",
    "20, 0.5, false",
    "21, 0.5, true",
  })
  void whatTakesFewerRequestsIsChosen(int keys, double perKey, boolean asAWhole) {
    assertThat(rows(join(left(LongStream.range(0, keys)), true, 0, 10, perKey))).isEqualTo(keys);
    assertThat(whole).isEqualTo(asAWhole ? 1 : 0);
    assertThat(batches.isEmpty()).isEqualTo(asAWhole);
  }

  /** A thousand rows of one key tell little; what the planner reckons with then counts. */
  @ParameterizedTest
  @CsvSource({"0, false", "10, false", "11, true", "5000, true"})
  void whereTheLeftGoesOnTheReckonedKeysCount(double expectedKeys, boolean asAWhole) {
    RowNode left = left(LongStream.concat(LongStream.generate(() -> 7).limit(3000), range()));
    assertThat(rows(join(left, true, expectedKeys, 10, 1))).isEqualTo(3005);
    assertThat(whole).isEqualTo(asAWhole ? 1 : 0);
  }

  private static LongStream range() {
    return LongStream.range(100, 105);
  }

  /** Six distinct keys, and more to come: at least twelve are to be expected. */
  @Test
  void asManyKeysAgainAreExpected() {
    RowNode left = left(LongStream.concat(LongStream.range(0, 3000).map(i -> i % 6), range()));
    rows(join(left, true, 0, 10, 1));
    assertThat(whole).isEqualTo(1);
  }

  /** A batch is kept only as long as it is joined: else a long left side would end with 54000. */
  @Test
  void aBatchIsReleasedWhenItIsDone() {
    long ofThree = mostHeld(3_000);
    assertThat(ofThree).isPositive();
    assertThat(mostHeld(30_000)).isLessThan(2 * ofThree);
    assertThat(held()).isZero();
  }

  private long mostHeld(int rows) {
    long most = 0;
    try (Operator operator =
        join(left(LongStream.range(0, rows)), false, 0, 0, 1).open(execution)) {
      while (operator.next() != null) {
        most = Math.max(most, held());
      }
    }
    return most;
  }

  private long held() {
    return execution.scope().memory().held();
  }

  @Test
  void soIsOneThatIsLeft() {
    for (int round = 0; round < 20; round++) {
      try (Operator operator =
          join(left(LongStream.range(0, 3000)), false, 0, 0, 1).open(execution)) {
        assertThat(operator.next()).isNotNull();
      }
      assertThat(held()).isZero();
    }
  }
}
