package dev.turntable.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Timestamps have milliseconds here and microseconds at the services: the rest is cut off. */
final class InternalFormTest {
  @ParameterizedTest
  @CsvSource({
    "2026-05-01T10:00:00.001900Z, 2026-05-01T10:00:00.001Z",
    "2026-05-01T10:00:00.001999999Z, 2026-05-01T10:00:00.001Z",
    "2026-05-01T10:00:00.000500Z, 2026-05-01T10:00:00.000Z",
    "2026-05-01T10:00:00.000499Z, 2026-05-01T10:00:00.000Z",
    "2026-05-01T10:00:00.001Z, 2026-05-01T10:00:00.001Z",
    "1969-12-31T23:59:59.999900Z, 1969-12-31T23:59:59.999Z",
    "1969-12-31T23:59:59.000100Z, 1969-12-31T23:59:59.000Z",
  })
  void microsecondsAreFloored(Instant read, Instant shown) {
    Column<Instant> column = Column.timestamp("at", at -> at);
    assertThat(InternalForm.reader(column).apply(read)).isEqualTo(shown.toEpochMilli());
  }

  @Test
  void whatGoesToASourceIsItsOwnType() {
    Instant at = Instant.parse("2026-05-01T10:00:00.001Z");
    assertThat(InternalForm.toSource(ColumnType.TIMESTAMP, at.toEpochMilli())).isEqualTo(at);
    assertThat(InternalForm.toSource(ColumnType.BIGINT, 7)).isEqualTo(7L);
    assertThat(InternalForm.toSource(ColumnType.INTEGER, 7L)).isEqualTo(7);
    assertThat(InternalForm.toSource(ColumnType.DOUBLE, 7)).isEqualTo(7.0);
    assertThat(InternalForm.toSource(ColumnType.VARCHAR, "x")).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({"1.2345675, 1.234568", "1.2345674, 1.234567", "-1.2345675, -1.234568", "1, 1.000000"})
  void decimalsHaveSixPlaces(BigDecimal read, BigDecimal shown) {
    Column<BigDecimal> column = Column.decimal("price", price -> price);
    assertThat(InternalForm.reader(column).apply(read)).isEqualTo(shown);
  }

  @Test
  void whatIsNotThereIsNull() {
    assertThat(InternalForm.reader(Column.<String>timestamp("at", row -> null)).apply("")).isNull();
    assertThat(InternalForm.reader(Column.<String>decimal("d", row -> null)).apply("")).isNull();
    assertThat(InternalForm.reader(Column.<String>varchar("v", row -> null)).apply("")).isNull();
  }
}
