package dev.turntable.store.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a write of which nobody knows the outcome has to do with another one. */
final class UnsettledTest {
  private static final Instant NOON = Instant.parse("2026-05-11T12:00:00Z");

  private static boolean touches(String own, String... others) {
    return new Journal.Unsettled("s.t", "INSERT", own, NOON).touches(List.of(others));
  }

  @Test
  void oneIdThatBothNameIsEnough() {
    assertThat(touches("a", "a")).isTrue();
    assertThat(touches("a, b", "x", "b")).isTrue();
    assertThat(touches("a, b", "x")).isFalse();
    assertThat(touches("a, b", "a, b")).isFalse();
    assertThat(touches("a")).isFalse();
    assertThat(touches("", "a")).isFalse();
  }

  /** Two new tasks are two. */
  @Test
  void whatTouchesEverythingIsNoReasonForAWarning() {
    assertThat(touches("*", "*")).isFalse();
    assertThat(touches("*", "a")).isFalse();
    assertThat(touches("*, a", "*", "a")).isTrue();
  }

  @Test
  void inWords() {
    assertThat(new Journal.Unsettled("s.t", "DELETE", "a, b", NOON))
        .hasToString("DELETE of a, b at 2026-05-11T12:00:00Z");
  }
}
