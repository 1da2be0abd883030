package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Properties are values: equal where nothing tells them apart, whatever told them apart. */
class PropertyDefTest {
  private static final Pattern ID = Pattern.compile("[a-z]+");

  private static PropertyDef key() {
    return PropertyDef.of("apiKey", PropertyDef.Type.STRING, "The API key.")
        .asSecret()
        .fromEnvironment("SERVICE_KEY")
        .withDefault("none")
        .withEntries(ID);
  }

  @Test
  void keepsWhatItIsTold() {
    assertThat(key())
        .isEqualTo(
            new PropertyDef(
                "apiKey",
                PropertyDef.Type.STRING,
                "none",
                true,
                "SERVICE_KEY",
                List.of(),
                ID,
                "The API key."))
        .hasSameHashCodeAs(key());
  }

  @Test
  void everyPartCounts() {
    PropertyDef plain = PropertyDef.of("a", PropertyDef.Type.STRING, "It.");
    assertThat(
            List.of(
                PropertyDef.of("b", PropertyDef.Type.STRING, "It."),
                PropertyDef.of("a", PropertyDef.Type.NUMBER, "It."),
                PropertyDef.of("a", PropertyDef.Type.STRING, "That."),
                plain.withDefault("x"),
                plain.asSecret(),
                plain.fromEnvironment("X"),
                plain.withEntries(ID),
                new PropertyDef(
                    "a", PropertyDef.Type.STRING, null, false, null, List.of("x"), null, "It.")))
        .doesNotHaveDuplicates()
        .doesNotContain(plain);
    assertThat((Object) plain).isNotEqualTo("a");
    assertThat(plain.hashCode()).isNotEqualTo(key().hashCode());
  }
}
