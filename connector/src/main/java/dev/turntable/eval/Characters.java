package dev.turntable.eval;

/**
 * Lengths and positions in text, counted in characters as in the SQL standard. Java counts the halves
 * of those beyond the first 65,536 one by one, and would cut an emoji in two.
 */
final class Characters {
  private Characters() {}

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Returns the position of a text in another, from 1; 0 if it is not there. */
  static int position(String searched, String text, Runnable check) {
    int index = new Search(searched, check).in(text, 0);
    return index < 0 ? 0 : text.codePointCount(0, index) + 1;
  }

  /** Returns the characters of which the first is number {@code from}, from 0, up to {@code end}. */
  static String between(String text, long from, long end) {
    int length = length(text);
    int first = (int) Math.min(Math.max(from, 0), length);
    int last = (int) Math.min(Math.max(end, first), length);
    int start = text.offsetByCodePoints(0, first);
    return text.substring(start, text.offsetByCodePoints(start, last - first));
  }
}
