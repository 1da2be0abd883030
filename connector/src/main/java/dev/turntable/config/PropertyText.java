package dev.turntable.config;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.TurntableException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the text of a property against its definition. No message holds the text. */
final class PropertyText {
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,9})?");

  /** The longest time that OkHttp takes: {@link Integer#MAX_VALUE} milliseconds. */
  private static final long MAX_SECONDS = 2_147_483;

  private PropertyText() {}

  /** Returns the text in its normal form. */
  static String check(String property, PropertyDef def, String text) {
    String value = text.strip();
    return switch (def.type()) {
      case STRING -> choice(property, def, value);
      case BOOLEAN -> bool(property, value);
      case INTEGER -> number(property, value, WHOLE, "a whole number", min(def), max(def));
      case NUMBER -> number(property, value, NUMBER, "a number", min(def), max(def));
      case SECONDS -> number(property, value, NUMBER, "a number of seconds", 0, MAX_SECONDS);
      case URL -> url(property, value);
      case LIST -> list(property, def, value);
      case LIST_OR_FILE -> value.startsWith("@") ? value : list(property, def, value);
    };
  }

  private static String choice(String property, PropertyDef def, String value) {
    if (def.choices().isEmpty()) {
      return value;
    }
    return def.choices().stream()
        .filter(value::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(() -> bad(property, "one of " + String.join(", ", def.choices())));
  }

  private static String bool(String property, String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    if (!lower.equals("true") && !lower.equals("false")) {
      throw bad(property, "true or false");
    }
    return lower;
  }

  private static String number(
      String property, String value, Pattern form, String what, long min, long max) {
    if (!form.matcher(value).matches()) {
      throw bad(property, what + ", not negative");
    }
    BigDecimal number = new BigDecimal(value);
    if (number.compareTo(BigDecimal.valueOf(min)) < 0
        || number.compareTo(BigDecimal.valueOf(max)) > 0) {
      throw bad(property, what + (max == Long.MAX_VALUE ? " of at least " + min : range(min, max)));
    }
    return value;
  }

  private static String range(long min, long max) {
    return " from " + min + " to " + max;
  }

  private static long min(PropertyDef def) {
    CommonProperty common = common(def);
    return common == null ? 0 : common.min();
  }

  private static long max(PropertyDef def) {
    CommonProperty common = common(def);
    return common == null ? Long.MAX_VALUE : common.max();
  }

  private static @Nullable CommonProperty common(PropertyDef def) {
    for (CommonProperty property : CommonProperty.values()) {
      if (property.def().equals(def)) {
        return property;
      }
    }
    return null;
  }

  private static String url(String property, String value) {
    try {
      URI uri = new URI(value);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if ((!scheme.equals("http") && !scheme.equals("https"))
          || uri.getHost() == null
          || uri.getRawUserInfo() != null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null) {
        throw bad(property, "an http or https URL without user, query and fragment");
      }
    } catch (URISyntaxException e) {
      throw bad(property, "an http or https URL");
    }
    return value.replaceAll("/+$", "");
  }

  private static String list(String property, PropertyDef def, String value) {
    List<String> entries =
        Arrays.stream(value.split(",", -1)).map(String::strip).filter(e -> !e.isEmpty()).toList();
    for (int i = 0; i < entries.size(); i++) {
      if (!isEntry(def, entries.get(i))) {
        throw new TurntableException(
            ErrorKind.BAD_VALUE,
            "property " + property + ": entry " + (i + 1) + " of the list is not valid");
      }
    }
    return String.join(",", entries);
  }

  static boolean isEntry(PropertyDef def, String entry) {
    return def.entryPattern() == null || def.entryPattern().matcher(entry).matches();
  }

  private static TurntableException bad(String property, String wanted) {
    return new TurntableException(
        ErrorKind.BAD_VALUE, "property " + property + " has to be " + wanted);
  }
}
