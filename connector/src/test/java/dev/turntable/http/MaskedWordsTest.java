package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.Secrets;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of a secret may be seen in words that a service sends, or in an exception. */
class MaskedWordsTest {
  private static final String SECRET = "key+with/odd=signs";

  private final ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);
  private final Secrets secrets = connection.secrets();

  @AfterEach
  void close() {
    connection.close();
  }

  MaskedWordsTest() {
    secrets.add(SECRET);
    secrets.add("abc");
    secrets.add(null);
  }

  @Test
  void masksASecretAsItIsAndAsAUrlHoldsIt() {
    assertThat(secrets.mask("a " + SECRET + " b")).isEqualTo("a **** b");
    assertThat(secrets.mask("?q=key%2Bwith%2Fodd%3Dsigns&x")).isEqualTo("?q=****&x");
  }

  @Test
  void whatIsTooShortIsNoSecret() {
    assertThat(secrets.mask("abc null")).isEqualTo("abc null");
  }

  @Test
  void dropsACauseThatHoldsASecret() {
    IOException clean = new IOException("reset");
    assertThat(Secrets.clean(clean)).isSameAs(clean);
    assertThat(Secrets.clean(new IOException("a", new IOException(SECRET)))).isNull();
    IOException suppressing = new IOException("a");
    suppressing.addSuppressed(new IOException(SECRET));
    assertThat(Secrets.clean(suppressing)).isNull();
  }

  /** A part of a key would not be found any more. */
  @Test
  void aRefusalIsCutAfterItsSecretsAreMasked() {
    for (int length = 150; length < 520; length++) {
      String words = "x".repeat(length) + SECRET;
      for (String body : new String[] {words, "{\"error\":\"" + words + "\"}"}) {
        assertThat(ErrorBody.of(body, secrets).words()).doesNotContain("key");
      }
    }
  }

  @Test
  void showsNothingOfItself() {
    assertThat(secrets.toString()).doesNotContain(SECRET);
  }
}
