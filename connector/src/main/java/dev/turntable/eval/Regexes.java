package dev.turntable.eval;

import dev.turntable.run.Execution;
import dev.turntable.source.TurntableException;
import dev.turntable.source.WatchedText;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The regular expressions of one call. The last one is kept, since most calls have but one. Safe for
 * use by several threads.
 */
final class Regexes {
  private static final List<String> POSIX_CLASSES =
      List.of(
          "Lower", "Upper", "ASCII", "Alpha", "XDigit", "Digit", "Alnum", "Punct", "Graph", "Print",
          "Blank", "Cntrl", "Space");

  private final String function;
  private final boolean posix;
  private volatile @Nullable Compiled last;

  private record Compiled(String regex, String flags, Pattern pattern) {}

  /**
   * @param function the function, for messages
   * @param posix whether an expression may name classes of characters as POSIX does
   */
  Regexes(String function, boolean posix) {
    this.function = function;
    this.posix = posix;
  }

  String function() {
    return function;
  }

  /** Returns a matcher that ends with its statement. */
  Matcher matcher(String text, String regex, String flags, Execution execution) {
    return pattern(regex, flags).matcher(new WatchedText(text, execution::check));
  }

  private Pattern pattern(String regex, String flags) {
    Compiled known = last;
    if (known != null && known.regex().equals(regex) && known.flags().equals(flags)) {
      return known.pattern();
    }
    try {
      Pattern pattern = Pattern.compile(posix ? withClasses(regex) : regex, options(flags));
      last = new Compiled(regex, flags, pattern);
      return pattern;
    } catch (PatternSyntaxException e) {
      throw wrong(ValueErrors.show(regex) + " is no regular expression: " + e.getDescription());
    }
  }

  private static String withClasses(String regex) {
    String result = regex;
    for (String name : POSIX_CLASSES) {
      String posix = name.toLowerCase(Locale.ROOT);
      if (regex.contains(posix)) {
        result = result.replace(posix, "\\p{" + name + "}");
      }
    }
    return result;
  }

  private int options(String flags) {
    int options = 0;
    for (int i = 0; i < flags.length(); i++) {
      switch (flags.charAt(i)) {
        case 'i' -> options |= Pattern.CASE_INSENSITIVE;
        case 'c' -> options &= ~Pattern.CASE_INSENSITIVE;
        case 'n' -> options |= Pattern.DOTALL;
        case 's' -> options &= ~Pattern.DOTALL;
        case 'm' -> options |= Pattern.MULTILINE;
        case 'g' -> {} // says how often, not how
        default -> throw wrong("there is no flag '" + flags.charAt(i) + "'");
      }
    }
    return options;
  }

  /** Returns a replacement as Java has it: {@code \1} is a group, {@code $} a dollar. */
  String replacement(String given) {
    String text = given.replace("\\\\", "\\");
    StringBuilder java = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : '\\';
      if (c == '$') {
        java.append("\\$");
      } else if (c != '\\') {
        java.append(c);
      } else if (Character.isDigit(next)) {
        java.append('$').append(next);
        i++;
      } else if (next == '\\' || next == '$') {
        java.append('\\').append(next);
        i++;
      } else {
        throw wrong("nothing to escape after the backslash in " + ValueErrors.show(given));
      }
    }
    return java.toString();
  }

  TurntableException wrong(String problem) {
    return ValueErrors.badArgument(function, problem);
  }
}
