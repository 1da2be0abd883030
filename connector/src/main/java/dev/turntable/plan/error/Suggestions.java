package dev.turntable.plan.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what a mistyped name may have meant. */
public final class Suggestions {
  private static final int SHOWN = 12;

  private Suggestions() {}

  /** Returns the end of a message: the nearest name, or the first few there are. */
  public static String remedy(String wrong, Collection<String> names) {
    String nearest = nearest(wrong, names);
    return nearest.isEmpty() ? all(List.copyOf(names)) : nearest;
  }

  /** Returns the end of a message: the nearest name, or nothing. */
  public static String nearest(String wrong, Collection<String> names) {
    return names.stream()
        .filter(name -> distance(wrong, name) <= 1 + wrong.length() / 5)
        .min(Comparator.comparingInt(name -> distance(wrong, name)))
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
  }

  /** As {@link #nearest}, of words so short that no more than one letter may be wrong. */
  public static String ofKeyword(String wrong, Collection<String> keywords) {
    return keywords.stream()
        .filter(each -> each.length() > 3 && distance(wrong, each) == 1)
        .sorted()
        .findFirst()
        .map(each -> "; did you mean " + each + " instead of " + wrong + "?")
        .orElse("");
  }

  private static String all(List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return "; there are " + shown + (names.size() > SHOWN ? ", …" : "");
  }

  /** The number of single-character edits between two names; a schema in front counts nothing. */
  private static int distance(String wrong, String name) {
    return edits(
        wrong.toLowerCase(Locale.ROOT),
        name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  /** Two letters that have changed places are one edit. */
  private static int edits(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(edits[i - 1][j], edits[i][j - 1]) + 1;
        least = Math.min(least, edits[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        edits[i][j] = swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
      }
    }
    return edits[a.length()][b.length()];
  }
}
