package dev.turntable.plan.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CEscapesTest {
  @Test
  void aNumberIsDigitsThatAnIntHolds() {
    assertThat(CEscapes.number("7fffffff", 16)).isEqualTo(Integer.MAX_VALUE);
    assertThat(CEscapes.number("80000000", 16)).isEqualTo(-1);
    assertThat(CEscapes.number("101", 8)).isEqualTo('A');
    assertThat(CEscapes.number("108", 8)).isEqualTo(-1);
    assertThat(CEscapes.number("\u0664", 10)).as("a digit of another script").isEqualTo(-1);
  }
}
