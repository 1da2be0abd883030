package dev.turntable.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenLifeTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      quoteCharacter = '\'',
      value = {
        "none, 3600",
        "600, 600",
        "\"600\", 600",
        "600.5, 600",
        "6e2, 600",
        "0, 0",
        "-1, 0",
        "1e400, 3600",
        "86401, 86400",
        "{}, 3600",
        "true, 3600",
        "\"soon\", 3600",
        "1795953900, 300",
        "1795953900000, 300",
        "1795953300000, 0"
      })
  void ofAnyForm(String json, long seconds) {
    assertThat(TokenLife.of(json, NOW).toSeconds()).isEqualTo(seconds);
    assertThat(TokenLife.of(json, NOW)).isLessThanOrEqualTo(Duration.ofDays(1));
  }
}
