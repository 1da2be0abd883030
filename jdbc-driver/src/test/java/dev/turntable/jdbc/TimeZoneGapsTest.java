package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A timestamp is a wall clock of UTC, whatever the zone of the JVM, also one that changes. */
final class TimeZoneGapsTest extends DemoServicesTest {
  private final TimeZone before = TimeZone.getDefault();

  @Override
  Connection connect() throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
    return super.connect();
  }

  @AfterEach
  void back() {
    TimeZone.setDefault(before);
  }

  private static Calendar calendar(String zone) {
    return new GregorianCalendar(TimeZone.getTimeZone(zone), Locale.ROOT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Europe/Berlin", "Asia/Kathmandu"})
  @DisplayName("getString, getTimestamp, getObject(LocalDateTime) agree after the zone has changed")
  void agree(String zone) throws SQLException {
    LocalDateTime wall = LocalDateTime.parse("2024-01-02T00:00:00");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT TIMESTAMP '2024-01-02 00:00:00'")) {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("2024-01-02 00:00:00");
      assertThat(rows.getTimestamp(1)).isEqualTo(Timestamp.valueOf(wall));
      assertThat(rows.getObject(1)).isEqualTo(Timestamp.valueOf(wall));
      assertThat(rows.getDate(1)).hasToString("2024-01-02");
      assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo(wall);
      assertThat(rows.getObject(1, OffsetDateTime.class)).isEqualTo(wall.atOffset(ZoneOffset.UTC));
      assertThat(rows.getObject(1, Instant.class)).isEqualTo(wall.toInstant(ZoneOffset.UTC));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Europe/Berlin", "Asia/Kathmandu"})
  @DisplayName("with a Calendar, getTimestamp and setTimestamp mean the instant")
  void calendars(String zone) throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    Timestamp instant = Timestamp.from(Instant.parse("2024-01-02T00:00:00Z"));
    try (PreparedStatement statement = connection.prepareStatement("SELECT CAST(? AS TIMESTAMP)")) {
      for (String of : new String[] {"UTC", "America/New_York", "Asia/Kathmandu"}) {
        statement.setTimestamp(1, instant, calendar(of));
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          assertThat(rows.getString(1)).as(of).isEqualTo("2024-01-02 00:00:00");
          assertThat(rows.getTimestamp(1, calendar(of))).as(of).isEqualTo(instant);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Europe/Berlin", "Asia/Kathmandu"})
  @DisplayName("what was read is found again, by each type")
  void roundTrips(String zone) throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try (PreparedStatement find =
            connection.prepareStatement(
                "SELECT COUNT(*) FROM (VALUES TIMESTAMP '2024-07-02 01:02:03') AS t (x) WHERE x = ?");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT TIMESTAMP '2024-07-02 01:02:03'")) {
      rows.next();
      Object[] values = {
        rows.getTimestamp(1),
        rows.getString(1),
        rows.getObject(1, LocalDateTime.class),
        rows.getObject(1, Instant.class),
        rows.getObject(1, OffsetDateTime.class)
      };
      for (Object value : values) {
        find.setObject(1, value);
        assertThat(Services.rows(find.executeQuery()))
            .as("%s", value.getClass())
            .containsExactly("1");
      }
    }
  }

  @Test
  @DisplayName(
      "a wall clock that the zone of the JVM leaves out is whole in every type but Timestamp")
  void gap() throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    LocalDateTime wall = LocalDateTime.parse("2024-03-31T02:30:00");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT TIMESTAMP '2024-03-31 02:30:00'")) {
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("2024-03-31 02:30:00");
      assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo(wall);
      assertThat(rows.getObject(1, Instant.class)).isEqualTo("2024-03-31T02:30:00Z");
      assertThat(rows.getTimestamp(1, calendar("UTC")).toInstant())
          .isEqualTo("2024-03-31T02:30:00Z");
      // There is no Timestamp that shows 02:30 that night; java.sql.Timestamp itself moves it so.
      assertThat(rows.getTimestamp(1)).isEqualTo(Timestamp.valueOf(wall));
      assertThat(rows.getTimestamp(1)).hasToString("2024-03-31 03:30:00.0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Asia/Kathmandu"})
  @DisplayName("CURRENT_TIMESTAMP is the wall clock of UTC")
  void now(String zone) throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT CURRENT_TIMESTAMP, LOCALTIMESTAMP")) {
      rows.next();
      for (int column = 1; column <= 2; column++) {
        assertThat(rows.getMetaData().getColumnType(column)).isEqualTo(Types.TIMESTAMP);
        Instant instant = rows.getObject(column, Instant.class);
        assertThat(Duration.between(instant, Instant.now()).abs())
            .isLessThan(Duration.ofMinutes(1));
        assertThat(rows.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC))
            .isEqualTo(instant);
      }
      assertThat(rows.getString(1)).isEqualTo(rows.getString(2));
    }
  }

  @Test
  @DisplayName("TIMESTAMP WITH LOCAL TIME ZONE is reported as TIMESTAMP")
  void localTimeZone() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT CAST(TIMESTAMP '2024-01-02 00:00:00' AS TIMESTAMP WITH LOCAL TIME ZONE)")) {
      rows.next();
      assertThat(rows.getMetaData().getColumnType(1)).isEqualTo(Types.TIMESTAMP);
      assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo("TIMESTAMP");
      assertThat(rows.getString(1)).isEqualTo("2024-01-02 00:00:00");
    }
  }
}
