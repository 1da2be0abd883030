package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.source.ColumnFilter.OneOf;
import dev.turntable.source.ColumnFilter.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a path is asked: every part stays as it was given, and is found again. */
class ScanRequestTest {
  private static final ScanRequest REQUEST =
      ScanRequest.all(Set.of("id", "status"))
          .withKeys(List.of(List.of("a"), List.of("b")))
          .withLimit(OptionalLong.of(5))
          .withOrdered(true)
          .withKeysFollowing(true);

  private static ScanRequest with(String column, ColumnFilter filter) {
    return REQUEST.withFilters(Map.of(column, filter));
  }

  @Test
  void keepsWhatItIsTold() {
    ScanRequest request = REQUEST.withFilters(Map.of("status", new OneOf(List.of("error"))));
    assertThat(request)
        .isEqualTo(
            new ScanRequest(
                Set.of("id", "status"),
                List.of(List.of("a"), List.of("b")),
                Map.of("status", new OneOf(List.of("error"))),
                OptionalLong.of(5),
                true,
                true));
    assertThat(request.withColumns(Set.of("id")).columns()).containsExactly("id");
    assertThat(request.withOrdered(false).ordered()).isFalse();
    assertThat(request.withKeysFollowing(false).keysFollow()).isFalse();
  }

  /** An equality has one value; a choice, a range and nothing have none. */
  @Test
  void onlyAnEqualityHasAValue() {
    assertThat(with("status", new OneOf(List.of("error"))).equalTo("status")).isEqualTo("error");
    assertThat(with("status", new OneOf(List.of("error"))).equalTo("id")).isNull();
    assertThat(with("status", new OneOf(List.of("a", "b"))).equalTo("status")).isNull();
    assertThat(with("status", new OneOf(List.of())).equalTo("status")).isNull();
    assertThat(with("n", new Range(1L, true, 1L, true)).equalTo("n")).isNull();
  }

  @Test
  void aFilterIsFoundByItsColumn() {
    Range range = new Range(null, false, 7L, true);
    assertThat(with("n", range).filter("n")).isEqualTo(range);
    assertThat(with("n", range).filter("m")).isNull();
    assertThatThrownBy(() -> new Range(null, true, null, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The order of the statement, not one that changes from run to run. */
  @Test
  void filtersKeepTheirOrder() {
    Map<String, ColumnFilter> filters = new LinkedHashMap<>();
    for (String column : List.of("z", "a", "m", "b")) {
      filters.put(column, new OneOf(List.of(column)));
    }
    assertThat(REQUEST.withFilters(filters).filters().keySet()).containsExactly("z", "a", "m", "b");
  }
}
