package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of intervals, and how many months and milliseconds each one is. */
final class IntervalTextTest {
  @ParameterizedTest
  @CsvSource({
    "1 year 2 months, 14, 0",
    "1y 2mon, 14, 0",
    "1.5 years, 18, 0",
    "1-2, 14, 0",
    "-1-2, -14, 0",
    "+1-2, 14, 0",
    "3 04:05:06, 0, 273906000",
    "3 days 04:05:06.7, 0, 273906700",
    "04:05, 0, 14700000",
    "-04:05:06, 0, -14706000",
    "+1:00, 0, 3600000",
    "1 day -1:00, 0, 82800000",
    "-1 day, 0, -86400000",
    "2 weeks, 0, 1209600000",
    "2 weeks ago, 0, -1209600000",
    "1 month 2 days ago, -1, -172800000",
    "5 hours, 0, 18000000",
    "5 m, 0, 300000",
    "5 s, 0, 5000",
    "5 ms, 0, 5",
    ".5 s, 0, 500",
    "0.0009 s, 0, 0",
    "-0.0009 s, 0, 0",
    "1.9999 ms, 0, 1",
    "-1.9999 ms, 0, -1",
    "P1Y2M3DT4H5M6S, 14, 273906000",
    "p2w, 0, 1209600000",
    "P1M, 1, 0",
    "PT1M, 0, 60000",
    "P-1DT0.5S, 0, -86399500",
    "P1D ago, 0, -86400000",
    "'  1 DAY  ', 0, 86400000",
  })
  void isSoManyMonthsAndMilliseconds(String text, long months, long millis) {
    assertThat(IntervalText.read(text)).isEqualTo(new IntervalText.Interval(months, millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ago",
        "1",
        "day",
        "1 fortnight",
        "1 day x",
        "1 day,",
        "p",
        "P",
        "P1",
        "P1X",
        "1 day 2",
        "04:5:x",
        "99999999999999999999 days",
        "99999999999999999999 years",
      })
  void isNoInterval(String text) {
    assertThatThrownBy(() -> IntervalText.read(text))
        .isInstanceOf(DateTimeException.class)
        .hasMessageStartingWith("'" + text + "' is no interval");
  }

  @Test
  void theLongestIsALongOfMilliseconds() {
    String most = Long.MAX_VALUE + " ms";
    assertThat(IntervalText.read(most).millis()).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> IntervalText.read(most + " 1 ms"))
        .isInstanceOf(DateTimeException.class);
  }
}
