package dev.turntable.config;

import java.util.Map;

/**
 * Named settings of a user, which beat the environment and are beaten by the URL and by properties.
 *
 * @param name what the user calls it, for messages
 * @param values the texts of properties, by their names
 * @param trusted whether only the user can have written them; then they count as environment where
 *     keys and addresses must come from one hand, else as properties
 */
public record Profile(String name, Map<String, String> values, boolean trusted) {
  /** No profile. */
  public static final Profile NONE = new Profile("", Map.of(), true);

  public Profile {
    values = Map.copyOf(values);
  }

  /** Hides the values: some are secrets. */
  @Override
  public String toString() {
    return "Profile[" + name + "]";
  }
}
