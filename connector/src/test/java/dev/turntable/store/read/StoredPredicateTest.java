package dev.turntable.store.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.Column;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.ColumnType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which predicates are handed to DuckDB, and how they are written. */
final class StoredPredicateTest {
  private static final Instant NOON = Instant.parse("2026-05-11T12:00:00Z");

  private static StoredPredicate of(ColumnType type, ColumnFilter filter) {
    return StoredPredicate.of(Column.of("c", type, row -> null), filter);
  }

  private static StoredPredicate oneOf(ColumnType type, Object... values) {
    return of(type, new ColumnFilter.OneOf(List.of(values)));
  }

  private static ColumnFilter range(Object lower, boolean fromIt, Object upper, boolean upToIt) {
    return new ColumnFilter.Range(lower, fromIt, upper, upToIt);
  }

  @Test
  void equality() {
    assertThat(oneOf(ColumnType.VARCHAR, "it's"))
        .isEqualTo(new StoredPredicate("t.\"c\" IN ('it''s')", "c = 'it''s'"));
    assertThat(oneOf(ColumnType.BIGINT, 7L, 8L))
        .isEqualTo(new StoredPredicate("t.\"c\" IN (7, 8)", "c IN (7, 8)"));
    assertThat(oneOf(ColumnType.BOOLEAN, true).sql()).isEqualTo("t.\"c\" IN (true)");
    assertThat(oneOf(ColumnType.INTEGER, 7).sql()).isEqualTo("t.\"c\" IN (7)");
  }

  /** What DuckDB compares otherwise is checked here. */
  @ParameterizedTest
  @EnumSource(names = {"JSON", "DOUBLE", "DECIMAL", "TIMESTAMP"})
  void equalityOfOtherTypes(ColumnType type) {
    assertThat(oneOf(type, "x")).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "DOUBLE", "DECIMAL", "VARCHAR", "BOOLEAN"})
  void orderOfOtherTypes(ColumnType type) {
    assertThat(of(type, range("x", true, null, false))).isNull();
  }

  @Test
  void longLists() {
    List<Object> most = new ArrayList<>();
    for (long i = 0; i < 1_000; i++) {
      most.add(i);
    }
    assertThat(of(ColumnType.BIGINT, new ColumnFilter.OneOf(most)).words())
        .isEqualTo("c IN (1000 values)");
    assertThat(of(ColumnType.BIGINT, new ColumnFilter.OneOf(most.subList(0, 11))).words())
        .isEqualTo("c IN (11 values)");
    assertThat(of(ColumnType.BIGINT, new ColumnFilter.OneOf(most.subList(0, 10))).words())
        .isEqualTo("c IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9)");
    most.add(-1L);
    assertThat(of(ColumnType.BIGINT, new ColumnFilter.OneOf(most))).isNull();
  }

  /** DuckDB cannot hold it, so no row has it. */
  @Test
  void halvesOfCharacters() {
    assertThat(oneOf(ColumnType.VARCHAR, "half \ud83d").sql()).isEqualTo("FALSE");
    assertThat(oneOf(ColumnType.VARCHAR, "half \ud83d", "whole").sql())
        .isEqualTo("t.\"c\" IN ('whole')");
  }

  @Test
  void ranges() {
    assertThat(of(ColumnType.BIGINT, range(7L, true, 9L, false)))
        .isEqualTo(new StoredPredicate("t.\"c\" >= 7 AND t.\"c\" < 9", "c >= 7 AND c < 9"));
    assertThat(of(ColumnType.INTEGER, range(7, false, null, false)).sql()).isEqualTo("t.\"c\" > 7");
    assertThat(of(ColumnType.INTEGER, range(null, false, 9, true)).words()).isEqualTo("c <= 9");
  }

  @Test
  void times() {
    assertThat(of(ColumnType.TIMESTAMP, range(NOON, true, null, false)))
        .isEqualTo(
            new StoredPredicate(
                "t.\"c\" >= make_timestamp(1778500800000000)", "c >= '2026-05-11T12:00:00Z'"));
  }

  /** No row is of a time that DuckDB does not have. */
  @Test
  void timesBeforeAndAfterAll() {
    assertThat(of(ColumnType.TIMESTAMP, range(Instant.MIN, true, Instant.MAX, true)).sql())
        .isEqualTo(
            "t.\"c\" >= make_timestamp(-62135596800000000) AND t.\"c\" <="
                + " make_timestamp(253370764800000000)");
  }
}
