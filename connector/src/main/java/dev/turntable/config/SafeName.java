package dev.turntable.config;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/** What of a user's text may appear in a message: it could be a key in the wrong place. */
final class SafeName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

  /** Keys have digits, or signs of their own. */
  private static final Pattern WORDS = Pattern.compile("[A-Za-z]{1,20}(\\.[A-Za-z]{1,20}){0,3}");

  /** A short word is no key of anything. */
  private static final Pattern SHORT_WORD = Pattern.compile("[a-z]{1,8}");

  /** One letter in so many may be wrong. */
  private static final int LETTERS_PER_MISTAKE = 3;

  private SafeName() {}

  /** Returns a name from a URL, or a placeholder if it resembles none of those there are. */
  static String name(String text, Collection<String> known) {
    if (!NAME.matcher(text).matches()) {
      return "(not a name)";
    }
    String lower = text.toLowerCase(Locale.ROOT);
    boolean mistyped =
        known.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .anyMatch(name -> distance(lower, name) <= name.length() / LETTERS_PER_MISTAKE);
    return mistyped || SHORT_WORD.matcher(text).matches()
        ? "\"" + text + "\""
        : "(not shown, as it could be a key)";
  }

  /** Returns a name that a tool has put among the properties, or a placeholder if it cannot be one. */
  static String nameOfTool(String text) {
    return WORDS.matcher(text).matches() ? "\"" + text + "\"" : "(not shown, as it could be a key)";
  }

  /** Returns how many letters are to be changed, added or left out. */
  private static int distance(String one, String other) {
    int[] last = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] next = new int[other.length() + 1];
      next[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = last[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        next[j] = Math.min(changed, Math.min(last[j], next[j - 1]) + 1);
      }
      last = next;
    }
    return last[other.length()];
  }
}
