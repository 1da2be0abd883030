package dev.turntable.eval;

/**
 * Looks for a text in another in as many steps as both are long. {@link String#indexOf(String)} may
 * take as many as the product: years, for two texts of one letter each.
 */
final class Search {
  /** Up to here the product is small. */
  private static final int SHORT = 16;

  private static final int CHECK_EVERY = 1 << 16;

  private final String searched;
  private final Runnable check;
  private final int[] borders;

  /**
   * @param searched what is looked for; not empty
   * @param check throws once the statement has ended
   */
  Search(String searched, Runnable check) {
    this.searched = searched;
    this.check = check;
    this.borders = searched.length() <= SHORT ? new int[0] : borders(searched);
  }

  static boolean contains(String text, String searched, Runnable check) {
    return searched.length() <= SHORT
        ? text.contains(searched)
        : new Search(searched, check).in(text, 0) >= 0;
  }

  /** For each length the longest beginning of a text that also ends its first so many characters. */
  private static int[] borders(String text) {
    int[] borders = new int[text.length() + 1];
    borders[0] = -1;
    int border = -1;
    for (int i = 0; i < text.length(); i++) {
      while (border >= 0 && text.charAt(border) != text.charAt(i)) {
        border = borders[border];
      }
      borders[i + 1] = ++border;
    }
    return borders;
  }

  /** Returns where it is first found at or after a place, or -1. */
  int in(String text, int from) {
    if (borders.length == 0) {
      return text.indexOf(searched, from);
    }
    int matched = 0;
    for (int i = from; i < text.length(); i++) {
      if (i % CHECK_EVERY == 0) { // equivalent (MathMutator): the product overflows to 0 there too
        check.run();
      }
      while (matched >= 0 && searched.charAt(matched) != text.charAt(i)) {
        matched = borders[matched];
      }
      if (++matched == searched.length()) {
        return i + 1 - matched;
      }
    }
    return -1;
  }

  /** Returns the text with another one in all places where it is found. */
  String replaced(String text, String replacement) {
    int at = in(text, 0);
    if (at < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length());
    int from = 0;
    for (; at >= 0; at = in(text, from)) {
      check.run();
      result.append(text, from, at).append(replacement);
      from = at + searched.length();
    }
    return result.append(text, from, text.length()).toString();
  }
}
