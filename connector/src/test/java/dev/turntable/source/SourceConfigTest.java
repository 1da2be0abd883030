package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Properties as a source reads them. */
final class SourceConfigTest {
  private static SourceConfig of(String value) {
    return new SourceConfig("service", Map.of("it", value));
  }

  private static void isRefused(ThrowingCallable read, String message) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BAD_VALUE))
        .hasMessage("property service.it " + message);
  }

  @Test
  void values() {
    assertThat(of("TRUE").flag("it")).isTrue();
    assertThat(of("no").flag("it")).isFalse();
    assertThat(of("-7").number("it")).isEqualTo(-7);
    assertThat(of("1.5").decimal("it")).isEqualTo(1.5);
    assertThat(of(" a, ,b,,").list("it")).containsExactly("a", "b");
    assertThat(of("").list("it")).isEmpty();
    assertThat(new SourceConfig("service", Map.of()).list("it")).isEmpty();
    assertThat(new SourceConfig("service", Map.of()).find("it")).isNull();
  }

  /** Zero means no limit, so that a short limit must not become none. */
  @Test
  void secondsAreRoundedUp() {
    assertThat(of("0").seconds("it")).isZero();
    assertThat(of(" 1.5 ").seconds("it")).isEqualTo(Duration.ofMillis(1500));
    assertThat(of("0.000000001").seconds("it")).isEqualTo(Duration.ofMillis(1));
    assertThat(of("0.0011").seconds("it")).isEqualTo(Duration.ofMillis(2));
  }

  @Test
  void whatIsNoneOfItsType() {
    isRefused(() -> new SourceConfig("service", Map.of()).string("it"), "is required");
    isRefused(() -> of("many").number("it"), "is not a whole number");
    isRefused(() -> of("1.5").number("it"), "is not a whole number");
    isRefused(() -> of("many").decimal("it"), "is not a number");
    isRefused(() -> of("soon").seconds("it"), "is not a number of seconds");
    isRefused(() -> of("1e30").seconds("it"), "is not a number of seconds");
  }

  @Test
  void itIsShownWithoutItsValues() {
    assertThat(of("sk_secret")).hasToString("service[it]");
  }
}
