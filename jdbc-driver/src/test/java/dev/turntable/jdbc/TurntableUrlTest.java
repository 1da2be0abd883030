package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.config.Setting;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurntableUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "jdbc:turntable:demo|demo|",
        "jdbc:turntable:demo:|demo|",
        "JDBC:Turntable:Handinger|handinger|",
        "jdbc:turntable:handinger+rightbrain|handinger,rightbrain|",
        "jdbc:turntable: handinger + rightbrain |handinger,rightbrain|",
        "jdbc:turntable:handinger:apiKey=k|handinger|apiKey=k",
        "jdbc:turntable:handinger:apiKey=k;|handinger|apiKey=k",
        "jdbc:turntable:handinger:;; apiKey = k ; readOnly=true;;|handinger|apiKey=k,readOnly=true",
        "jdbc:turntable:handinger:baseUrl=http://127.0.0.1:80/a=b|handinger|baseUrl=http://127.0.0.1:80/a=b",
        "jdbc:turntable:handinger:apiKey=a%3Bb|handinger|apiKey=a%3Bb",
        "jdbc:turntable:handinger:apiKey=\"a;b\"\"c\";x=1|handinger|apiKey=a;b\"c,x=1",
        "jdbc:turntable:handinger:apiKey= \" a \" ;x=|handinger|apiKey= a ,x=",
        "jdbc:turntable:handinger:apiKey=a\"b|handinger|apiKey=a\"b",
        "jdbc:turntable:handinger:apiKey=\"\"|handinger|apiKey=",
        "jdbc:turntable:handinger+rightbrain:rightbrain.apiKey=k|handinger,rightbrain|rightbrain.apiKey=k",
      })
  void goodUrls(String text, String sources, String settings) {
    TurntableUrl url = TurntableUrl.parse(text);
    assertThat(String.join(",", url.sources())).isEqualTo(sources);
    assertThat(
            url.settings().stream()
                .map(setting -> setting.name() + "=" + setting.value())
                .collect(Collectors.joining(",")))
        .isEqualTo(settings == null ? "" : settings);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:turntable:",
        "jdbc:turntable::apiKey=sk_secret",
        "jdbc:turntable:+",
        "jdbc:turntable:handinger+",
        "jdbc:turntable:handinger+handinger",
        "jdbc:turntable:demo+handinger",
        "jdbc:turntable:handinger;apiKey=sk_secret",
        "jdbc:turntable:handinger?apiKey=sk_secret",
        "jdbc:turntable://handinger:apiKey=sk_secret",
        "jdbc:turntable:handinger:sk_secret",
        "jdbc:turntable:handinger:=sk_secret",
        "jdbc:turntable:handinger:a=1;sk_secret;b=2",
        "jdbc:turntable:handinger:apiKey=\"sk_secret",
        "jdbc:turntable:handinger:apiKey=\"sk_secret\"x",
        "jdbc:turntable:1a",
      })
  void badUrlsAreRefusedWithoutTheirValues(String text) {
    assertThat(TurntableUrl.accepts(text)).isTrue();
    assertThatThrownBy(() -> TurntableUrl.parse(text))
        .isInstanceOfSatisfying(
            TurntableException.class, e -> assertThat(e.kind().sqlState()).isEqualTo("22023"))
        .hasMessageNotContaining("sk_secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "jdbc:", "jdbc:turntable", "jdbc:calcite:", "turntable:demo"})
  void otherUrlsAreNotOurs(String text) {
    assertThat(TurntableUrl.accepts(text)).isFalse();
    assertThat(new TurntableDriver().acceptsURL(text)).isFalse();
  }

  @Test
  void secretsAreMasked() {
    TurntableUrl url =
        TurntableUrl.parse(
            "jdbc:turntable:handinger:apiKey=sk_a;password=sk_b;trustStorePassword=sk_c;"
                + "handinger.APIKEY=sk_d;mistyped=sk_e;maxRequests=5;taskIds=\"a;b\"");
    assertThat(url.redacted())
        .isEqualTo(
            "jdbc:turntable:handinger:apiKey=****;password=****;trustStorePassword=****;"
                + "handinger.APIKEY=****;mistyped=****;maxRequests=5;taskIds=\"a;b\"");
    assertThat(url.toString()).doesNotContain("sk_");
  }

  @Test
  void whatIsRedactedCanBeParsedAgain() {
    TurntableUrl url =
        new TurntableUrl(List.of("handinger"), List.of(new Setting("baseUrl", "\"a;\"b")));
    assertThat(TurntableUrl.parse(url.redacted()).settings()).isEqualTo(url.settings());
  }

  @Test
  void anyTextIsParsedOrRefused() {
    Random random = new Random(42);
    String letters = "jdbc:turntable:handinger+demo;=\"\" \u0000é\ud83d.-%\\'\n";
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(TurntableUrl.PREFIX);
      random
          .ints(random.nextInt(40), 0, letters.length())
          .forEach(at -> text.append(letters.charAt(at)));
      try {
        TurntableUrl.parse(text.toString()).redacted();
      } catch (TurntableException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
