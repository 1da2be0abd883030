package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What values are taken to weigh: never nothing for what grows. */
class ValueSizeTest {
  @Test
  void textWeighsItsLetters() {
    assertThat(ValueSize.of("")).isEqualTo(40);
    assertThat(ValueSize.of("abc")).isEqualTo(43);
    assertThat(ValueSize.of("\u00e4bc")).as("Latin-1").isEqualTo(43);
    assertThat(ValueSize.of("\u0142bc")).as("two bytes a letter").isEqualTo(46);
    assertThat(ValueSize.of(new StringBuilder("abc"))).isEqualTo(46);
  }

  @Test
  void numbersAndFlagsWeighWhatTheyAre() {
    assertThat(ValueSize.of(null)).isZero();
    assertThat(ValueSize.of(true)).isZero();
    assertThat(ValueSize.of(7)).isEqualTo(16);
    assertThat(ValueSize.of(7L)).isEqualTo(16);
    assertThat(ValueSize.of(7.5)).isEqualTo(16);
    assertThat(ValueSize.of(new BigDecimal("123456789012345678"))).isEqualTo(40);
    assertThat(ValueSize.of(new BigDecimal("1234567890123456789"))).isEqualTo(40 + 64 + 9);
    assertThat(ValueSize.of(BigInteger.ONE)).isEqualTo(48);
  }

  @Test
  void whatHoldsValuesWeighsThemAll() {
    assertThat(ValueSize.ofRow(new Object[] {"abc", null, 7L})).isEqualTo(32 + 24 + 43 + 16);
    assertThat(ValueSize.of(new Object[] {"abc"})).isEqualTo(32 + 8 + 43);
    assertThat(ValueSize.of(List.of("abc", "d"))).isEqualTo(40 + 16 + 43 + 41);
    assertThat(ValueSize.of(Map.of("a", 7L))).isEqualTo((40 + 8 + 41) + (40 + 8 + 16) + 48);
    assertThat(ValueSize.of(new byte[100])).isEqualTo(116);
  }

  /** The collector gives what is large regions of its own. */
  @Test
  void whatIsLargeWeighsTheRestOfItsRegionToo() {
    assertThat(ValueSize.withRest(1000)).isEqualTo(1000);
    long large = 64L << 20;
    assertThat(ValueSize.withRest(large)).isGreaterThanOrEqualTo(large + (1 << 20));
  }
}
