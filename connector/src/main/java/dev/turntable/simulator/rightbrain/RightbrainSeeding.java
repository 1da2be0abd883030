package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Dice;
import java.util.Arrays;
import java.util.List;

/** Decides when which task ran at the start, so that rows can be made one by one later. */
final class RightbrainSeeding {
  /** Share of the runs and share of the time where bursts begin and end; straight in between. */
  private static final double[][] BURSTS = {
    {0, 0}, {0.05, 0.45}, {0.65, 0.455}, {0.68, 0.9}, {0.98, 0.902}, {1, 1}
  };

  /** Longer than the largest page, so that some page shows none of its rows. */
  private static final int HIDDEN_BLOCK = 130;

  private final RightbrainOptions options;
  private final long seed;
  private final long end;
  private final List<RightbrainTask> tasks;

  RightbrainSeeding(RightbrainOptions options, long seed, long end, List<RightbrainTask> tasks) {
    this.options = options;
    this.seed = seed;
    this.end = end;
    this.tasks = tasks;
  }

  RightbrainRows rows() {
    short[] task = deal();
    long[] created = times(task.length);
    byte[] revision = new byte[task.length];
    byte[] flags = new byte[task.length];
    for (int row = 0; row < task.length; row++) {
      Dice dice = new Dice(seed, "rb row", row);
      List<RightbrainRevision> revisions = tasks.get(task[row]).revisions();
      revision[row] = (byte) revision(tasks.get(task[row]), created[row], dice);
      int marks = dice.oneIn(12) ? RightbrainRows.ERROR : 0;
      if (dice.oneIn(8) && revisions.get(revision[row]).fallback() != null) {
        marks |= RightbrainRows.FALLBACK;
      }
      flags[row] = (byte) (hidden(row) ? marks | RightbrainRows.HIDDEN : marks);
    }
    return RightbrainRows.of(tasks.size(), created, task, revision, flags);
  }

  /** As many rows of each task as it shall have, well mixed. */
  private short[] deal() {
    short[] deck = new short[tasks.stream().mapToInt(RightbrainTask::runs).sum()];
    int at = 0;
    for (RightbrainTask task : tasks) {
      Arrays.fill(deck, at, at + task.runs(), (short) task.number());
      at += task.runs();
    }
    Dice dice = new Dice(seed, "rb deal", 0);
    for (int i = deck.length - 1; i > 0; i--) {
      int j = dice.below(i + 1);
      short other = deck[j];
      deck[j] = deck[i];
      deck[i] = other;
    }
    return deck;
  }

  private long[] times(int count) {
    long span = options.span.toNanos() / 1000;
    long[] times = new long[count];
    Dice dice = new Dice(seed, "rb time", 0);
    for (int i = 0; i < count; i++) {
      double share = (i + dice.below(1000) / 1000.0) / count;
      long time = end - span + (long) (span * (options.uneven ? uneven(share) : share));
      times[i] = dice.oneIn(4) ? time - Math.floorMod(time, RightbrainTimes.SECOND) : time;
    }
    Arrays.sort(times);
    for (int i = 1; i < count; i++) {
      // Runs of the same microsecond exist, and no reader may lose one of them.
      if (dice.oneIn(40)) {
        times[i] = times[i - 1];
      }
    }
    return times;
  }

  private static double uneven(double share) {
    int i = 1;
    while (i < BURSTS.length - 1 && share > BURSTS[i][0]) {
      i++;
    }
    double[] from = BURSTS[i - 1];
    double[] to = BURSTS[i];
    return from[1] + (to[1] - from[1]) * (share - from[0]) / (to[0] - from[0]);
  }

  /** The choice of that moment: revisions come and go. */
  private static int revision(RightbrainTask task, long time, Dice dice) {
    boolean tries = dice.oneIn(20);
    int active = task.pickActive(dice.below(1000) / 1000.0);
    int oldest = task.revisions().size() - 1;
    int latest = oldest;
    boolean allActiveThere = true;
    for (int i = oldest; i >= 0; i--) {
      RightbrainRevision revision = task.revisions().get(i);
      boolean there = revision.created() <= time;
      if (revision.test()) {
        if (tries && there) {
          return i;
        }
      } else if (there) {
        latest = i;
      } else if (revision.active()) {
        allActiveThere = false;
      }
    }
    return allActiveThere ? active : latest;
  }

  private boolean hidden(int row) {
    double half = options.hidden / 2;
    return options.hidden > 0
        && (new Dice(seed, "rb hidden", row).below(10_000) < half / (1 - half) * 10_000
            || new Dice(seed, "rb block", row / HIDDEN_BLOCK).below(10_000) < half * 10_000);
  }
}
