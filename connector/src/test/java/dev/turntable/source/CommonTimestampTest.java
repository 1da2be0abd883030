package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one form of timestamps that is read without a parser, as a parser would. */
final class CommonTimestampTest {
  @Test
  void everyDayOfCenturies() {
    LocalDateTime last = LocalDateTime.of(2101, 3, 2, 0, 0);
    int step = 0;
    for (LocalDateTime at = LocalDateTime.of(1900, 1, 1, 0, 0, 0);
        at.isBefore(last);
        at = at.plusDays(1)) {
      LocalDateTime time = at.plusSeconds(step % 86_400).plusNanos(step % 1_000 * 1_000_000L);
      step += 977;
      String text = "%1$tY-%1$tm-%1$tdT%1$tH:%1$tM:%1$tS.%1$tLZ".formatted(time).replace('٫', '.');
      LocalDateTime read = CommonTimestamp.read(text);
      if (time.getMonthValue() == 2 && time.getDayOfMonth() == 29) {
        assertThat(read).as(text).isIn(null, time); // left to the parser, or right
      } else {
        assertThat(read).as(text).isEqualTo(time);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1899-12-31T23:59:59.999Z",
        "2026-00-10T00:00:00.000Z",
        "2026-13-10T00:00:00.000Z",
        "2026-01-00T00:00:00.000Z",
        "2026-01-32T00:00:00.000Z",
        "2026-02-30T00:00:00.000Z",
        "2026-04-31T00:00:00.000Z",
        "2026-01-10T24:00:00.000Z",
        "2026-01-10T00:60:00.000Z",
        "2026-01-10T00:00:60.000Z",
        "2026-01-10T00:00:00.00Z",
        "2026-01-10T00:00:00.0000Z",
        "2026-01-10 00:00:00.000Z",
        "2026-01-10T00:00:00.000z",
        "2026-01-10T00:00:00,000Z",
        "2026/01/10T00:00:00.000Z",
        "2026-01-1:T00:00:00.000Z",
        "2026-01-1/T00:00:00.000Z",
        "+026-01-10T00:00:00.000Z",
        ""
      })
  void whatItLeavesToAParser(String text) {
    assertThat(CommonTimestamp.read(text)).isNull();
  }
}
