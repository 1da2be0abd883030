package dev.turntable.source;

/** Which strings are text, and so can be sent. */
public final class Utf16 {
  private Utf16() {}

  /** Returns whether no half of a surrogate pair stands alone: that would be sent as a question mark. */
  public static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
