package dev.turntable.jdbc;

import dev.turntable.config.CommonProperty;
import dev.turntable.config.Setting;
import dev.turntable.config.Sources;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code jdbc:turntable:<sources>[:<property>=<value>;…]}, split but not resolved. No message of a
 * failure holds a value.
 *
 * @param sources the names before the properties, lower case; {@code demo} alone for the demo
 * @param settings the properties in the order of the text, values unquoted
 */
record TurntableUrl(List<String> sources, List<Setting> settings) {
  static final String PREFIX = "jdbc:turntable:";
  static final String DEMO = "demo";

  private static final Pattern SOURCE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
  private static final String FORM =
      "a URL has the form jdbc:turntable:<source>[+<source>][:<property>=<value>;...]";

  TurntableUrl {
    sources = List.copyOf(sources);
    settings = List.copyOf(settings);
  }

  /** Returns whether a text is meant for this driver, right or wrong. */
  static boolean accepts(String url) {
    return url.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  /**
   * Splits a URL.
   *
   * @throws TurntableException if it does not have the form
   */
  static TurntableUrl parse(String url) {
    if (!accepts(url)) {
      throw bad(FORM);
    }
    String rest = url.substring(PREFIX.length());
    int colon = rest.indexOf(':');
    String names = colon < 0 ? rest : rest.substring(0, colon);
    return new TurntableUrl(
        sources(names), colon < 0 ? List.of() : new Splitter(rest, colon + 1).settings());
  }

  private static List<String> sources(String text) {
    List<String> names = new ArrayList<>();
    for (String part : text.split("\\+", -1)) {
      String name = part.strip();
      if (!SOURCE.matcher(name).matches()) {
        throw bad("the source in the URL is missing or is not a name; " + FORM);
      }
      names.add(name.toLowerCase(Locale.ROOT));
    }
    if (names.contains(DEMO) && names.size() > 1) {
      throw bad("the source demo stands alone");
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw bad("a source is named twice in the URL");
    }
    return names;
  }

  boolean isDemo() {
    return sources.contains(DEMO);
  }

  /** Returns the URL with every secret masked. */
  String redacted() {
    StringBuilder text = new StringBuilder(PREFIX).append(String.join("+", sources));
    Set<String> open = openNames();
    char separator = ':';
    for (Setting setting : settings) {
      String bare = setting.name().substring(setting.name().lastIndexOf('.') + 1);
      boolean secret = !open.contains(bare);
      text.append(separator)
          .append(setting.name())
          .append('=')
          .append(secret ? "****" : quoted(setting.value()));
      separator = ';';
    }
    return text.toString();
  }

  private static Set<String> openNames() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    Stream.concat(
            CommonProperty.defs().stream(),
            Sources.known().values().stream().flatMap(source -> source.properties().stream()))
        .filter(def -> !def.secret())
        .map(PropertyDef::name)
        .forEach(names::add);
    return names;
  }

  private static String quoted(String value) {
    return value.indexOf(';') < 0 && !value.startsWith("\"")
        ? value
        : '"' + value.replace("\"", "\"\"") + '"';
  }

  private static TurntableException bad(String message) {
    return new TurntableException(ErrorKind.BAD_VALUE, message);
  }

  /** Splits the part after the sources. */
  private static final class Splitter {
    private final String text;
    private final List<Setting> settings = new ArrayList<>();
    private int at;

    Splitter(String text, int start) {
      this.text = text;
      this.at = start;
    }

    List<Setting> settings() {
      while (at < text.length()) {
        int equals = text.indexOf('=', at);
        int semicolon = text.indexOf(';', at);
        if (semicolon >= 0 && (equals < 0 || semicolon < equals)) {
          skipEmpty(semicolon);
        } else if (equals < 0) {
          skipEmpty(text.length());
        } else {
          setting(equals);
        }
      }
      return settings;
    }

    private void skipEmpty(int end) {
      if (!text.substring(at, end).isBlank()) {
        throw bad("property " + (settings.size() + 1) + " of the URL has no value; " + FORM);
      }
      at = end + 1;
    }

    private void setting(int equals) {
      String name = text.substring(at, equals).strip();
      if (name.isEmpty()) {
        throw bad("property " + (settings.size() + 1) + " of the URL has no name; " + FORM);
      }
      at = equals + 1;
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      boolean quote = at < text.length() && text.charAt(at) == '"';
      settings.add(new Setting(name, quote ? quotedValue() : plainValue()));
    }

    private String plainValue() {
      int end = text.indexOf(';', at);
      end = end < 0 ? text.length() : end;
      String value = text.substring(at, end).strip();
      at = end + 1;
      return value;
    }

    private String quotedValue() {
      StringBuilder value = new StringBuilder();
      at++;
      while (true) {
        int quote = text.indexOf('"', at);
        if (quote < 0) {
          throw bad("property " + (settings.size() + 1) + " of the URL has no closing quote");
        }
        value.append(text, at, quote);
        at = quote + 1;
        if (at < text.length() && text.charAt(at) == '"') {
          value.append('"');
          at++;
          continue;
        }
        int end = text.indexOf(';', at);
        end = end < 0 ? text.length() : end;
        if (!text.substring(at, end).isBlank()) {
          throw bad("property " + (settings.size() + 1) + " of the URL goes on after its quote");
        }
        at = end + 1;
        return value.toString();
      }
    }
  }
}
