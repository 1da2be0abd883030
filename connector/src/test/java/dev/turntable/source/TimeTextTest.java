package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of dates, times and numbers, and what each one is. */
final class TimeTextTest {
  @ParameterizedTest
  @CsvSource({
    "2026-05-11T09:14:48.000Z, 2026-05-11T09:14:48",
    "2026-05-11T09:14:48.067Z, 2026-05-11T09:14:48.067",
    "1900-01-01T00:00:00.000Z, 1900-01-01T00:00",
    "1899-12-31T23:59:59.999Z, 1899-12-31T23:59:59.999",
    "2024-02-28T23:59:59.001Z, 2024-02-28T23:59:59.001",
    "2024-02-29T00:00:00.000Z, 2024-02-29T00:00",
    "2024-03-01T00:00:00.000Z, 2024-03-01T00:00",
    "2023-03-01T00:00:00.000Z, 2023-03-01T00:00",
    "1900-03-01T00:00:00.000Z, 1900-03-01T00:00",
    "2000-03-01T00:00:00.000Z, 2000-03-01T00:00",
    "2100-12-31T23:59:59.999Z, 2100-12-31T23:59:59.999",
    "2026-05-11T09:14:48.0Z, 2026-05-11T09:14:48",
    "2026-05-11T09:14:48.123456Z, 2026-05-11T09:14:48.123456",
    "2026-05-11 09:14:48.1234567899, 2026-05-11T09:14:48.123456789",
    "'2026-05-11 09:14:48,5', 2026-05-11T09:14:48.5",
    "2026/5/1 9:14, 2026-05-01T09:14",
    "2026-05-11, 2026-05-11T00:00",
    "2026-05-11Z, 2026-05-11T00:00",
    "2026-05-11t09:14z, 2026-05-11T09:14",
    "2026-05-11 09:14 utc, 2026-05-11T09:14",
    "2026-05-11  09:14, 2026-05-11T09:14",
    "2026-05-11 00:30+02, 2026-05-10T22:30",
    "2026-05-11 00:30+0530, 2026-05-10T19:00",
    "2026-05-11 00:30+05:30, 2026-05-10T19:00",
    "2026-05-11 23:30 -05:45, 2026-05-12T05:15",
    "2026-05-11 23:30-05:45:30, 2026-05-12T05:15:30",
    "2026-05-11 23:30-054530, 2026-05-12T05:15:30",
  })
  void isATimestamp(String text, LocalDateTime expected) {
    assertThat(TimeText.timestamp(text)).isEqualTo(expected);
    assertThat(TimeText.timestamp("  " + text + " ")).isEqualTo(expected);
    assertThat(TimeText.date(text)).isEqualTo(expected.toLocalDate());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-05",
        "2026-05-",
        "26-05-11",
        "20260511",
        "2026-05/11",
        "2026.05.11",
        "2026-13-01",
        "2026-02-29",
        "2026-00-01",
        "2026-01-00",
        "2026-04-31T00:00:00.000Z",
        "2026-02-29T00:00:00.000Z",
        "2026-05-11T",
        "2026-05-11 9",
        "2026-05-11 24:00",
        "2026-05-11T24:00:00.000Z",
        "2026-05-11T23:60:00.000Z",
        "2026-05-11T23:59:60.000Z",
        "2026-05-11T09:14:48.",
        "2026-05-11 09:14:48 x",
        "2026-05-11 09:14 +",
        "2026-05-11+2:3",
        "2026-05-11 09:14+19",
        "2026-05-11x09:14",
        "２０２６-05-11",
      })
  void isNoTimestamp(String text) {
    assertThatThrownBy(() -> TimeText.timestamp(text)).isInstanceOf(DateTimeException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "3:04, 03:04",
    "03:04:05, 03:04:05",
    "03:04:05.678, 03:04:05.678",
    "03:04+01, 02:04",
    "00:30 +01:00, 23:30",
    "23:59:59Z, 23:59:59",
    "2026-05-11 09:14:48, 09:14:48",
    "2026-05-11T09:14:48.500Z, 09:14:48.5",
    "2026-05-11, 00:00",
  })
  void isATime(String text, LocalTime expected) {
    assertThat(TimeText.time(text)).isEqualTo(expected);
    assertThat(TimeText.time(" " + text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "3:", ":04", "123:04", "03:04x", "03:04:05 5", "24:00", "3:60"})
  void isNoTime(String text) {
    assertThatThrownBy(() -> TimeText.time(text)).isInstanceOf(DateTimeException.class);
  }

  /** The quick way gives each day of four centuries as the calendar has it. */
  @Test
  void everyDayOfTheCommonForm() {
    for (LocalDate day = LocalDate.of(1900, 1, 1); day.getYear() < 2301; day = day.plusDays(1)) {
      LocalDateTime last = day.atTime(23, 59, 59, 987_000_000);
      boolean ordinary = day.getMonthValue() != 2 || day.getDayOfMonth() < 29;
      assertThat(CommonTimestamp.read(day + "T23:59:59.987Z")).isEqualTo(ordinary ? last : null);
      assertThat(TimeText.date(day + "T23:59:59.987Z")).isEqualTo(day);
    }
    assertThat(CommonTimestamp.read("1899-12-31T00:00:00.000Z")).isNull();
    assertThat(CommonTimestamp.read("1900-01-01T00:00:00.000Z")).isNotNull();
    assertThat(CommonTimestamp.read("2024-12-31T23:59:59.999Z")).isNotNull();
    assertThat(CommonTimestamp.read("2024-12-31T23:59:59.999z")).isNull();
    assertThat(CommonTimestamp.read("2024-12-31T23:59:59.99Z")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"12, 12", "-1.5, -1.5", ".5, 0.5", "5., 5", "1e-3, 0.001", "' 7 ', 7", "+8, 8"})
  void isANumber(String text, BigDecimal expected) {
    assertThat(NumberText.decimal(text)).isEqualByComparingTo(expected);
    assertThat(NumberText.real(text)).isEqualTo(expected.doubleValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1 2", "1d", "0x1", "٣", "1_0", "--1", "NaN", "Infinity"})
  void isNoExactNumber(String text) {
    assertThatThrownBy(() -> NumberText.decimal(text)).isInstanceOf(NumberFormatException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, NaN",
    "nan, NaN",
    "Infinity, Infinity",
    "+inf, Infinity",
    "inf, Infinity",
    "-Infinity, -Infinity",
    "' -INF ', -Infinity",
    "1e999, Infinity",
    "-1e999, -Infinity",
  })
  void isAnApproximateNumber(String text, Double expected) {
    assertThat(NumberText.real(text)).isEqualTo(expected);
  }
}
