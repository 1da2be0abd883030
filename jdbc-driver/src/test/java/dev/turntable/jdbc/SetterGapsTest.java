package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setter that clients use for a type, on a column of every type, in WHERE and in INSERT. */
final class SetterGapsTest extends DemoServicesTest {
  /** One row with a column of each type. */
  private static final String ROW =
      "SELECT COUNT(*) FROM (VALUES (CAST(2 AS BIGINT), CAST(2 AS INTEGER),"
          + " CAST(0.02 AS DECIMAL(10, 2)), CAST(0.5 AS DOUBLE), DATE '2024-01-02',"
          + " TIMESTAMP '2024-01-02 00:00:00', TRUE, '2'))"
          + " AS t (c_bigint, c_integer, c_decimal, c_double, c_date, c_timestamp, c_boolean,"
          + " c_varchar) WHERE ";

  /** Binds a value to the first parameter. */
  private interface Setter {
    void set(PreparedStatement statement) throws SQLException;
  }

  private static Arguments cell(String column, String setter, Setter value) {
    return Arguments.of(column, setter, value);
  }

  private static Stream<Arguments> whole(String column) {
    return Stream.of(
        cell(column, "setString", s -> s.setString(1, "2")),
        cell(column, "setInt", s -> s.setInt(1, 2)),
        cell(column, "setLong", s -> s.setLong(1, 2)),
        cell(column, "setShort", s -> s.setShort(1, (short) 2)),
        cell(column, "setDouble", s -> s.setDouble(1, 2)),
        cell(column, "setBigDecimal", s -> s.setBigDecimal(1, new BigDecimal("2"))),
        cell(column, "setObject(BigInteger)", s -> s.setObject(1, BigInteger.TWO)),
        cell(column, "setObject(text, BIGINT)", s -> s.setObject(1, "2", Types.BIGINT)));
  }

  private static Stream<Arguments> fractions() {
    return Stream.of(
        cell("c_decimal", "setString", s -> s.setString(1, "0.02")),
        cell("c_decimal", "setDouble", s -> s.setDouble(1, 0.02)),
        cell("c_decimal", "setFloat", s -> s.setFloat(1, 0.02f)),
        cell("c_decimal", "setBigDecimal", s -> s.setBigDecimal(1, new BigDecimal("0.02"))),
        cell("c_decimal", "setObject", s -> s.setObject(1, 0.02, Types.DECIMAL, 2)),
        cell("c_double", "setString", s -> s.setString(1, "0.5")),
        cell("c_double", "setBigDecimal", s -> s.setBigDecimal(1, new BigDecimal("0.5"))),
        cell("c_double", "setDouble", s -> s.setDouble(1, 0.5)),
        cell("c_double", "setFloat", s -> s.setFloat(1, 0.5f)));
  }

  private static Stream<Arguments> moments(String column) {
    LocalDateTime wall = LocalDateTime.parse("2024-01-02T00:00:00");
    Instant instant = Instant.parse("2024-01-02T00:00:00Z");
    Calendar utc = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    return Stream.of(
        cell(column, "setDate", s -> s.setDate(1, Date.valueOf("2024-01-02"))),
        cell(column, "setTimestamp", s -> s.setTimestamp(1, Timestamp.valueOf(wall))),
        cell(
            column, "setTimestamp(Calendar)", s -> s.setTimestamp(1, Timestamp.from(instant), utc)),
        cell(column, "setString", s -> s.setString(1, "2024-01-02")),
        cell(column, "setString with time", s -> s.setString(1, "2024-01-02 00:00:00")),
        cell(column, "setObject(java.util.Date)", s -> s.setObject(1, utilDate(wall))),
        cell(column, "setObject(LocalDate)", s -> s.setObject(1, LocalDate.parse("2024-01-02"))),
        cell(
            column,
            "setObject(LocalDate, DATE)",
            s -> s.setObject(1, LocalDate.parse("2024-01-02"), Types.DATE)),
        cell(column, "setObject(LocalDateTime)", s -> s.setObject(1, wall)),
        cell(column, "setObject(Instant)", s -> s.setObject(1, instant)),
        cell(
            column,
            "setObject(OffsetDateTime)",
            s -> s.setObject(1, OffsetDateTime.parse("2024-01-02T05:45:00+05:45"))),
        cell(
            column,
            "setObject(ZonedDateTime)",
            s -> s.setObject(1, ZonedDateTime.parse("2024-01-02T01:00:00+01:00[Europe/Berlin]"))));
  }

  @SuppressWarnings("JavaUtilDate") // JDBC clients bind it
  private static java.util.Date utilDate(LocalDateTime wall) {
    return new java.util.Date(Timestamp.valueOf(wall).getTime());
  }

  private static Stream<Arguments> truths() {
    return Stream.of(
        cell("c_boolean", "setBoolean", s -> s.setBoolean(1, true)),
        cell("c_boolean", "setInt", s -> s.setInt(1, 1)),
        cell("c_boolean", "setString", s -> s.setString(1, "true")),
        cell("c_boolean", "setObject(text, BOOLEAN)", s -> s.setObject(1, "1", Types.BOOLEAN)));
  }

  private static Stream<Arguments> texts() {
    return Stream.of(
        cell("c_varchar", "setString", s -> s.setString(1, "2")),
        cell("c_varchar", "setNString", s -> s.setNString(1, "2")),
        cell("c_varchar", "setInt", s -> s.setInt(1, 2)),
        cell("c_varchar", "setObject(Character)", s -> s.setObject(1, '2')),
        cell(
            "c_varchar", "setCharacterStream", s -> s.setCharacterStream(1, new StringReader("2"))),
        cell("c_varchar", "setClob(Reader)", s -> s.setClob(1, new StringReader("2"))),
        cell("c_varchar", "setNClob(Reader)", s -> s.setNClob(1, new StringReader("2"))),
        cell("c_varchar", "setBytes", s -> s.setBytes(1, "2".getBytes(StandardCharsets.UTF_8))));
  }

  static Stream<Arguments> cells() {
    return Stream.of(
            whole("c_bigint"),
            whole("c_integer"),
            fractions(),
            moments("c_date"),
            moments("c_timestamp"),
            truths(),
            texts())
        .flatMap(cells -> cells);
  }

  @ParameterizedTest(name = "{0} = ? with {1}")
  @MethodSource("cells")
  @DisplayName("WHERE column = ?")
  void findsTheRow(String column, String setter, Setter value) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ROW + column + " = ?")) {
      value.set(statement);
      assertThat(Services.rows(statement.executeQuery())).as(setter).containsExactly("1");
    }
  }

  @ParameterizedTest(name = "setNull of type {0}")
  @MethodSource("nulls")
  @DisplayName("setNull with any type")
  void nullFindsNone(int type) throws SQLException {
    for (String column : new String[] {"c_bigint", "c_timestamp", "c_boolean", "c_varchar"}) {
      try (PreparedStatement statement = connection.prepareStatement(ROW + column + " = ?")) {
        statement.setNull(1, type);
        assertThat(Services.rows(statement.executeQuery())).as(column).containsExactly("0");
      }
    }
  }

  static Stream<Integer> nulls() {
    return Stream.of(Types.NULL, Types.CLOB, Types.VARCHAR, Types.TIMESTAMP, Types.OTHER);
  }

  @ParameterizedTest(name = "INSERT with {1}")
  @MethodSource("texts")
  @DisplayName("INSERT … VALUES (?)")
  void insertsTheText(String column, String setter, Setter value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO tasks (input, worker_id) VALUES (?, '" + WORKER + "')")) {
      value.set(statement);
      assertThat(statement.executeUpdate()).as(setter).isEqualTo(1);
    }
    assertThat(services.simulator.requests())
        .singleElement()
        .satisfies(request -> assertThat(request.body()).contains("\"input\":\"2\""));
  }

  @Test
  @DisplayName("setObject(UUID) for text")
  void uuid() throws SQLException {
    UUID id = new UUID(1, 2);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM (VALUES '" + id + "') AS t (x) WHERE x = ?")) {
      statement.setObject(1, id);
      assertThat(Services.rows(statement.executeQuery())).containsExactly("1");
    }
  }

  @Test
  @DisplayName("cast(? as date) with setString")
  void castOfText() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(ROW + "c_date = CAST(? AS DATE)")) {
      statement.setString(1, "2024-01-02");
      assertThat(Services.rows(statement.executeQuery())).containsExactly("1");
    }
  }

  static Stream<Arguments> limits() {
    return Stream.of(
        cell("", "setInt", s -> s.setInt(1, 2)),
        cell("", "setLong", s -> s.setLong(1, 2)),
        cell("", "setObject(Long)", s -> s.setObject(1, 2L)),
        cell("", "setString", s -> s.setString(1, "2")));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("limits")
  @DisplayName("LIMIT ?, OFFSET ?, FETCH FIRST ? ROWS ONLY")
  void limit(String column, String setter, Setter value) throws SQLException {
    for (String clause : new String[] {"LIMIT ?", "OFFSET ?", "FETCH FIRST ? ROWS ONLY"}) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT x FROM (VALUES 1, 2, 3, 4) AS t (x) ORDER BY x " + clause)) {
        value.set(statement);
        assertThat(Services.rows(statement.executeQuery())).as(clause).hasSize(2);
      }
    }
  }

  @Test
  @DisplayName("bare SELECT ?")
  void bare() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?, ?")) {
      statement.setString(1, "a");
      statement.setInt(2, 5);
      assertThat(Services.rows(statement.executeQuery())).containsExactly("a|5");
    }
  }
}
