package dev.turntable.plan.pushed;

/**
 * How texts are compared for order. Turntable goes by UTF-16, the other database by the bytes of UTF-8: they
 * differ where characters of four bytes meet those from U+E000 on, which UTF-16 has behind them.
 */
final class TextOrder {
  private final boolean byKeys;
  private boolean used;

  /**
   * @param byKeys whether texts may have such characters, so that something else is compared in their place
   */
  TextOrder(boolean byKeys) {
    this.byKeys = byKeys;
  }

  /** Returns whether any texts are compared for order. */
  boolean isUsed() {
    return used;
  }

  /** Returns what is compared in the place of a text. */
  String key(String text) {
    used = true;
    return byKeys
        ? "regexp_replace(" + text + ", '([\\x{E000}-\\x{FFFF}])', chr(1114111) || '\\1', 'g')"
        : text;
  }

  /** Returns the first, or the last, of some texts, to be followed by what it is of. */
  String extreme(String function, String text) {
    String key = key(text);
    return byKeys
        ? "arg_" + function.toLowerCase(java.util.Locale.ROOT) + "(" + text + ", " + key + ")"
        : function + "(" + text + ")";
  }
}
