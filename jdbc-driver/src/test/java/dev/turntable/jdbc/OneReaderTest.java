package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One text of a time, number or interval means the same at every door, or is refused at every door. */
final class OneReaderTest extends DemoServicesTest {
  private String one(String sql) throws SQLException {
    return String.join(" ", rows(sql));
  }

  private String bound(String sql, String value) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      return String.join(" ", Services.rows(statement.executeQuery()));
    }
  }

  private ResultSet row(String text) throws SQLException {
    ResultSet row = connection.createStatement().executeQuery("SELECT '" + text + "'");
    row.next();
    return row;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "2024-01-02 03:04:05 ~ 2024-01-02 03:04:05",
        "2024-1-2 3:04 ~ 2024-01-02 03:04:00",
        "2024-01-02T03:04:05 ~ 2024-01-02 03:04:05",
        "2024-01-02t03:04:05z ~ 2024-01-02 03:04:05",
        "2024-01-02T03:04:05Z ~ 2024-01-02 03:04:05",
        "2024-01-02 03:04:05 UTC ~ 2024-01-02 03:04:05",
        "2024-01-02 03:04:05+02 ~ 2024-01-02 01:04:05",
        "2024-01-02 03:04:05 +0545 ~ 2024-01-01 21:19:05",
        "2024-01-02T03:04:05-01:30 ~ 2024-01-02 04:34:05",
        "2024-01-02 ~ 2024-01-02 00:00:00",
        "2024/1/2 03:04 ~ 2024-01-02 03:04:00",
        "2024-02-29 23:59:59 ~ 2024-02-29 23:59:59",
        "2024-01-02 03:04:05.25 ~ 2024-01-02 03:04:05.25",
        "2024-01-02 03:04:05.123456789 ~ 2024-01-02 03:04:05.123",
        "0001-01-01 00:00:00 ~ 0001-01-01 00:00:00",
      })
  @DisplayName("timestamps: cast, bound, literal, getter")
  void timestamps(String text, String expected) throws SQLException {
    Timestamp wanted = Timestamp.valueOf(expected);
    for (String sql :
        new String[] {"CAST('" + text + "' AS TIMESTAMP)", "TIMESTAMP '" + text + "'"}) {
      try (ResultSet row = connection.createStatement().executeQuery("SELECT " + sql)) {
        row.next();
        assertThat(row.getTimestamp(1)).as(sql).isEqualTo(wanted);
      }
    }
    assertThat(bound("SELECT CAST(? AS TIMESTAMP) = TIMESTAMP '" + expected + "'", text))
        .isEqualTo("true");
    try (ResultSet row = row(text)) {
      assertThat(row.getTimestamp(1).toString()).startsWith(wanted.toString());
      assertThat(row.getDate(1).toString()).isEqualTo(expected.substring(0, 10));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-13-01 00:00:00",
        "2023-02-29",
        "2024-01-02 24:00:00",
        "2024-01-02 03",
        "2024-01-02 03:04:05 nowhere",
        "2024-01-02 03:04:05+19:00",
        "02.01.2024",
        "yesterday",
        "2024-01-02 03:04:05.",
        "2024-01/02",
        "24-01-02",
        "",
      })
  @DisplayName("what is no timestamp at one door is none at any")
  void noTimestamps(String text) throws SQLException {
    fails("22023", () -> one("SELECT CAST('" + text + "' AS TIMESTAMP)"));
    fails("22023", () -> bound("SELECT COUNT(*) FROM tasks WHERE created_at > ?", text));
    assertThatThrownBy(() -> one("SELECT TIMESTAMP '" + text + "'"))
        .isInstanceOf(SQLException.class);
    try (ResultSet row = row(text)) {
      fails("22023", () -> row.getTimestamp(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3:04, 03:04:00",
    "03:04:05, 03:04:05",
    "03:04:05.5, 03:04:05.5",
    "03:04:05Z, 03:04:05",
    "03:04:05+02, 01:04:05",
    "2024-01-02 03:04:05, 03:04:05"
  })
  @DisplayName("times")
  void times(String text, String expected) throws SQLException {
    String same = " = TIME '" + expected + "'";
    assertThat(one("SELECT CAST('" + text + "' AS TIME(3))" + same)).isEqualTo("true");
    assertThat(one("SELECT TIME '" + text + "'" + same)).isEqualTo("true");
    assertThat(bound("SELECT CAST(? AS TIME(3))" + same, text)).isEqualTo("true");
    try (ResultSet row = row(text)) {
      assertThat(row.getTime(1).toString()).isEqualTo(expected.substring(0, 8));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "12, 12",
    "-1.5, -1.5",
    "' 7 ', 7",
    ".5, 0.5",
    "5., 5",
    "1e-3, 0.001",
    "+4, 4",
    "1E2, 100"
  })
  @DisplayName("numbers")
  void numbers(String text, String expected) throws SQLException {
    String same = " = " + expected;
    assertThat(one("SELECT CAST('" + text + "' AS DECIMAL(20, 6))" + same)).isEqualTo("true");
    assertThat(one("SELECT CAST('" + text + "' AS DOUBLE)" + same)).isEqualTo("true");
    assertThat(bound("SELECT CAST(? AS DECIMAL(20, 6))" + same, text)).isEqualTo("true");
    try (ResultSet row = row(text)) {
      assertThat(row.getBigDecimal(1)).isEqualByComparingTo(expected);
      assertThat(row.getDouble(1)).isEqualTo(Double.parseDouble(expected));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1x", "0x10", "1d", "1_000", "1,5", "--1", "1e", "١"})
  @DisplayName("what is no number at one door is none at any")
  void noNumbers(String text) throws SQLException {
    fails("22023", () -> one("SELECT CAST('" + text + "' AS DECIMAL(20, 6))"));
    fails("22023", () -> one("SELECT CAST('" + text + "' AS DOUBLE)"));
    fails("22023", () -> bound("SELECT COUNT(*) FROM tasks WHERE credits > ?", text));
    try (ResultSet row = row(text)) {
      fails("22023", () -> row.getBigDecimal(1));
      fails("22023", () -> row.getDouble(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
  @DisplayName("approximate numbers may be none, or infinite")
  void special(String text) throws SQLException {
    Double expected = Double.valueOf(text);
    assertThat(one("SELECT CAST('" + text + "' AS DOUBLE)")).isEqualTo(text);
    assertThat(bound("SELECT CAST(? AS DOUBLE)", text)).isEqualTo(text);
    try (ResultSet row = row(text)) {
      assertThat(row.getDouble(1)).isEqualTo(expected);
    }
    fails("22023", () -> one("SELECT CAST('" + text + "' AS DECIMAL(5, 2))"));
  }

  @ParameterizedTest
  @CsvSource({
    "1 day, DAY TO SECOND, 1 day",
    "1 day 02:03:04.5, DAY TO SECOND, 1 day 02:03:04.5",
    "3 04:05, DAY TO SECOND, 3 days 04:05:00",
    "-2 hours, DAY TO SECOND, -02:00:00",
    "2 weeks ago, DAY TO SECOND, -14 days",
    "PT1H30M, DAY TO SECOND, 01:30:00",
    "P1DT2S, DAY TO SECOND, 1 day 00:00:02",
    "1 year 2 months, YEAR TO MONTH, 1 year 2 mons",
    "1-2, YEAR TO MONTH, 1 year 2 mons",
    "P1Y2M, YEAR TO MONTH, 1 year 2 mons",
    "5, DAY, 5 days",
    "90 min, DAY TO SECOND, 01:30:00",
  })
  @DisplayName("intervals: cast and bound")
  void intervals(String text, String type, String expected) throws SQLException {
    assertThat(one("SELECT CAST('" + text + "' AS INTERVAL " + type + ")")).isEqualTo(expected);
    assertThat(bound("SELECT CAST(? AS INTERVAL " + type + ")", text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "day", "1 dya", "1 year", "1 day 2", "P", "x"})
  @DisplayName("what is no interval of days and seconds")
  void noIntervals(String text) {
    fails("22023", () -> one("SELECT CAST('" + text + "' AS INTERVAL DAY TO SECOND)"));
    fails("22023", () -> bound("SELECT CAST(? AS INTERVAL DAY TO SECOND)", text));
  }
}
