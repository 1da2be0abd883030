package dev.turntable.run;

import java.util.Arrays;

/** The groups of peers of a partition, in its order. */
final class PeerGroups {
  /** The first row of each group, then the number of rows. */
  private final int[] starts;

  /** The group of each row. */
  private final int[] groupOf;

  /**
   * @param peerStarts for each row the first of its peers
   */
  PeerGroups(int[] peerStarts) {
    int rows = peerStarts.length;
    int[] found = new int[rows + 1];
    groupOf = new int[rows];
    int groups = 0;
    for (int i = 0; i < rows; i++) {
      if (peerStarts[i] == i) {
        found[groups++] = i;
      }
      groupOf[i] = groups - 1;
    }
    found[groups] = rows;
    starts = Arrays.copyOf(found, groups + 1);
  }

  /** Returns the first row of the group so far away from row i's. */
  int start(int i, long distance) {
    return starts[clamp(groupOf[i] + distance)];
  }

  /** Returns the row after the last of the group so far away from row i's. */
  int end(int i, long distance) {
    return starts[clamp(groupOf[i] + distance + 1)];
  }

  private int clamp(long group) {
    return (int) Math.max(0, Math.min(starts.length - 1, group));
  }
}
