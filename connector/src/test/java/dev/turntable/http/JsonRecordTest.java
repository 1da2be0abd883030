package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** An answer that is not what the table expects is an error that names both. */
class JsonRecordTest {
  private static final JsonRecord ORDER =
      JsonRecord.of(
          "toys.orders",
          Map.of(
              "id",
              "7",
              "minutes",
              new BigDecimal("40"),
              "weight",
              new BigDecimal("1.5"),
              "ordered",
              "2026-03-01T08:00:00Z",
              "parts",
              List.of("wheel"),
              "done",
              true));

  private static void fails(ThrowingCallable call, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BAD_ANSWER))
        .hasMessageContaining("toys.orders: the answer has ")
        .hasMessageContaining(words);
  }

  @Test
  void readsMembersByTheirTypes() {
    assertThat(ORDER.text("id")).isEqualTo("7");
    assertThat(ORDER.integer("minutes")).isEqualTo(40);
    assertThat(ORDER.number("weight")).isEqualByComparingTo("1.5");
    assertThat(ORDER.time("ordered")).isEqualTo(Instant.parse("2026-03-01T08:00:00Z"));
    assertThat(ORDER.has("id")).isTrue();
    assertThat(ORDER.has("colour")).isFalse();
    assertThat(JsonRecord.list("toys.orders", List.of(Map.of("id", "8"))))
        .singleElement()
        .satisfies(each -> assertThat(each.text("id")).isEqualTo("8"));
  }

  @Test
  void whatDoesNotFitIsNamed() {
    fails(() -> ORDER.text("colour"), "nothing for colour, not a text");
    fails(() -> ORDER.text("minutes"), "a number for minutes, not a text");
    fails(() -> ORDER.number("id"), "a text for id, not a number");
    fails(() -> ORDER.integer("weight"), "a number for weight, not a whole number of 64 bits");
    fails(() -> ORDER.time("id"), "a text for id, not a time");
    fails(() -> ORDER.text("parts"), "an array for parts");
    fails(() -> ORDER.text("done"), "a boolean for done");
    fails(() -> JsonRecord.of("toys.orders", List.of()), "an array in place of an object");
    fails(() -> JsonRecord.of("toys.orders", null), "nothing in place of an object");
    fails(() -> JsonRecord.list("toys.orders", Map.of()), "an object in place of an array");
  }
}
