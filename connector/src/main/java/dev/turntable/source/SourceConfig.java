package dev.turntable.source;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The effective properties of one source: defaults filled in, texts checked against their {@link
 * PropertyDef.Type}, environment and precedence already resolved. Names are case-insensitive.
 */
public final class SourceConfig {
  private final String source;
  private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * @param source the name of the source, for messages
   * @param values property texts by name; a property without value has no entry
   */
  public SourceConfig(String source, Map<String, String> values) {
    this.source = source;
    this.values.putAll(values);
  }

  /** Returns the name of the source. */
  public String source() {
    return source;
  }

  /** Returns the text of a property, or null if it has none. */
  public @Nullable String find(String name) {
    return values.get(name);
  }

  /**
   * Returns the text of a property.
   *
   * @throws TurntableException if it has none
   */
  public String string(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE, "property " + source + "." + name + " is required");
    }
    return value;
  }

  public boolean flag(String name) {
    return "true".equals(string(name).toLowerCase(Locale.ROOT));
  }

  public long number(String name) {
    try {
      return Long.parseLong(string(name));
    } catch (NumberFormatException e) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE, "property " + source + "." + name + " is not a whole number", e);
    }
  }

  public double decimal(String name) {
    try {
      return Double.parseDouble(string(name));
    } catch (NumberFormatException e) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE, "property " + source + "." + name + " is not a number", e);
    }
  }

  /**
   * Returns a property of type {@link PropertyDef.Type#SECONDS}, rounded up to milliseconds: zero
   * means no limit, and a short limit must not become none.
   */
  public Duration seconds(String name) {
    try {
      BigDecimal millis = new BigDecimal(string(name).strip()).movePointRight(3);
      return Duration.ofMillis(millis.setScale(0, RoundingMode.CEILING).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          "property " + source + "." + name + " is not a number of seconds",
          e);
    }
  }

  /** Returns the entries of a comma list, trimmed, empty ones dropped; empty if not given. */
  public List<String> list(String name) {
    String value = values.get(name);
    if (value == null) {
      return List.of();
    }
    return java.util.Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  /** Hides the values: some are secrets. */
  @Override
  public String toString() {
    return source + values.keySet();
  }
}
