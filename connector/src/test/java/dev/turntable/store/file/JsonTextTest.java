package dev.turntable.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts on their way to DuckDB. */
final class JsonTextTest {
  @Test
  void arrays() {
    assertThat(JsonText.array(List.of())).isEqualTo("[]");
    assertThat(JsonText.array(List.of("a"))).isEqualTo("[\"a\"]");
    assertThat(JsonText.array(List.of("", "b\"\\", "\n\u001f \u007f🙂")))
        .isEqualTo("[\"\",\"b\\\"\\\\\",\"\\u000a\\u001f \u007f🙂\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "🙂", "a🙂b🙂", "\u0001", "\ud7ff\ue000"})
  void whatStaysTheSame(String text) {
    assertThat(JsonText.isKept(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0",
        "a\0",
        "\ud83d",
        "a\ud83d",
        "\ud83da",
        "\ude42",
        "\ude42\ud83d",
        "\ud83d\ud83d"
      })
  void whatDoesNot(String text) {
    assertThat(JsonText.isKept(text)).isFalse();
  }
}
