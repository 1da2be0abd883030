package dev.turntable.source;

/**
 * A text that regular expressions read: a match that goes back and forth for years ends when its
 * statement does.
 */
public final class WatchedText implements CharSequence {
  /** A look costs about as much as some ten characters. */
  private static final int CHECK_EVERY = 256;

  private final String text;
  private final Runnable check;
  private int read;

  /**
   * @param check throws once the statement has ended
   */
  public WatchedText(String text, Runnable check) {
    this.text = text;
    this.check = check;
  }

  @Override
  public char charAt(int index) {
    if (++read % CHECK_EVERY == 0) {
      check.run();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
