package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A text whose readers end with the statement. */
final class WatchedTextTest {
  @Test
  void whoReadsItLooksNowAndThen() {
    AtomicInteger looks = new AtomicInteger();
    WatchedText text = new WatchedText("abc", looks::incrementAndGet);
    assertThat(text.charAt(1)).isEqualTo('b');
    assertThat(looks).as("not at each character").hasValue(0);
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(text.charAt(i % 3)).isEqualTo("abc".charAt(i % 3));
    }
    assertThat(looks.get()).isBetween(1, 100_000);
    assertThat(text).hasToString("abc").hasSize(3);
    assertThat(text.subSequence(1, 3)).hasToString("bc");
  }

  @Test
  void whoReadsOnAfterTheEndIsStopped() {
    WatchedText text =
        new WatchedText(
            "a",
            () -> {
              throw new CancellationException();
            });
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000_000; i++) {
                assertThat(text.charAt(0)).isEqualTo('a');
              }
            })
        .isInstanceOf(CancellationException.class);
  }
}
