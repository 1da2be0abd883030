package dev.turntable.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which runs a window takes, whatever its list returns. */
final class TimeWindowTest {
  private static final Instant FROM = Instant.parse("2026-05-01T10:00:00Z");
  private static final Instant UNTIL = Instant.parse("2026-05-01T11:00:00Z");

  private static TimeWindow window(@Nullable Instant until) {
    return new TimeWindow(FROM, until, PagedList.MAX_PAGE);
  }

  private static Run at(Instant created) {
    return WindowedScan.run(created.toString(), created);
  }

  /** Two windows that meet share no run, and lose none. */
  @Test
  void theFirstMomentBelongsToItAndTheLastToTheNext() {
    Run before = at(FROM.minusNanos(1000));
    Run first = at(FROM);
    Run last = at(UNTIL.minusNanos(1000));
    Run next = at(UNTIL);
    TimeWindow window = window(UNTIL);
    assertThat(window.take(List.of(next, last, first, before))).containsExactly(last, first);
    assertThat(window.given()).containsExactlyInAnyOrder(last.id(), first.id());
    TimeWindow open = window(null);
    assertThat(open.take(List.of(next, last, first, before))).containsExactly(next, last, first);
  }

  /** A service may round; more than a second beyond what was asked for shows that it cares for no date. */
  @ParameterizedTest
  @CsvSource({
    "2026-05-01T10:30:00Z, false",
    "2026-05-01T09:59:59Z, false",
    "2026-05-01T09:59:58.999999Z, true",
    "2026-05-01T11:00:01Z, false",
    "2026-05-01T11:00:01.000001Z, true",
  })
  void whatLiesMoreThanASecondOutsideWasNotAskedFor(Instant created, boolean beyond) {
    TimeWindow window = window(UNTIL);
    window.take(List.of(at(created)));
    assertThat(window.isBeyond()).isEqualTo(beyond);
    window.take(List.of());
    assertThat(window.isBeyond()).isEqualTo(beyond);
  }

  /** What a list gave is kept in mind only as long as the list may be given up. */
  @Test
  void aLongListForgetsWhatItGave() {
    TimeWindow window = window(null);
    for (int page = 1; page <= TimeWindow.MOST_GIVEN_UP; page++) {
      window.take(List.of(at(FROM.plusSeconds(page))));
    }
    assertThat(window.given()).hasSize(TimeWindow.MOST_GIVEN_UP);
    assertThat(window.times()).hasSize(TimeWindow.MOST_GIVEN_UP);
    Instant late = FROM.plusSeconds(100);
    assertThat(window.take(List.of(at(late)))).hasSize(1);
    assertThat(window.given()).isEmpty();
    assertThat(window.times()).isEmpty();
    assertThat(window.pages()).isEqualTo(TimeWindow.MOST_GIVEN_UP + 1);
    window.take(List.of());
    assertThat(window.lastPage()).as("the last that had rows").containsExactly(late);
  }
}
