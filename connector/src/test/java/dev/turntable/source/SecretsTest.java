package dev.turntable.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a careless service, or a user in the wrong place, can make of a secret. */
class SecretsTest {
  private static final String[] SECRETS = {
    "hdg_live_simulator",
    "a/b+c=d e&f\"g\\h",
    "k3y!",
    "x<y>'z&q\"",
    "simulated-secret_1.x",
    "gehe\u00edm\u00fcn\ud83d\udd11"
  };

  /** Every form in which a secret must not be seen, and what may surround it. */
  private static List<String> forms(String secret) {
    List<String> forms = new ArrayList<>(List.of(secret));
    String encoded = URLEncoder.encode(secret, UTF_8);
    forms.add(encoded);
    forms.add(encoded.toLowerCase(Locale.ROOT).equals(encoded) ? encoded : lowerHex(encoded));
    forms.add(everyByte(secret));
    forms.add(URLEncoder.encode(encoded, UTF_8));
    forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
    forms.add(everyChar(secret, "\\u%04x"));
    forms.add(everyChar(secret, "&#%d;"));
    forms.add(everyChar(secret, "&#x%x;"));
    StringBuilder points = new StringBuilder();
    secret.codePoints().forEach(point -> points.append("&#").append(point).append(';'));
    forms.add(points.toString());
    forms.add(everyChar(secret, "&#X%X;"));
    forms.add(secret.replace("&", "&amp;").replace("\"", "&quot;"));
    forms.add(
        secret
            .replace("&", "&amp;")
            .replace("\"", "&quot;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("'", "&apos;"));
    for (String before : List.of("", "a", "my-client:", "xy")) {
      for (String after : List.of("", "z", ":x", "/tail")) {
        for (String form : List.of(secret, encoded)) {
          byte[] bytes = (before + form + after).getBytes(UTF_8);
          forms.add(Base64.getEncoder().encodeToString(bytes));
          forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
          forms.add(URLEncoder.encode(Base64.getEncoder().encodeToString(bytes), UTF_8));
        }
      }
    }
    return forms;
  }

  private static String lowerHex(String encoded) {
    StringBuilder text = new StringBuilder(encoded);
    for (int at = text.indexOf("%"); at >= 0; at = text.indexOf("%", at + 1)) {
      text.replace(at, at + 3, text.substring(at, at + 3).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  private static String everyByte(String secret) {
    StringBuilder text = new StringBuilder();
    for (byte each : secret.getBytes(UTF_8)) {
      text.append(String.format(Locale.ROOT, "%%%02X", each));
    }
    return text.toString();
  }

  private static String everyChar(String secret, String form) {
    StringBuilder text = new StringBuilder();
    secret.chars().forEach(c -> text.append(String.format(Locale.ROOT, form, c)));
    return text.toString();
  }

  @Test
  void noFormOfASecretIsLeft() {
    for (String secret : SECRETS) {
      Secrets secrets = new Secrets();
      secrets.add(secret);
      for (String form : forms(secret)) {
        if (!isTooShort(secret, form)) {
          assertThat(secrets.mask("before <" + form + "> after"))
              .as("%s as %s", secret, form)
              .isEqualTo("before <****> after");
        }
      }
    }
  }

  /** Within a longer base64, four characters leave five signs, which stand in many a text. */
  private static boolean isTooShort(String secret, String form) {
    return secret.length() < 6
        && !form.contains(secret)
        && form.matches("[A-Za-z0-9+/_=-]+|.*%3D")
        && !form.equals(Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)));
  }

  @Test
  void whatIsCutShortIsNotShownEither() {
    Secrets secrets = new Secrets();
    String secret = "sk_live_0123456789abcdefghij";
    secrets.add(secret);
    for (int length = 12; length <= secret.length(); length++) {
      assertThat(secrets.mask("key " + secret.substring(0, length) + "..."))
          .isEqualTo("key ****...");
    }
    assertThat(secrets.mask("sk_live_ is how keys begin")).isEqualTo("sk_live_ is how keys begin");
  }

  @Test
  void aLongOneIsFoundInAnyCase() {
    Secrets secrets = new Secrets();
    secrets.add("hdg_live_simulator");
    assertThat(secrets.mask("HDG_LIVE_SIMULATOR Hdg_Live_Simulator")).isEqualTo("**** ****");
  }

  /** No text is changed that holds no secret, and none makes it fail. */
  @ParameterizedTest
  @ValueSource(
      strings = {"100%", "%zz", "\\", "\\u12", "&#;", "&#99999999;", "&&amp", "%u0041 \\x", ""})
  void otherTextsStay(String text) {
    Secrets secrets = new Secrets();
    for (String secret : SECRETS) {
      secrets.add(secret);
    }
    assertThat(secrets.mask(text)).isEqualTo(text);
  }

  @Test
  void randomTextsStay() {
    Secrets secrets = new Secrets();
    secrets.add("hdg_live_simulator");
    Random random = new Random(1);
    String alphabet = "ab%\\u0041&#;x/+= ";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(30); j > 0; j--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(secrets.mask(text.toString())).isEqualTo(text.toString());
    }
  }

  @Test
  void oneConnectionsSecretIsNoneOfAnothersButOfEveryMessage() {
    Secrets mine = new Secrets();
    mine.add("hdg_live_of_mine");
    assertThat(new Secrets().mask("hdg_live_of_mine")).isEqualTo("hdg_live_of_mine");
    assertThat(Secrets.maskAll("hdg_live_of_mine")).isEqualTo("****");
    assertThat(Secrets.clean(new IllegalStateException(new Exception("hdg_live_of_mine"))))
        .isNull();
    Exception suppressing = new Exception("a");
    suppressing.addSuppressed(new Exception("hdg_live_of_mine"));
    assertThat(Secrets.clean(suppressing)).isNull();
    Exception circle = new Exception("a");
    circle.addSuppressed(new Exception("b", circle));
    assertThat(Secrets.clean(circle)).isSameAs(circle);
    circle.addSuppressed(new Exception("c", new Exception("hdg_live_of_mine")));
    assertThat(Secrets.clean(circle)).isNull();
    Exception fine = new Exception("hdg");
    assertThat(Secrets.clean(fine)).isSameAs(fine);
    assertThat(mine.toString()).doesNotContain("hdg");
  }
}
