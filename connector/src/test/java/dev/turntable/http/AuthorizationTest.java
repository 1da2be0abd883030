package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header of a key, and keys that there are not. */
final class AuthorizationTest {
  private static Authorization bearer(String key, String variable) {
    Map<String, String> texts = key == null ? Map.of() : Map.of("apiKey", key);
    return Authorization.bearer(new SourceConfig("service", texts), "apiKey", variable);
  }

  private static void isRefused(String key, String variable, String message) {
    assertThatThrownBy(() -> bearer(key, variable))
        .isInstanceOfSatisfying(
            TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.AUTHENTICATION))
        .hasMessage(message);
  }

  @Test
  void aKeyIsABearerToken() {
    try (ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);
        StatementScope scope = connection.statement("SELECT 1", Duration.ZERO)) {
      assertThat(bearer("!k~", null).header(scope)).isEqualTo("Bearer !k~");
      assertThat(Authorization.none().header(scope)).isNull();
    }
  }

  @Test
  void withoutOneTheWaysAreNamed() {
    for (String key : new String[] {null, "", "  "}) {
      isRefused(
          key,
          null,
          "service: no key; set the property service.apiKey or the password of the connection, never"
              + " the URL");
      isRefused(
          key,
          "SERVICE_KEY",
          "service: no key; set the environment variable SERVICE_KEY, or the property service.apiKey"
              + " or the password of the connection, never the URL");
    }
  }

  /** It would end the header, or go as something else. */
  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\nb", "a\r", "\ta", "a\u007f", "é", "a\0"})
  void keysThatNoHeaderHolds(String key) {
    isRefused(
        key,
        null,
        "service.apiKey holds a character that no key has, such as a space or a line end");
  }
}
