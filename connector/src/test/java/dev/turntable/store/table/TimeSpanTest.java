package dev.turntable.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.ColumnFilter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spans of time: what predicates cover, what is common, and what is left. */
final class TimeSpanTest {
  private static final Instant BEGIN = TimeSpan.ALL.from();
  private static final Instant END = TimeSpan.ALL.to();

  private static Instant at(int minute) {
    return Instant.parse("2026-05-11T09:00:00Z").plusSeconds(60L * minute);
  }

  private static TimeSpan span(int from, int to) {
    return new TimeSpan(at(from), at(to));
  }

  private static ColumnFilter range(Instant from, Instant to, boolean upToIt) {
    return new ColumnFilter.Range(from, true, to, upToIt);
  }

  /** Times are of milliseconds: up to one and with it is up to the next. */
  @Test
  void ofPredicates() {
    assertThat(TimeSpan.of(null)).isEqualTo(TimeSpan.ALL);
    assertThat(TimeSpan.of(new ColumnFilter.OneOf(List.of(at(0))))).isEqualTo(TimeSpan.ALL);
    assertThat(TimeSpan.of(range(at(1), at(2), false))).isEqualTo(span(1, 2));
    assertThat(TimeSpan.of(range(at(1), at(2), true)))
        .isEqualTo(new TimeSpan(at(1), at(2).plusMillis(1)));
    assertThat(TimeSpan.of(range(at(1), null, true))).isEqualTo(new TimeSpan(at(1), END));
    assertThat(TimeSpan.of(range(null, at(2), false))).isEqualTo(new TimeSpan(BEGIN, at(2)));
    assertThat(TimeSpan.of(range(null, END, true))).isEqualTo(TimeSpan.ALL);
  }

  @Test
  void asPredicates() {
    assertThat(TimeSpan.ALL.filter()).isNull();
    assertThat(span(1, 2).filter()).isEqualTo(range(at(1), at(2), false));
    assertThat(new TimeSpan(at(1), END).filter()).isEqualTo(range(at(1), null, false));
    assertThat(new TimeSpan(BEGIN, at(2)).filter()).isEqualTo(range(null, at(2), false));
  }

  @Test
  void whatIsCommon() {
    assertThat(span(1, 4).within(span(2, 3))).isEqualTo(span(2, 3));
    assertThat(span(2, 3).within(span(1, 4))).isEqualTo(span(2, 3));
    assertThat(span(1, 3).within(span(2, 4))).isEqualTo(span(2, 3));
    assertThat(span(1, 2).within(span(2, 3)).isEmpty()).isTrue();
    assertThat(span(1, 2).within(span(3, 4)).isEmpty()).isTrue();
    assertThat(TimeSpan.NONE.isEmpty()).isTrue();
    assertThat(span(1, 2).isEmpty()).isFalse();
  }

  @Test
  void whatIsLeft() {
    assertThat(span(1, 4).without(span(2, 3))).containsExactly(span(1, 2), span(3, 4));
    assertThat(span(1, 4).without(span(1, 3))).containsExactly(span(3, 4));
    assertThat(span(1, 4).without(span(2, 4))).containsExactly(span(1, 2));
    assertThat(span(1, 4).without(span(0, 5))).isEmpty();
    assertThat(span(1, 4).without(span(5, 6))).containsExactly(span(1, 4));
    assertThat(span(1, 1).without(span(5, 6))).isEmpty();
    assertThat(TimeSpan.without(List.of(span(1, 2), span(3, 6)), span(4, 5)))
        .containsExactly(span(1, 2), span(3, 4), span(5, 6));
  }

  /** The last hour before a reading, and before the youngest row, may still change. */
  @Test
  void whatHasSettled() {
    assertThat(Window.of(span(0, 300), at(200), at(400)).settled()).isEqualTo(span(0, 140));
    assertThat(Window.of(span(0, 300), at(400), at(200)).settled()).isEqualTo(span(0, 140));
    assertThat(Window.of(span(0, 100), at(400), at(400)).settled()).isEqualTo(span(0, 100));
    assertThat(Window.of(span(0, 300), at(30), at(400)).settled().isEmpty()).isTrue();
  }
}
