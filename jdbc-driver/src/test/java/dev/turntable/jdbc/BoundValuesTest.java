package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A bound value means what the same literal means: it is not made another one to fit a type. */
final class BoundValuesTest extends DemoServicesTest {
  /** Prices of two decimal places. */
  private static final String PRICES =
      " FROM (VALUES (CAST(0.02 AS DECIMAL(10, 2))), (CAST(0.03 AS DECIMAL(10, 2)))) AS t (price)";

  private List<String> bound(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return Services.rows(statement.executeQuery());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "price = ? ~ ''",
        "? = price ~ ''",
        "price <> ? ~ 0.02 0.03",
        "price < ? ~ 0.02",
        "price <= ? ~ 0.02",
        "price > ? ~ 0.03",
        "price >= ? ~ 0.03",
        "price IN (?, 5) ~ ''",
        "price NOT IN (?) ~ 0.02 0.03",
        "price BETWEEN ? AND 1 ~ 0.03",
        "price IS NOT DISTINCT FROM ? ~ ''",
        "NULLIF(price, ?) IS NOT NULL ~ 0.02 0.03",
        "CASE price WHEN ? THEN TRUE ELSE FALSE END ~ ''",
        "price + 0 = ? ~ ''",
        "price = CAST(? AS DECIMAL(10, 2)) ~ 0.02",
        "price = CAST(? AS DECIMAL(10, 3)) ~ ''",
      })
  @DisplayName("a number with more decimal places than the column is compared as it is")
  void comparesExactly(String condition, String prices) throws SQLException {
    String sql = "SELECT price" + PRICES + " WHERE " + condition;
    for (Object value : new Object[] {new BigDecimal("0.021"), 0.021, 0.021f, "0.021"}) {
      assertThat(String.join(" ", bound(sql, value))).as("%s", value.getClass()).isEqualTo(prices);
    }
    assertThat(String.join(" ", rows(sql.replace("?", "0.021")))).isEqualTo(prices);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "charged_credits = ? ~ 0",
        "charged_credits < ? ~ 1",
        "charged_credits >= ? ~ 508",
        "charged_credits IN (?, 0.27) ~ 1"
      })
  @DisplayName("the same on a table of a service")
  void comparesColumnsExactly(String condition, String count) throws SQLException {
    String sql = "SELECT COUNT(*) FROM rightbrain.task_runs WHERE " + condition;
    assertThat(bound(sql, new BigDecimal("0.2700001"))).containsExactly(count);
    assertThat(rows(sql.replace("?", "0.2700001"))).containsExactly(count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "price + ? ~ price + CAST(? AS DECIMAL(10, 3)) ~ 0.041 0.051",
        "price * ? ~ price * CAST(? AS DECIMAL(10, 3)) ~ 0.00042 0.00063",
        "? - price ~ CAST(? AS DECIMAL(10, 3)) - price ~ 0.001 -0.009",
        "COALESCE(NULLIF(price, 0.02), ?) ~ COALESCE(NULLIF(price, 0.02), CAST(? AS DECIMAL(10, 3)))"
            + " ~ 0.021 0.03",
      })
  @DisplayName("where it would have to be rounded it is refused, and CAST says what is meant")
  void refusesToRound(String expression, String cast, String results) throws SQLException {
    assertThatThrownBy(() -> bound("SELECT " + expression + PRICES, new BigDecimal("0.021")))
        .isInstanceOf(SQLException.class)
        .hasMessageContainingAll("parameter 1", "'0.021'", "DECIMAL(10, 2)", "CAST(? AS")
        .extracting("SQLState")
        .isEqualTo("22023");
    List<String> answer = bound("SELECT " + cast + PRICES, new BigDecimal("0.021"));
    assertThat(answer.stream().map(BigDecimal::new))
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(
            Stream.of(results.split(" ", -1)).map(BigDecimal::new).toArray(BigDecimal[]::new));
    assertThat(bound("SELECT " + expression + PRICES, new BigDecimal("0.0200")))
        .as("zeros at the end are no places")
        .hasSize(2);
  }

  static Stream<Arguments> times() {
    return Stream.of(
        Arguments.of(Timestamp.valueOf("2024-01-02 00:00:00"), "2024-01-02 00:00:00"),
        Arguments.of(LocalDateTime.parse("2024-01-02T03:04"), "2024-01-02 03:04:00"),
        Arguments.of(Instant.EPOCH, "1970-01-01 00:00:00"),
        Arguments.of(OffsetDateTime.parse("2024-01-02T03:04+03:00"), "2024-01-02 00:04:00"),
        Arguments.of(Timestamp.valueOf("2024-01-02 03:04:05.5"), "2024-01-02 03:04:05.5"),
        Arguments.of(Time.valueOf("03:00:00"), "03:00:00"),
        Arguments.of(LocalTime.of(3, 4), "03:04:00"));
  }

  @ParameterizedTest
  @MethodSource("times")
  @DisplayName("a time bound where text is wanted reads as CAST writes it, with its seconds")
  void timesAsText(Object value, String text) throws SQLException {
    assertThat(bound("SELECT '' || ?", value)).containsExactly(text);
    String literal = (text.contains("-") ? "TIMESTAMP '" : "TIME '") + text + "'";
    assertThat(bound("SELECT 1 FROM dual WHERE CAST(" + literal + " AS VARCHAR) = ?", value))
        .containsExactly("1");
  }

  @Test
  @DisplayName("a number that fits is found whatever its scale")
  void scales() throws SQLException {
    for (String value : new String[] {"0.02", "0.020", "2E-2", " 0.02 "}) {
      assertThat(bound("SELECT price" + PRICES + " WHERE price = ?", value))
          .as(value)
          .containsExactly("0.02");
    }
  }
}
