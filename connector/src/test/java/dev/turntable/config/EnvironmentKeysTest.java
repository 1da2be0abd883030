package dev.turntable.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.SourceConfig;
import dev.turntable.source.TaskSourceProvider;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A URL from a stranger must not carry the keys of the environment, or the lines of a file,
 * anywhere but to the service: for the services as they are, by key and by OAuth, at every side
 * door.
 */
class EnvironmentKeysTest {
  private static final String SECRET = "sk_of_the_environment";

  /** How somebody is let in by the environment alone. */
  private static final Map<String, Map<String, String>> KEYS = new LinkedHashMap<>();

  static {
    KEYS.put("handinger", Map.of("HANDINGER_API_KEY", SECRET));
    KEYS.put("rightbrain", Map.of("RB_API_KEY", SECRET));
    KEYS.put("rightbrain by OAuth", Map.of("RB_CLIENT_ID", "me", "RB_CLIENT_SECRET", SECRET));
    KEYS.put(
        "rightbrain by both",
        Map.of("RB_API_KEY", SECRET, "RB_CLIENT_ID", "me", "RB_CLIENT_SECRET", SECRET));
  }

  private static final Map<String, String> DOORS = new LinkedHashMap<>();

  static {
    DOORS.put("baseUrl", "https://evil.example");
    DOORS.put("tokenUrl", "https://evil.example/token");
    DOORS.put("proxy", "evil.example:3128");
    DOORS.put("trustStore", "/tmp/evil.p12");
    DOORS.put("allowHttp", "true");
  }

  static Stream<Arguments> doors() {
    List<Arguments> all = new ArrayList<>();
    KEYS.forEach(
        (way, environment) ->
            DOORS.forEach(
                (door, value) -> {
                  if (!door.equals("tokenUrl") || !way.equals("handinger")) {
                    all.add(Arguments.of(way, environment, door, value));
                  }
                }));
    return all.stream();
  }

  private static List<TaskSourceProvider> source(String way) {
    return Sources.named(List.of(way.split(" ", 2)[0]));
  }

  private static String outcome(
      String way,
      Map<String, String> url,
      Map<String, String> properties,
      Map<String, String> environment) {
    List<Setting> settings = new ArrayList<>();
    url.forEach((name, value) -> settings.add(new Setting(name, value)));
    try {
      ConfigResolver.resolve(
          new ConfigRequest(source(way), settings, properties, environment, Map.of()));
      return "open";
    } catch (TurntableException e) {
      assertThat(e.getMessage()).doesNotContain(SECRET);
      return e.kind().sqlState() + " " + e.getMessage();
    }
  }

  @ParameterizedTest
  @MethodSource("doors")
  void aKeyOfTheEnvironmentStaysWhereADoorIsOpen(
      String way, Map<String, String> environment, String door, String value) {
    for (String name : List.of(door, door.toUpperCase(java.util.Locale.ROOT))) {
      assertThat(outcome(way, Map.of(name, value), Map.of(), environment))
          .startsWith("28000")
          .contains(door, "never in the URL");
      assertThat(outcome(way, Map.of(), Map.of(name, value), environment))
          .startsWith("28000")
          .contains(door);
    }
    assertThat(outcome(way, Map.of(), Map.of(), environment)).isEqualTo("open");
  }

  @ParameterizedTest
  @MethodSource("doors")
  void aKeyGivenByHandMayGoThroughIt(
      String way, Map<String, String> environment, String door, String value) {
    Map<String, String> url = new HashMap<>(Map.of(door, value));
    url.putAll(
        way.endsWith("OAuth")
            ? Map.of("clientId", "me", "clientSecret", "by-hand")
            : Map.of("apiKey", "by-hand"));
    assertThat(outcome(way, url, Map.of(), environment)).isEqualTo("open");
  }

  /** Else the connection would ask for a token without a secret. */
  @Test
  void aKeyGivenByHandBeatsTheClientOfTheEnvironment() {
    ConfigRequest request =
        new ConfigRequest(
            source("rightbrain"),
            List.of(new Setting("apiKey", "by-hand")),
            Map.of(),
            KEYS.get("rightbrain by both"),
            Map.of());
    SourceConfig config = ConfigResolver.resolve(request).config().sources().get(0).config();
    assertThat(config.find("apiKey")).isEqualTo("by-hand");
    assertThat(config.find("clientId")).isNull();
    assertThat(config.find("clientSecret")).isNull();
  }

  /** A secret is that of a client; one given by hand is that of the client of the environment. */
  @Test
  void aClientSecretGivenByHandGoesWithTheClientOfTheEnvironment() {
    ConfigRequest request =
        new ConfigRequest(
            source("rightbrain"),
            List.of(new Setting("clientSecret", "by-hand")),
            Map.of(),
            KEYS.get("rightbrain by both"),
            Map.of());
    SourceConfig config = ConfigResolver.resolve(request).config().sources().get(0).config();
    assertThat(config.find("clientId")).isEqualTo("me");
    assertThat(config.find("clientSecret")).isEqualTo("by-hand");
    assertThat(config.find("apiKey")).isNull();
  }

  /** Where the environment itself opens the door, its owner has done so. */
  @Test
  void theEnvironmentMayNameItsOwnPlaces() {
    assertThat(
            outcome(
                "handinger",
                Map.of(),
                Map.of(),
                Map.of("HANDINGER_API_KEY", SECRET, "HANDINGER_BASE_URL", "https://own.example")))
        .isEqualTo("open");
    assertThat(
            outcome(
                "rightbrain",
                Map.of(),
                Map.of(),
                Map.of(
                    "RB_CLIENT_ID", "me",
                    "RB_CLIENT_SECRET", SECRET,
                    "RB_BASE_URL", "https://own.example/api",
                    "RB_TOKEN_URL", "https://own.example/token")))
        .isEqualTo("open");
  }

  /** A door of one service does not close the environment of the other. */
  @Test
  void eachServiceHasItsOwnDoors() {
    Map<String, String> environment = Map.of("HANDINGER_API_KEY", SECRET, "RB_API_KEY", SECRET);
    ConfigRequest request =
        new ConfigRequest(
            Sources.named(List.of("handinger", "rightbrain")),
            List.of(
                new Setting("handinger.baseUrl", "http://127.0.0.1:1"),
                new Setting("handinger.apiKey", "k")),
            Map.of(),
            environment,
            Map.of());
    assertThat(ConfigResolver.resolve(request).config().sources().get(1).config().find("apiKey"))
        .isEqualTo(SECRET);
  }

  @Test
  void linesOfAFileGoNowhereElse(@TempDir Path folder) throws IOException {
    String file = "@" + Files.writeString(folder.resolve("ids"), "tsk_a\n");
    Map<String, String> refused =
        Map.of(
            "https://evil.example", "",
            "https://handinger.com.evil.example", "",
            "https://handinger.com@evil.example", "",
            "http://127.0.0.1:1", "evil.example:3128",
            "http://localhost:2", "http://evil.example:3128",
            "https://[::1]:3", "socks://evil.example:1080",
            "http://handinger.com", "evil.example:3128");
    refused.forEach(
        (baseUrl, proxy) ->
            assertThat(withFile(file, baseUrl, proxy)).as(baseUrl).startsWith("22023"));
    Map<String, String> open =
        Map.of(
            "https://handinger.com", "",
            "https://HANDINGER.com/v2", "evil.example:3128",
            "http://127.0.0.1:1", "127.0.0.1:3128",
            "http://[::1]:2", "http://localhost:3128");
    open.forEach(
        (baseUrl, proxy) ->
            assertThat(withFile(file, baseUrl, proxy)).as(baseUrl).isEqualTo("open"));
  }

  private static String withFile(String file, String baseUrl, String proxy) {
    Map<String, String> url = new HashMap<>();
    url.put("taskIds", file);
    url.put("apiKey", "k");
    url.put("baseUrl", baseUrl);
    url.put("allowHttp", "true");
    if (!proxy.isEmpty()) {
      url.put("proxy", proxy);
    }
    return outcome("handinger", url, Map.of(), Map.of());
  }

  @Test
  void nothingGoesUnencryptedThroughAProxyElsewhere() {
    Map<String, String> url =
        Map.of("baseUrl", "http://127.0.0.1:1", "apiKey", "k", "proxy", "evil.example:3128");
    assertThat(outcome("handinger", url, Map.of(), Map.of()))
        .startsWith("22023")
        .contains("baseUrl", "allowHttp");
    Map<String, String> allowed = new HashMap<>(url);
    allowed.put("allowHttp", "true");
    assertThat(outcome("handinger", allowed, Map.of(), Map.of())).isEqualTo("open");
  }
}
