package dev.turntable.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which characters make names. */
final class SqlCharactersTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        'a', 'z', 'A', 'Z', '_', '$', 'é', 'ß', 0x1fff, 0x2d00, 0x2d25, 0x3040, 0x3042, 0x318f,
        0x3300, 0x337f, 0x4e2d, 0x20000
      })
  void aNameMayBeginWith(int c) {
    assertThat(SqlCharacters.isLetter(c)).isTrue();
    assertThat(SqlCharacters.isPart(c)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {'@', '[', '`', '{', '0', '9', '-', ' ', 0xa0, 0x2000, 0x2d26, 0x2e00, 0x3380, -1})
  void aNameMayNotBeginWith(int c) {
    assertThat(SqlCharacters.isLetter(c)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {'0', '9', 'x', 0x0301, 0x203f})
  void aNameMayGoOnWith(int c) {
    assertThat(SqlCharacters.isPart(c)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {' ', '-', '/', ':', 0x200b, -1})
  void aNameMayNotGoOnWith(int c) {
    assertThat(SqlCharacters.isPart(c)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {' ', '\t', '\n', '\r', '\f', 0x0b, 0x85, 0xa0, 0x2003, 0x3000, 0xfeff})
  void aBlankIs(int c) {
    assertThat(SqlCharacters.isBlank(c)).isTrue();
  }
}
