package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedactorTest {
  private static final String SECRET = "key+with/odd=signs";

  private final ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);
  private final Redactor redactor = new Redactor(connection);

  @AfterEach
  void close() {
    connection.close();
  }

  RedactorTest() {
    redactor.add(SECRET);
    redactor.add("abc");
    redactor.add(null);
  }

  @Test
  void masksASecretAsItIsAndAsAUrlHoldsIt() {
    assertThat(redactor.redact("a " + SECRET + " b")).isEqualTo("a **** b");
    assertThat(redactor.redact("?q=key%2Bwith%2Fodd%3Dsigns&x")).isEqualTo("?q=****&x");
  }

  @Test
  void whatIsTooShortIsNoSecret() {
    assertThat(redactor.redact("abc null")).isEqualTo("abc null");
  }

  @Test
  void dropsACauseThatHoldsASecret() {
    IOException clean = new IOException("reset");
    assertThat(redactor.cause(clean)).isSameAs(clean);
    assertThat(redactor.cause(new IOException("a", new IOException(SECRET)))).isNull();
    IOException suppressing = new IOException("a");
    suppressing.addSuppressed(new IOException(SECRET));
    assertThat(redactor.cause(suppressing)).isNull();
  }

  /** A part of a key would not be found any more. */
  @Test
  void aRefusalIsCutAfterItsSecretsAreMasked() {
    for (int length = 150; length < 520; length++) {
      String words = "x".repeat(length) + SECRET;
      for (String body : new String[] {words, "{\"error\":\"" + words + "\"}"}) {
        assertThat(ErrorBody.of(body, redactor).words()).doesNotContain("key");
      }
    }
  }

  @Test
  void showsNothingOfItself() {
    assertThat(redactor.toString()).doesNotContain(SECRET);
  }
}
