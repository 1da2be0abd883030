package dev.turntable.text;

import java.util.Arrays;

/** Where the lines of a text begin: after a line feed, a carriage return, or both. */
public final class SqlLines {
  private final int[] starts;

  private SqlLines(int[] starts) {
    this.starts = starts;
  }

  public static SqlLines of(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean both = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !both)) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = i + 1;
      }
    }
    return new SqlLines(Arrays.copyOf(starts, count));
  }

  /** Returns the line that a place is in, from 1. */
  public int line(int place) {
    int found = Arrays.binarySearch(starts, place);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** Returns the column of a place in its line, from 1, counted in chars. */
  public int column(int place) {
    return place - starts[line(place) - 1] + 1;
  }
}
