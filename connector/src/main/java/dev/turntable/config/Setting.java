package dev.turntable.config;

/**
 * A property as it was given: nothing is checked yet.
 *
 * @param name the name, a source's prefix included
 * @param value the text
 */
public record Setting(String name, String value) {
  /** Hides the value: it may be a secret. */
  @Override
  public String toString() {
    return name;
  }
}
