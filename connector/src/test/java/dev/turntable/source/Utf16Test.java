package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that can be sent, and halves of characters that cannot. */
final class Utf16Test {
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "\0", "🙂", "a🙂b🙂", "\ud7ff\ue000"})
  void texts(String text) {
    assertThat(Utf16.isWellFormed(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\ud83d", "a\ud83d", "\ud83da", "\ude42", "\ude42\ud83d", "🙂\ud83d\ud83d"})
  void halves(String text) {
    assertThat(Utf16.isWellFormed(text)).isFalse();
  }
}
