package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which texts can be an id, and so a segment of a path. */
final class IdsTest {
  @ParameterizedTest
  @CsvSource({"tsk_1,true", "a/b,true", ".a,true", "...,true", "'',false", ".,false", "..,false"})
  void texts(String id, boolean possible) {
    assertThat(Ids.isPossible(id)).isEqualTo(possible);
  }

  @ParameterizedTest
  @CsvSource({"7"})
  void numbers(Integer id) {
    assertThat(Ids.isPossible(id)).isFalse();
  }
}
