package dev.turntable.simulator.rightbrain;

import java.util.Arrays;

/**
 * The skeleton of all runs at one moment: when, of which task and revision, with which flags, in the
 * order of {@code created}. Sixteen bytes a run; the rest of a row is made when it is asked for.
 *
 * <p>Immutable as far as its size goes: a longer successor shares the arrays. Only the latest one may
 * be extended, by one thread at a time.
 */
final class RightbrainRows {
  static final int ERROR = 1;
  static final int HIDDEN = 2;
  static final int FALLBACK = 4;

  private final int size;
  private final long[] created;
  private final short[] task;
  private final byte[] revision;
  private final byte[] flags;
  private final int[][] ofTask;
  private final int[] counts;

  private RightbrainRows(
      int size,
      long[] created,
      short[] task,
      byte[] revision,
      byte[] flags,
      int[][] ofTask,
      int[] counts) {
    this.size = size;
    this.created = created;
    this.task = task;
    this.revision = revision;
    this.flags = flags;
    this.ofTask = ofTask;
    this.counts = counts;
  }

  /** The rows of the start; the arrays are kept, {@code created} must ascend. */
  static RightbrainRows of(int tasks, long[] created, short[] task, byte[] revision, byte[] flags) {
    int[] counts = new int[tasks];
    for (short each : task) {
      counts[each]++;
    }
    int[][] ofTask = new int[tasks][];
    for (int i = 0; i < tasks; i++) {
      ofTask[i] = new int[counts[i]];
    }
    int[] filled = new int[tasks];
    for (int row = 0; row < task.length; row++) {
      ofTask[task[row]][filled[task[row]]++] = row;
    }
    return new RightbrainRows(created.length, created, task, revision, flags, ofTask, counts);
  }

  /** These rows and a newer one. */
  RightbrainRows plus(long newCreated, int newTask, int newRevision, int newFlags) {
    boolean full = size == created.length;
    int room = size + size / 2 + 16;
    long[] times = full ? Arrays.copyOf(created, room) : created;
    short[] tasks = full ? Arrays.copyOf(task, room) : task;
    byte[] revisions = full ? Arrays.copyOf(revision, room) : revision;
    byte[] marks = full ? Arrays.copyOf(flags, room) : flags;
    times[size] = newCreated;
    tasks[size] = (short) newTask;
    revisions[size] = (byte) newRevision;
    marks[size] = (byte) newFlags;
    int[][] lists = ofTask;
    int count = counts[newTask];
    if (count == lists[newTask].length) {
      lists = lists.clone();
      lists[newTask] = Arrays.copyOf(lists[newTask], count + count / 2 + 16);
    }
    lists[newTask][count] = size;
    int[] newCounts = counts.clone();
    newCounts[newTask]++;
    return new RightbrainRows(size + 1, times, tasks, revisions, marks, lists, newCounts);
  }

  int size() {
    return size;
  }

  long created(int row) {
    return created[row];
  }

  int task(int row) {
    return task[row];
  }

  int revision(int row) {
    return revision[row];
  }

  boolean is(int flag, int row) {
    return (flags[row] & flag) != 0;
  }

  /** How many rows a task has. */
  int count(int ofWhich) {
    return counts[ofWhich];
  }

  /** The row of a task at a position, 0 the oldest. */
  int row(int ofWhich, int position) {
    return ofTask[ofWhich][position];
  }

  /** The first row created at the time or later. */
  int firstFrom(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (created[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The first position among a task's rows that is the row or after it. */
  int positionFrom(int ofWhich, int row) {
    int found = Arrays.binarySearch(ofTask[ofWhich], 0, counts[ofWhich], row);
    return found < 0 ? -found - 1 : found;
  }
}
