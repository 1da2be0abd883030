package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ages in words, never younger than they are. */
final class AgeTextTest {
  @ParameterizedTest
  @CsvSource({
    "PT-5S, 0 s",
    "PT0S, 0 s",
    "PT0.001S, 1 s",
    "PT1S, 1 s",
    "PT1M59S, 119 s",
    "PT1M59.001S, 2 min",
    "PT2M, 2 min",
    "PT2M1S, 3 min",
    "PT1H59M, 119 min",
    "PT2H, 2 h",
    "PT2H1S, 3 h",
    "PT47H, 47 h",
    "PT47H59M59S, 48 h",
    "PT48H, 2 d",
    "PT48H1S, 3 d",
    "P100D, 100 d"
  })
  void roundedUp(Duration age, String text) {
    assertThat(AgeText.text(age)).isEqualTo(text);
  }
}
