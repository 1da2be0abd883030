package dev.turntable.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.config.ConnectionConfig.EffectiveProperty;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a profile of the user may say, and what beats it. */
final class ProfilesTest {
  private static final String SECRET = "sk_of_the_profile";

  private static Resolution resolve(
      Profile profile,
      List<Setting> url,
      Map<String, String> environment,
      Map<String, String> presets) {
    return ConfigResolver.resolve(
        new ConfigRequest(
            Sources.named(List.of("handinger")), url, Map.of(), environment, presets, profile));
  }

  private static Profile profile(Map<String, String> values) {
    return new Profile("work", values, true);
  }

  /** Returns the value of a property and where it comes from. */
  private static String effective(Resolution resolution, String name) {
    EffectiveProperty found =
        resolution.config().effective().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    return found.value() + " by " + found.origin();
  }

  @Test
  void itBeatsTheEnvironmentAndIsBeatenByHand() {
    Profile profile = profile(Map.of("apiKey", "p", "handinger.baseUrl", "https://p.example"));
    Map<String, String> environment =
        Map.of("HANDINGER_API_KEY", "e", "HANDINGER_BASE_URL", "https://e.example");
    Resolution alone = resolve(profile, List.of(), environment, Map.of());
    assertThat(alone.config().sources().get(0).config().find("apiKey")).isEqualTo("p");
    assertThat(effective(alone, "handinger.baseUrl")).isEqualTo("https://p.example by profile");
    Resolution byHand =
        resolve(profile, List.of(new Setting("apiKey", "u")), environment, Map.of());
    assertThat(byHand.config().sources().get(0).config().find("apiKey")).isEqualTo("u");
    assertThat(effective(byHand, "handinger.baseUrl")).isEqualTo("https://p.example by profile");
  }

  /** One that the user has not written alone is like a property, through which a key may leave. */
  @Test
  void oneThatIsNotTrustedIsAsProperties() {
    Profile profile = new Profile("team", Map.of("baseUrl", "https://team.example"), false);
    Map<String, String> environment = Map.of("HANDINGER_API_KEY", SECRET);
    assertThatThrownBy(() -> resolve(profile, List.of(), environment, Map.of()))
        .isInstanceOfSatisfying(
            TurntableException.class,
            e -> {
              assertThat(e.kind().sqlState()).isEqualTo("28000");
              assertThat(e.getMessage())
                  .contains("HANDINGER_API_KEY", "baseUrl")
                  .doesNotContain(SECRET);
            });
    assertThat(
            effective(
                resolve(profile, List.of(new Setting("apiKey", "u")), environment, Map.of()),
                "handinger.baseUrl"))
        .isEqualTo("https://team.example by properties");
  }

  @Test
  void itsKeyStaysWhereAUrlOpensADoor() {
    assertThatThrownBy(
            () ->
                resolve(
                    profile(Map.of("apiKey", SECRET)),
                    List.of(new Setting("baseUrl", "https://evil.example")),
                    Map.of(),
                    Map.of()))
        .isInstanceOf(TurntableException.class)
        .hasMessageContaining("the key in the profile is not used together with baseUrl")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void theDemoTakesNoKeyAndNoAddressOfIt() {
    Resolution demo =
        resolve(
            profile(
                Map.of(
                    "apiKey",
                    SECRET,
                    "baseUrl",
                    "https://p.example",
                    "proxy",
                    "p:1",
                    "maxAge",
                    "7")),
            List.of(),
            Map.of(),
            Map.of("handinger.baseUrl", "http://127.0.0.1:1", "handinger.apiKey", "demo"));
    assertThat(demo.config().sources().get(0).config().find("apiKey")).isEqualTo("demo");
    assertThat(effective(demo, "handinger.baseUrl")).isEqualTo("http://127.0.0.1:1 by default");
    assertThat(effective(demo, "proxy")).isEqualTo(" by default");
    assertThat(effective(demo, "maxAge")).isEqualTo("7 by profile");
  }

  /** One profile may serve connections to several sources. */
  @Test
  void namesOfOtherSourcesAreTheirs() {
    Profile profile =
        profile(Map.of("apiKey", "k", "rightbrain.orgId", "o", "projectId", "p", "maxAge", "7"));
    assertThat(effective(resolve(profile, List.of(), Map.of(), Map.of()), "maxAge"))
        .isEqualTo("7 by profile");
  }

  @Test
  void namesThatNobodyKnowsAreRefused() {
    for (String name :
        List.of("maxAgee", "rightbrain.taskIds", "handinger.orgId", "nobody.orgId")) {
      assertThatThrownBy(
              () -> resolve(profile(Map.of(name, SECRET)), List.of(), Map.of(), Map.of()))
          .as(name)
          .isInstanceOfSatisfying(
              TurntableException.class,
              e -> {
                assertThat(e.kind().sqlState()).isEqualTo("22023");
                assertThat(e.getMessage())
                    .startsWith("profile work: unknown property \"" + name + "\"; known are ")
                    .contains("maxAge")
                    .doesNotContain(SECRET);
              });
    }
  }

  @Test
  void aPropertyIsGivenOnce() {
    assertThatThrownBy(
            () ->
                resolve(
                    profile(Map.of("apiKey", "a", "handinger.apiKey", "b")),
                    List.of(),
                    Map.of(),
                    Map.of()))
        .isInstanceOf(TurntableException.class)
        .hasMessage("property apiKey is given twice");
  }

  @Test
  void itIsShownWithoutItsValues() {
    Profile profile = profile(Map.of("apiKey", SECRET));
    assertThat(profile).hasToString("Profile[work]");
    assertThat(
            new ConfigRequest(
                List.of(),
                List.of(new Setting("apiKey", SECRET)),
                Map.of("password", SECRET),
                Map.of("HANDINGER_API_KEY", SECRET),
                Map.of(),
                profile))
        .hasToString("ConfigRequest[apiKey]");
  }
}
