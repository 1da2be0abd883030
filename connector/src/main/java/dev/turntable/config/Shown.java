package dev.turntable.config;

import java.util.regex.Pattern;

/** What of a user's text may appear in a message. */
final class Shown {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

  private Shown() {}

  /** Returns a name, or a placeholder if it is none: it could be a misplaced secret. */
  static String name(String text) {
    return NAME.matcher(text).matches() ? "\"" + text + "\"" : "(not a name)";
  }
}
