package dev.turntable.source;

import java.time.Duration;

/** Ages in words. */
public final class AgeText {
  private AgeText() {}

  /** Returns an age in the largest unit that it has two of, rounded up. */
  public static String text(Duration age) {
    long seconds = Math.max(0, age.plusMillis(999).toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7_200) {
      return (seconds + 59) / 60 + " min";
    }
    return seconds < 172_800
        ? (seconds + 3_599) / 3_600 + " h"
        : (seconds + 86_399) / 86_400 + " d";
  }
}
