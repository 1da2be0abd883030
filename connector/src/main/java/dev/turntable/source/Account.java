package dev.turntable.source;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Whose rows a source reads. What one account may see is never answered to another one.
 *
 * @param places where the rows are: the base URL, then whatever else the service keeps apart, such as an
 *     organization and a project
 * @param key the key, or whatever it belongs to; never shown, never written down
 */
public record Account(List<String> places, String key) {
  public Account {
    places = List.copyOf(places);
    requireNonNull(key, "key");
  }

  /** Hides the key. */
  @Override
  public String toString() {
    return "Account" + places;
  }
}
