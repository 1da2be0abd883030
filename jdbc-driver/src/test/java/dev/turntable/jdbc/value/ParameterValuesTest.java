package dev.turntable.jdbc.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What clients bind, as the engine takes it. */
final class ParameterValuesTest {
  private static final Instant NIGHT = Instant.parse("2026-05-11T22:30:15.123456Z");

  private static Calendar calendar(String zone) {
    return new GregorianCalendar(TimeZone.getTimeZone(zone));
  }

  @Test
  void numbers() throws SQLException {
    assertThat(ParameterValues.of((byte) -7)).isEqualTo(-7);
    assertThat(ParameterValues.of((short) 7)).isEqualTo(7);
    assertThat(ParameterValues.of(7)).isEqualTo(7);
    assertThat(ParameterValues.of(7L)).isEqualTo(7L);
    assertThat(ParameterValues.of(0.1f)).as("by its digits").isEqualTo(0.1);
    assertThat(ParameterValues.of(0.1)).isEqualTo(0.1);
    assertThat(ParameterValues.of(new BigDecimal("1.50"))).isEqualTo(new BigDecimal("1.50"));
    assertThat(ParameterValues.of(BigInteger.TWO.pow(70)))
        .isEqualTo(new BigDecimal("1180591620717411303424"));
    assertThat(ParameterValues.of(new java.util.concurrent.atomic.AtomicLong(5)))
        .isEqualTo(new BigDecimal("5"));
  }

  @Test
  void texts() throws SQLException {
    UUID id = UUID.fromString("00000000-0000-0000-0000-000000000007");
    assertThat(ParameterValues.of("a")).isEqualTo("a");
    assertThat(ParameterValues.of('a')).isEqualTo("a");
    assertThat(ParameterValues.of(new char[] {'a', 'b'})).isEqualTo("ab");
    assertThat(ParameterValues.of(new StringBuilder("ab"))).isEqualTo("ab");
    assertThat(ParameterValues.of(id)).isEqualTo(id.toString());
    assertThat(ParameterValues.of(URI.create("https://x.example"))).isEqualTo("https://x.example");
    assertThat(ParameterValues.of(TimeUnit.DAYS)).isEqualTo("DAYS");
    assertThat(ParameterValues.of(new StringReader("ab"))).isEqualTo("ab");
    assertThat(ParameterValues.of(new ByteArrayInputStream(new byte[] {1, 2})))
        .isEqualTo(new byte[] {1, 2});
    assertThat(ParameterValues.of(null)).isNull();
    assertThatThrownBy(() -> ParameterValues.of(new Object()))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("a value of java.lang.Object cannot be bound");
  }

  /** Points in time as UTC has them; what has no zone as it is shown here. */
  @Test
  void times() throws SQLException {
    LocalDateTime utc = LocalDateTime.parse("2026-05-11T22:30:15.123456");
    assertThat(ParameterValues.of(NIGHT)).isEqualTo(utc);
    assertThat(ParameterValues.of(OffsetDateTime.parse("2026-05-12T00:30:15.123456+02:00")))
        .isEqualTo(utc);
    assertThat(
            ParameterValues.of(ZonedDateTime.parse("2026-05-12T07:30:15.123456+09:00[Asia/Tokyo]")))
        .isEqualTo(utc);
    Calendar calendar = calendar("Asia/Tokyo");
    calendar.setTimeInMillis(NIGHT.toEpochMilli());
    assertThat(ParameterValues.of(calendar))
        .isEqualTo(LocalDateTime.parse("2026-05-11T22:30:15.123"));
    assertThat(ParameterValues.of(OffsetTime.parse("01:30:15+02:00")))
        .isEqualTo(LocalTime.parse("23:30:15"));
    LocalDateTime here = LocalDateTime.parse("2026-05-11T22:30:15.123456");
    assertThat(ParameterValues.of(Timestamp.valueOf(here))).isEqualTo(here);
    assertThat(ParameterValues.of(Date.valueOf("2026-05-11")))
        .isEqualTo(LocalDate.parse("2026-05-11"));
    assertThat(ParameterValues.of(Time.valueOf("22:30:15"))).isEqualTo(LocalTime.parse("22:30:15"));
    assertThat(ParameterValues.of(new java.util.Date(Timestamp.valueOf(here).getTime())))
        .isEqualTo(LocalDateTime.parse("2026-05-11T22:30:15.123"));
  }

  /** The wall clock of the calendar's zone is what is meant. */
  @Test
  void datesAndTimesOfACalendar() throws SQLException {
    Date date = new Date(NIGHT.toEpochMilli());
    Time time = new Time(NIGHT.toEpochMilli());
    assertThat(ParameterValues.date(date, calendar("UTC")))
        .isEqualTo(LocalDate.parse("2026-05-11"));
    assertThat(ParameterValues.date(date, calendar("Asia/Tokyo")))
        .isEqualTo(LocalDate.parse("2026-05-12"));
    assertThat(ParameterValues.date(Date.valueOf("2026-05-11"), null))
        .isEqualTo(LocalDate.parse("2026-05-11"));
    assertThat(ParameterValues.date(null, calendar("UTC"))).isNull();
    assertThat(ParameterValues.time(time, calendar("UTC")))
        .isEqualTo(LocalTime.parse("22:30:15.123"));
    assertThat(ParameterValues.time(time, calendar("Asia/Tokyo")))
        .isEqualTo(LocalTime.parse("07:30:15.123"));
    assertThat(ParameterValues.time(Time.valueOf("22:30:15"), null))
        .isEqualTo(LocalTime.parse("22:30:15"));
    assertThat(ParameterValues.time(null, calendar("UTC"))).isNull();
    Timestamp timestamp = Timestamp.from(NIGHT);
    assertThat(ParameterValues.timestamp(timestamp, calendar("Asia/Tokyo")))
        .as("a point in time")
        .isEqualTo(LocalDateTime.parse("2026-05-11T22:30:15.123456"));
    assertThat(ParameterValues.timestamp(timestamp, null)).isEqualTo(timestamp.toLocalDateTime());
    assertThat(ParameterValues.timestamp(null, calendar("UTC"))).isNull();
  }

  @Test
  void asATypeSays() throws SQLException {
    assertThat(ParameterValues.of("7", Types.INTEGER, -1)).isEqualTo(7);
    assertThat(ParameterValues.of("7", Types.BIGINT, -1)).isEqualTo(7L);
    assertThat(ParameterValues.of(7, Types.DOUBLE, -1)).isEqualTo(7.0);
    assertThat(ParameterValues.of("1.255", Types.DECIMAL, 2)).isEqualTo(new BigDecimal("1.26"));
    assertThat(ParameterValues.of("1.255", Types.NUMERIC, -1)).isEqualTo(new BigDecimal("1.255"));
    assertThat(ParameterValues.of("1", Types.DECIMAL, 0)).isEqualTo(new BigDecimal("1"));
    assertThat(ParameterValues.of(7, Types.VARCHAR, -1)).isEqualTo("7");
    assertThat(ParameterValues.of("é".getBytes(StandardCharsets.UTF_8), Types.NVARCHAR, -1))
        .isEqualTo("é");
    assertThat(ParameterValues.of("true", Types.BOOLEAN, -1)).isEqualTo(true);
    assertThat(ParameterValues.of("2026-05-11", Types.DATE, -1))
        .isEqualTo(LocalDate.parse("2026-05-11"));
    assertThat(ParameterValues.of("22:30:15", Types.TIME, -1))
        .isEqualTo(LocalTime.parse("22:30:15"));
    assertThat(ParameterValues.of("2026-05-11 22:30:15", Types.TIMESTAMP, -1))
        .isEqualTo(LocalDateTime.parse("2026-05-11T22:30:15"));
    assertThat(ParameterValues.of(null, Types.INTEGER, -1)).isNull();
    assertThat(ParameterValues.of(7, Types.OTHER, -1)).isEqualTo(7);
    assertThatThrownBy(() -> ParameterValues.of(1L << 31, Types.INTEGER, -1))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("INTEGER");
  }

  @Test
  void streamsUpToALength() throws SQLException {
    String text = "x".repeat(10_000);
    assertThat(ParameterValues.text(new StringReader(text), 9_000)).hasSize(9_000);
    assertThat(ParameterValues.text(new StringReader(text), Long.MAX_VALUE)).isEqualTo(text);
    assertThat(ParameterValues.text(new StringReader(text), 0)).isEmpty();
    assertThat(ParameterValues.bytes(new ByteArrayInputStream(new byte[5]), 3)).hasSize(3);
    assertThat(ParameterValues.bytes(new ByteArrayInputStream(new byte[5]), Long.MAX_VALUE))
        .hasSize(5);
    assertThatThrownBy(() -> ParameterValues.text(new StringReader(text), -1))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("must not be negative");
    assertThatThrownBy(() -> ParameterValues.bytes(new ByteArrayInputStream(new byte[5]), -1))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("must not be negative");
  }

  @Test
  void streamsThatBreak() {
    InputStream bytes =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }
        };
    Reader text =
        new Reader() {
          @Override
          public int read(char[] buffer, int from, int length) throws IOException {
            throw new IOException("gone");
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> ParameterValues.bytes(bytes, 1))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("the stream cannot be read: gone");
    assertThatThrownBy(() -> ParameterValues.text(text, 1))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("the stream cannot be read: gone");
  }
}
