package dev.turntable.run;

/**
 * The groups of peers of a partition, in its order.
 *
 * @param starts the first row of each group, then the number of rows
 * @param of the group of each row
 */
record PeerGroups(int[] starts, int[] of) {
  static PeerGroups of(int[] peerStarts) {
    int rows = peerStarts.length;
    int[] starts = new int[rows + 1];
    int[] of = new int[rows];
    int groups = 0;
    for (int i = 0; i < rows; i++) {
      if (peerStarts[i] == i) {
        starts[groups++] = i;
      }
      of[i] = groups - 1;
    }
    starts[groups] = rows;
    return new PeerGroups(java.util.Arrays.copyOf(starts, groups + 1), of);
  }

  /** Returns the first row of the group so far away from row i's. */
  int start(int i, long distance) {
    return starts[clamp(of[i] + distance)];
  }

  /** Returns the row after the last of the group so far away from row i's. */
  int end(int i, long distance) {
    return starts[clamp(of[i] + distance + 1)];
  }

  private int clamp(long group) {
    return (int) Math.max(0, Math.min(starts.length - 1, group));
  }
}
