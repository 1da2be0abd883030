package dev.turntable.jdbc.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.jdbc.result.Columns;
import dev.turntable.jdbc.result.TurntableResultSet;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Clob;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionsTest {
  private static final LocalDateTime WALL = LocalDateTime.parse("2026-07-20T23:30:00.123");
  private static final LocalDate DAY = LocalDate.parse("2026-07-20");

  private static ResultSet row(@Nullable Object value) throws SQLException {
    ResultSet row =
        TurntableResultSet.ofRows(
            List.of(Columns.of("v", JDBCType.VARCHAR)),
            List.<@Nullable Object[]>of(new @Nullable Object[] {value}));
    row.next();
    return row;
  }

  static Stream<Arguments> objects() {
    UUID uuid = UUID.fromString("8a6e0804-2bd0-4672-b79d-d97027f9071a");
    Instant instant = Instant.parse("2026-07-20T23:30:00.123Z");
    return Stream.of(
        Arguments.of("x", String.class, "x"),
        Arguments.of(42L, String.class, "42"),
        Arguments.of(new BigDecimal("1E+3"), String.class, "1000"),
        Arguments.of(WALL, String.class, "2026-07-20 23:30:00.123"),
        Arguments.of(WALL.withNano(0), String.class, "2026-07-20 23:30:00"),
        Arguments.of(WALL.withNano(500_000_000), String.class, "2026-07-20 23:30:00.500"),
        Arguments.of(LocalTime.of(1, 2), String.class, "01:02:00"),
        Arguments.of(true, String.class, "true"),
        Arguments.of(42L, Integer.class, 42),
        Arguments.of(42L, int.class, 42),
        Arguments.of("42", Long.class, 42L),
        Arguments.of(42, Short.class, (short) 42),
        Arguments.of(42, Byte.class, (byte) 42),
        Arguments.of(1.5, Long.class, 1L),
        Arguments.of(-1.5, Long.class, -1L),
        Arguments.of(-1.5, Integer.class, -1),
        Arguments.of(new BigDecimal("-1.5"), Integer.class, -1),
        Arguments.of("-0.9", Short.class, (short) 0),
        Arguments.of(new BigDecimal("-128.9"), Byte.class, (byte) -128),
        Arguments.of(1.5, Float.class, 1.5f),
        Arguments.of(42L, Double.class, 42.0),
        Arguments.of("4.20", BigDecimal.class, new BigDecimal("4.20")),
        Arguments.of(42L, BigInteger.class, BigInteger.valueOf(42)),
        Arguments.of(42L, Number.class, 42L),
        Arguments.of(1L, Boolean.class, true),
        Arguments.of("f", Boolean.class, false),
        Arguments.of(uuid.toString(), UUID.class, uuid),
        Arguments.of("c", Character.class, 'c'),
        Arguments.of(WALL, LocalDateTime.class, WALL),
        Arguments.of(WALL, LocalDate.class, DAY),
        Arguments.of(WALL, LocalTime.class, WALL.toLocalTime()),
        Arguments.of(WALL, Instant.class, instant),
        Arguments.of(WALL, OffsetDateTime.class, instant.atOffset(ZoneOffset.UTC)),
        Arguments.of(WALL, ZonedDateTime.class, instant.atZone(ZoneOffset.UTC)),
        Arguments.of(WALL, Timestamp.class, Timestamp.valueOf("2026-07-20 23:30:00.123")),
        Arguments.of(WALL, java.util.Date.class, Timestamp.valueOf("2026-07-20 23:30:00.123")),
        Arguments.of(WALL, Date.class, Date.valueOf("2026-07-20")),
        Arguments.of(WALL, Object.class, Timestamp.valueOf("2026-07-20 23:30:00.123")),
        Arguments.of(DAY, Object.class, Date.valueOf("2026-07-20")),
        Arguments.of(DAY, LocalDate.class, DAY),
        Arguments.of(DAY, LocalDateTime.class, DAY.atStartOfDay()),
        Arguments.of("2026-07-20T23:30:00.123Z", LocalDateTime.class, WALL),
        Arguments.of("2026-07-21T05:15:00.123+05:45", Instant.class, instant),
        Arguments.of("2026-07-20 23:30:00.123", LocalDateTime.class, WALL),
        Arguments.of("2026-07-20", LocalDate.class, DAY),
        Arguments.of("23:30:00.123", LocalTime.class, WALL.toLocalTime()));
  }

  @ParameterizedTest
  @MethodSource("objects")
  void valuesComeAsTheClassAskedFor(Object value, Class<?> type, Object expected)
      throws SQLException {
    try (ResultSet row = row(value)) {
      assertThat((Object) row.getObject(1, type)).isEqualTo(expected);
      assertThat((Object) row.getObject("V", type)).isEqualTo(expected);
      assertThat(row.wasNull()).isFalse();
    }
    try (ResultSet row = row(null)) {
      assertThat((Object) row.getObject(1, type)).isNull();
      assertThat(row.wasNull()).isTrue();
    }
  }

  @Test
  void whatDoesNotFitIsAnError() throws SQLException {
    try (ResultSet row = row(300L)) {
      assertThatThrownBy(() -> row.getByte(1)).extracting("SQLState").isEqualTo("22003");
      assertThatThrownBy(() -> row.getObject(1, LocalDate.class))
          .extracting("SQLState")
          .isEqualTo("22023");
      assertThatThrownBy(() -> row.getObject(1, Thread.class))
          .extracting("SQLState")
          .isEqualTo("0A000");
    }
    try (ResultSet row = row("x".repeat(1000))) {
      assertThatThrownBy(() -> row.getInt(1))
          .hasMessageContaining("number")
          .extracting("SQLState")
          .isEqualTo("22023");
      assertThatThrownBy(() -> row.getInt(1)).message().hasSizeLessThan(120);
      assertThatThrownBy(() -> row.getTimestamp(1)).extracting("SQLState").isEqualTo("22023");
    }
    try (ResultSet row = row(Double.NaN)) {
      assertThatThrownBy(() -> row.getLong(1)).extracting("SQLState").isEqualTo("22023");
      assertThat(row.getDouble(1)).isNaN();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Asia/Kathmandu", "Asia/Tokyo"})
  void timestampsAreTheUtcWallClockInEveryZone(String zone) throws SQLException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try (ResultSet row = row(WALL)) {
      assertThat(row.getTimestamp(1).toString()).isEqualTo("2026-07-20 23:30:00.123");
      assertThat(row.getObject(1).toString()).isEqualTo("2026-07-20 23:30:00.123");
      assertThat(row.getString(1)).isEqualTo("2026-07-20 23:30:00.123");
      assertThat(row.getDate(1).toString()).isEqualTo("2026-07-20");
      assertThat(row.getTime(1).toString()).isEqualTo("23:30:00");
      assertThat(row.getObject(1, LocalDateTime.class)).isEqualTo(WALL);
      Instant instant = Instant.parse("2026-07-20T23:30:00.123Z");
      assertThat(row.getObject(1, Instant.class)).isEqualTo(instant);
      for (String of : List.of("UTC", "Europe/Berlin")) {
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(of), Locale.ROOT);
        assertThat(row.getTimestamp(1, calendar).toInstant()).isEqualTo(instant);
      }
      Calendar tokyo = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"), Locale.ROOT);
      assertThat(row.getDate(1, tokyo).getTime())
          .isEqualTo(Instant.parse("2026-07-20T15:00:00Z").toEpochMilli());
    } finally {
      TimeZone.setDefault(before);
    }
  }

  /** {@code java.sql.Time} shows whole seconds, and holds the milliseconds all the same. */
  @Test
  void aTimeKeepsItsMilliseconds() throws SQLException {
    Calendar utc = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    for (Object value : new Object[] {WALL, WALL.toLocalTime(), "23:30:00.123"}) {
      try (ResultSet row = row(value)) {
        assertThat(Math.floorMod(row.getTime(1).getTime(), 1000L)).isEqualTo(123);
        assertThat(row.getTime(1).getTime()).isEqualTo(Time.valueOf("23:30:00").getTime() + 123);
        assertThat(row.getTime(1, utc).getTime()).isEqualTo(84_600_123);
      }
    }
  }

  /** A DATE has no instant of its own: the calendar says where its day begins. */
  @Test
  void aCalendarSaysWhereTheDayOfADateBegins() throws SQLException {
    Calendar tokyo = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"), Locale.ROOT);
    try (ResultSet row = row(DAY)) {
      Instant begin = Instant.parse("2026-07-19T15:00:00Z");
      assertThat(row.getTimestamp(1, tokyo).toInstant()).isEqualTo(begin);
      assertThat(row.getDate(1, tokyo).getTime()).isEqualTo(begin.toEpochMilli());
      assertThat(row.getTimestamp(1)).isEqualTo(Timestamp.valueOf("2026-07-20 00:00:00"));
    }
  }

  @Test
  void textCanBeReadAsStream() throws Exception {
    try (ResultSet row = row("Köln 東京")) {
      StringWriter text = new StringWriter();
      row.getCharacterStream(1).transferTo(text);
      assertThat(text).hasToString("Köln 東京");
      assertThat(new String(row.getAsciiStream(1).readAllBytes(), "UTF-8")).isEqualTo("Köln 東京");
      assertThat(new String(row.getBytes(1), "UTF-8")).isEqualTo("Köln 東京");
      assertThat(row.getNString(1)).isEqualTo("Köln 東京");
      Clob clob = row.getClob(1);
      assertThat(clob.length()).isEqualTo(7);
      assertThat(clob.getSubString(6, 100)).isEqualTo("東京");
      assertThat(clob.position("東", 1)).isEqualTo(6);
    }
  }

  @Test
  void listsAreArrays() throws SQLException {
    try (ResultSet row = row(List.of("a", "b"))) {
      Array array = row.getArray(1);
      assertThat((Object[]) array.getArray()).containsExactly("a", "b");
      assertThat((Object[]) array.getArray(2, 1)).containsExactly("b");
      assertThat(row.getString(1)).isEqualTo("[a, b]");
      try (ResultSet elements = array.getResultSet()) {
        assertThat(elements.next()).isTrue();
        assertThat(elements.getInt(1)).isEqualTo(1);
        assertThat(elements.getString(2)).isEqualTo("a");
      }
    }
  }

  static Stream<Arguments> bound() throws Exception {
    Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"), Locale.ROOT);
    calendar.setTimeInMillis(Instant.parse("2026-07-20T23:30:00.123Z").toEpochMilli());
    return Stream.of(
        Arguments.of((byte) 1, 1),
        Arguments.of((short) 1, 1),
        Arguments.of(0.1f, 0.1),
        Arguments.of(BigInteger.TEN, BigDecimal.TEN),
        Arguments.of('c', "c"),
        Arguments.of(new StringBuilder("s"), "s"),
        Arguments.of(Timestamp.valueOf("2026-07-20 23:30:00.123"), WALL),
        Arguments.of(new java.util.Date(Timestamp.valueOf(WALL).getTime()), WALL),
        Arguments.of(Date.valueOf("2026-07-20"), DAY),
        Arguments.of(Time.valueOf("23:30:00"), LocalTime.of(23, 30)),
        Arguments.of(calendar, WALL),
        Arguments.of(Instant.parse("2026-07-20T23:30:00.123Z"), WALL),
        Arguments.of(OffsetDateTime.parse("2026-07-21T05:15:00.123+05:45"), WALL),
        Arguments.of(ZonedDateTime.parse("2026-07-21T08:30:00.123+09:00[Asia/Tokyo]"), WALL),
        Arguments.of(new TextClob("clob"), "clob"),
        Arguments.of(new java.io.StringReader("reader"), "reader"));
  }

  @ParameterizedTest
  @MethodSource("bound")
  void parametersAreBroughtToFewTypes(Object value, Object expected) throws SQLException {
    assertThat(ParameterValues.of(value)).isEqualTo(expected);
  }

  @Test
  void setObjectWithATypeConvertsFirst() throws SQLException {
    assertThat(ParameterValues.of("2", JDBCType.BIGINT.getVendorTypeNumber(), -1)).isEqualTo(2L);
    assertThat(ParameterValues.of("2026-07-20", JDBCType.DATE.getVendorTypeNumber(), -1))
        .isEqualTo(DAY);
    assertThat(ParameterValues.of(1.256, JDBCType.DECIMAL.getVendorTypeNumber(), 2))
        .isEqualTo(new BigDecimal("1.26"));
    assertThat(ParameterValues.of(null, JDBCType.CLOB.getVendorTypeNumber(), -1)).isNull();
    assertThatThrownBy(() -> ParameterValues.of(new Object()))
        .extracting("SQLState")
        .isEqualTo("22023");
  }
}
