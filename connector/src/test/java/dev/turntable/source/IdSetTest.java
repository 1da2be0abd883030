package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class IdSetTest {
  /** So nobody can choose ids of which one is taken for the other. */
  @Test
  void eachSetDrawsAnotherSeed() {
    IdSet one = new IdSet(1);
    IdSet other = new IdSet(2);
    for (int i = 0; i < 1000; i++) {
      assertThat(one.add("id" + i)).isTrue();
      assertThat(other.add("id" + i)).isTrue();
      assertThat(one.add("id" + i)).isFalse();
    }
    assertThat(one.hash("a")).isNotEqualTo(other.hash("a"));
    assertThat(new IdSet().hash("a")).isNotEqualTo(new IdSet().hash("a"));
  }

  /** It grows without an id coming or going. */
  @Test
  void holdsWhatWasAddedHoweverMany() {
    IdSet set = new IdSet(7);
    for (int i = 0; i < 5000; i++) {
      assertThat(set.size()).isEqualTo(i);
      assertThat(set.add("id" + i)).isTrue();
    }
    for (int i = 0; i < 5000; i++) {
      assertThat(set.add("id" + i)).isFalse();
    }
    assertThat(set.size()).isEqualTo(5000);
  }
}
