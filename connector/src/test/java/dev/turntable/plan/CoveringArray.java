package dev.turntable.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Few combinations of settings that hold every pair of values of any two settings. */
final class CoveringArray {
  private static final int CANDIDATES = 30;

  private CoveringArray() {}

  /**
   * Makes one, greedily: of some random rows the one with most new pairs is taken.
   *
   * @param levels how many values each setting has
   */
  static List<int[]> pairwise(int[] levels, Random random) {
    Set<Long> missing = new HashSet<>();
    for (int i = 0; i < levels.length; i++) {
      for (int j = i + 1; j < levels.length; j++) {
        for (int a = 0; a < levels[i]; a++) {
          for (int b = 0; b < levels[j]; b++) {
            missing.add(pair(i, a, j, b));
          }
        }
      }
    }
    List<int[]> rows = new ArrayList<>();
    while (!missing.isEmpty()) {
      int[] best = row(levels, missing, random);
      for (int i = 1; i < CANDIDATES; i++) {
        int[] other = row(levels, missing, random);
        if (covered(other, missing).size() > covered(best, missing).size()) {
          best = other;
        }
      }
      missing.removeAll(covered(best, missing));
      rows.add(best);
    }
    return rows;
  }

  private static long pair(int i, int a, int j, int b) {
    return ((i * 64L + a) * 64 + j) * 64 + b;
  }

  /** A row that holds one of the missing pairs; the rest of it is chance. */
  private static int[] row(int[] levels, Set<Long> missing, Random random) {
    long seed = missing.stream().skip(random.nextInt(missing.size())).findFirst().orElseThrow();
    int[] row = new int[levels.length];
    for (int i = 0; i < levels.length; i++) {
      row[i] = random.nextInt(levels[i]);
    }
    row[(int) (seed / (64L * 64 * 64))] = (int) (seed / (64 * 64) % 64);
    row[(int) (seed / 64 % 64)] = (int) (seed % 64);
    return row;
  }

  private static Set<Long> covered(int[] row, Set<Long> missing) {
    Set<Long> pairs = new HashSet<>();
    for (int i = 0; i < row.length; i++) {
      for (int j = i + 1; j < row.length; j++) {
        long pair = pair(i, row[i], j, row[j]);
        if (missing.contains(pair)) {
          pairs.add(pair);
        }
      }
    }
    return pairs;
  }
}
