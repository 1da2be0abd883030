package dev.turntable.jdbc.meta;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name pattern of metadata: {@code %}, {@code _}, {@code \\} before a literal. Case is ignored, but of
 * names that differ by it alone those count that match as they are, if there are any.
 */
final class NamePattern {
  private final @Nullable String regex;

  private NamePattern(@Nullable String regex) {
    this.regex = regex;
  }

  /** Returns a pattern; null matches everything. */
  static NamePattern like(@Nullable String text) {
    if (text == null || text.equals("%")) {
      return new NamePattern(null);
    }
    StringBuilder regex = new StringBuilder();
    int[] points = text.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      if (points[i] == '%') {
        regex.append(".*");
      } else if (points[i] == '_') {
        regex.append('.');
      } else {
        boolean escape = points[i] == '\\' && i + 1 < points.length;
        regex.append(Pattern.quote(Character.toString(escape ? points[++i] : points[i])));
      }
    }
    return new NamePattern(regex.toString());
  }

  /** Returns the pattern of a name that is no pattern; null matches everything. */
  static NamePattern exactly(@Nullable String name) {
    return new NamePattern(name == null ? null : Pattern.quote(name));
  }

  /** Returns whether a name matches that no other one differs from by case alone. */
  boolean matches(String name) {
    return !of(List.of(name), Function.identity()).isEmpty();
  }

  /** Returns those that match, in their order. */
  <T> List<T> of(Collection<T> all, Function<T, String> name) {
    if (regex == null) {
      return List.copyOf(all);
    }
    Pattern exact = Pattern.compile(regex, Pattern.DOTALL);
    Pattern loose =
        Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    Set<String> matched = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (T each : all) {
      if (exact.matcher(name.apply(each)).matches()) {
        matched.add(name.apply(each));
      }
    }
    return all.stream()
        .filter(each -> loose.matcher(name.apply(each)).matches())
        .filter(
            each ->
                exact.matcher(name.apply(each)).matches() || !matched.contains(name.apply(each)))
        .toList();
  }

  @Override
  public String toString() {
    return regex == null ? "%" : regex.toLowerCase(Locale.ROOT);
  }
}
