package dev.turntable.source;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection property.
 *
 * @param name the name in the URL; compared without regard to case
 * @param type how its text is read
 * @param defaultValue the text used where none is given, or null
 * @param secret whether the value must never be shown
 * @param environment the environment variable that gives it last of all, or null
 * @param choices the only values allowed, or empty
 * @param entryPattern what every entry of a list must match, or null
 * @param description one sentence, with the unit
 */
public record PropertyDef(
    String name,
    Type type,
    @Nullable String defaultValue,
    boolean secret,
    @Nullable String environment,
    List<String> choices,
    @Nullable Pattern entryPattern,
    String description) {

  /** How the text of a property is read. */
  public enum Type {
    STRING,
    BOOLEAN,
    /** A whole number, not negative. */
    INTEGER,
    /** A number, not negative, fractions allowed. */
    NUMBER,
    /** A number of seconds, not negative, fractions allowed. */
    SECONDS,
    /** An http or https URL; a trailing slash is ignored. */
    URL,
    /** A comma list. */
    LIST,
    /** A comma list, or {@code @file} with one entry per line; resolved to a comma list. */
    LIST_OR_FILE
  }

  public PropertyDef {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    choices = List.copyOf(choices);
    requireNonNull(description, "description");
  }

  public static PropertyDef of(String name, Type type, String description) {
    return new PropertyDef(name, type, null, false, null, List.of(), null, description);
  }

  public PropertyDef withDefault(String text) {
    return new PropertyDef(
        name, type, text, secret, environment, choices, entryPattern, description);
  }

  public PropertyDef asSecret() {
    return new PropertyDef(
        name, type, defaultValue, true, environment, choices, entryPattern, description);
  }

  public PropertyDef fromEnvironment(String variable) {
    return new PropertyDef(
        name, type, defaultValue, secret, variable, choices, entryPattern, description);
  }

  public PropertyDef withEntries(Pattern pattern) {
    return new PropertyDef(
        name, type, defaultValue, secret, environment, choices, pattern, description);
  }

  /** By hand: the one that Java makes for a record costs the first connection of a JVM 30 ms. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PropertyDef def
        && name.equals(def.name)
        && type == def.type
        && Objects.equals(defaultValue, def.defaultValue)
        && secret == def.secret
        && Objects.equals(environment, def.environment)
        && choices.equals(def.choices)
        && Objects.equals(entryPattern, def.entryPattern)
        && description.equals(def.description);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
