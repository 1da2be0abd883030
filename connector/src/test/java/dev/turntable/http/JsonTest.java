package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  public record Values(
      Long whole,
      Integer small,
      Double dbl,
      BigDecimal decimal,
      Instant at,
      Boolean flag,
      @RawJson String raw) {}

  private final JsonAdapter<Values> adapter = Json.moshi().build().adapter(Values.class);

  private Values read(String field, String json) throws IOException {
    return adapter.fromJson("{\"" + field + "\":" + json + ",\"unknown\":[{}]}");
  }

  @ParameterizedTest
  @CsvSource({
    "42, 42",
    "42.0, 42",
    "-0, 0",
    "4.2e1, 42",
    "9223372036854775807, 9223372036854775807"
  })
  void readsWholeNumbersHoweverWritten(String json, long expected) throws IOException {
    assertThat(read("whole", json).whole()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"42.5", "9223372036854775808", "1e99999999"})
  void refusesNumbersThatAreNotWholeOrTooLarge(String json) {
    assertThatThrownBy(() -> read("whole", json))
        .isInstanceOf(OutOfRangeException.class)
        .hasMessageContaining("$.whole");
  }

  @Test
  void refusesWhatDoesNotFitItsType() {
    assertThatThrownBy(() -> read("small", "2147483648")).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> read("dbl", "1e999")).isInstanceOf(OutOfRangeException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "whole, '\"1\"'",
    "dbl, true",
    "decimal, {}",
    "decimal, '\"1.6;\"'",
    "decimal, '\"NaN\"'",
    "decimal, '\" 1\"'",
    "at, 5",
    "at, '\"yesterday\"'",
    "flag, 1"
  })
  void refusesValuesOfAnotherKind(String field, String json) {
    assertThatThrownBy(() -> read(field, json)).isInstanceOf(JsonDataException.class);
  }

  @Test
  void nullAndMissingAreNull() throws IOException {
    Values nothing = new Values(null, null, null, null, null, null, null);
    assertThat(adapter.fromJson("{}")).isEqualTo(nothing);
    assertThat(
            adapter.fromJson(
                "{\"whole\":null,\"small\":null,\"dbl\":null,\"decimal\":null,\"at\":null,"
                    + "\"flag\":null,\"raw\":null}"))
        .isEqualTo(nothing);
  }

  @Test
  void keepsDecimalsExactly() throws IOException {
    assertThat(read("decimal", "0.100000000000000000001").decimal())
        .isEqualTo(new BigDecimal("0.100000000000000000001"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ \"b\" : 1 , \"a\" : [ true , null ] } | {\"b\":1,\"a\":[true,null]}",
        "123456789012345678901234567890.10 | 123456789012345678901234567890.10",
        "[1.0, 1e5, -0] | [1.0,1e5,-0]",
        "\"a\\u0041\\n\\\"\\\\\\u0001é\" | \"aA\\n\\\"\\\\\\u0001é\"",
        "{\"a\":{},\"a\":[]} | {\"a\":{},\"a\":[]}",
        "false | false",
      })
  void keepsRawJsonExactly(String json, String expected) throws IOException {
    assertThat(read("raw", json).raw()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\" nonsense}", "{\"a\":}", "[1,]", "nonsense", "{"})
  void rawJsonIsChecked(String json) {
    assertThatThrownBy(() -> read("raw", json)).isInstanceOf(IOException.class);
  }

  @Test
  void writesRawJsonAsItIs() {
    assertThat(adapter.toJson(new Values(1L, null, null, null, null, null, "{\"a\":[1.0]}")))
        .isEqualTo("{\"whole\":1,\"raw\":{\"a\":[1.0]}}");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-11T09:14:48.000Z, 2026-05-11T09:14:48Z",
    "2026-05-11T09:14:48Z, 2026-05-11T09:14:48Z",
    "2026-05-11T09:14:48, 2026-05-11T09:14:48Z",
    "2026-05-11T09:14, 2026-05-11T09:14:00Z",
    "2026-05-11 09:14:48.5, 2026-05-11T09:14:48.500Z",
    "2026-05-11t09:14:48.123456z, 2026-05-11T09:14:48.123456Z",
    "2026-05-11T09:14:48.1234567891234Z, 2026-05-11T09:14:48.123456789Z",
    "2026-05-11T09:14:48+05:45, 2026-05-11T03:29:48Z",
    "2026-05-11T09:14:48.25-0130, 2026-05-11T10:44:48.250Z",
    "2026-05-11T09:14:48+02, 2026-05-11T07:14:48Z",
    "2024-02-29T23:59:59.999Z, 2024-02-29T23:59:59.999Z",
    "0001-01-01T00:00:00.000Z, 0001-01-01T00:00:00Z",
  })
  void readsTimestampsAsServicesWriteThem(String text, String expected) {
    assertThat(Instants.parse(text)).isEqualTo(Instant.parse(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-05-11",
        "2026-13-01T00:00:00.000Z",
        "2023-02-29T00:00:00.000Z",
        "2026-05-11T24:00:00.000Z",
        "2026-05-11T09:14:48.Z",
        "2026-05-11T09:14:48+19:00",
        "11.05.2026 09:14",
        "2026-05-11T09:14:60.000Z",
        "２026-05-11T09:14:48Z"
      })
  void refusesWhatIsNoTimestamp(String text) {
    assertThat(Instants.parse(text)).isNull();
  }

  @Test
  void theShortWayToATimestampAgreesWithTheCalendar() {
    for (LocalDate day = LocalDate.of(1895, 1, 1); day.getYear() < 2105; day = day.plusDays(1)) {
      Instant expected = day.atTime(1, 2, 3, 4_000_000).toInstant(ZoneOffset.UTC);
      assertThat(Instants.parse(day + "T01:02:03.004Z")).isEqualTo(expected);
    }
  }
}
