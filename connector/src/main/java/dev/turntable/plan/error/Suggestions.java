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

  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
