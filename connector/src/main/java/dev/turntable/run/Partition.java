package dev.turntable.run;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one partition of a window, in its order, with peers and frames. */
public final class Partition {
  private final List<@Nullable Object[]> rows;
  private final Frame frame;
  private final Execution execution;
  private final MemoryTracker held;
  private final int[] peerStarts;
  private final int[] peerEnds;
  private int keyedFrom;
  private int keyedTo;
  private @Nullable Object @Nullable [] keys;
  private @Nullable PeerGroups groups;

  Partition(
      List<@Nullable Object[]> rows,
      Comparator<@Nullable Object[]> order,
      Frame frame,
      Execution execution,
      MemoryTracker held) {
    this.rows = rows;
    this.frame = frame;
    this.execution = execution;
    this.held = held;
    this.peerStarts = new int[rows.size()];
    this.peerEnds = new int[rows.size()];
    for (int i = 0, start = 0; i < rows.size(); i++) {
      held.tick();
      if (i > 0 && order.compare(rows.get(i - 1), rows.get(i)) != 0) {
        start = i;
      }
      peerStarts[i] = start;
    }
    for (int i = rows.size() - 1; i >= 0; i--) {
      boolean last = i == rows.size() - 1 || peerStarts[i + 1] != peerStarts[i];
      peerEnds[i] = last ? i + 1 : peerEnds[i + 1];
    }
  }

  public int size() {
    return rows.size();
  }

  public @Nullable Object[] row(int i) {
    return rows.get(i);
  }

  public Execution execution() {
    return execution;
  }

  MemoryTracker held() {
    return held;
  }

  /** Returns the first row that the order does not tell from row i. */
  public int peerStart(int i) {
    return peerStarts[i];
  }

  /** Returns the row after the last that the order does not tell from row i. */
  public int peerEnd(int i) {
    return peerEnds[i];
  }

  boolean excludes() {
    return frame.exclusion() != Frame.Exclusion.NOTHING;
  }

  /** Returns whether row i's frame leaves out row j. */
  public boolean excluded(int i, int j) {
    boolean peer = j >= peerStarts[i] && j < peerEnds[i];
    return switch (frame.exclusion()) {
      case NOTHING -> false;
      case CURRENT_ROW -> i == j;
      case GROUP -> peer;
      case TIES -> peer && i != j;
    };
  }

  /** Returns the first row of row i's frame. */
  public int frameStart(int i) {
    return switch (frame.lower().kind()) {
      case UNBOUNDED_PRECEDING -> 0;
      case UNBOUNDED_FOLLOWING -> rows.size();
      case CURRENT_ROW -> frame.unit() == Frame.Unit.ROWS ? i : peerStarts[i];
      case PRECEDING, FOLLOWING ->
          switch (frame.unit()) {
            case ROWS -> clamp(i + offset(frame.lower(), i));
            case GROUPS -> groups().start(i, offset(frame.lower(), i));
            case RANGE -> atValue(frame.lower(), i, false);
          };
    };
  }

  /** Returns the row after the last of row i's frame; not after its start if the frame is empty. */
  public int frameEnd(int i) {
    return switch (frame.upper().kind()) {
      case UNBOUNDED_PRECEDING -> 0;
      case UNBOUNDED_FOLLOWING -> rows.size();
      case CURRENT_ROW -> frame.unit() == Frame.Unit.ROWS ? i + 1 : peerEnds[i];
      case PRECEDING, FOLLOWING ->
          switch (frame.unit()) {
            case ROWS -> clamp(i + 1 + offset(frame.upper(), i));
            case GROUPS -> groups().end(i, offset(frame.upper(), i));
            case RANGE -> atValue(frame.upper(), i, true);
          };
    };
  }

  private long offset(Frame.Bound bound, int i) {
    long count = Bounds.value(bound.value(), 0, "the offset of a frame", execution, row(i));
    long limited = Math.min(count, rows.size());
    return bound.kind() == Frame.Kind.PRECEDING ? -limited : limited;
  }

  private PeerGroups groups() {
    PeerGroups known = groups;
    if (known == null) {
      known = new PeerGroups(peerStarts);
      groups = known;
    }
    return known;
  }

  private int clamp(long i) {
    return (int) Math.max(0, Math.min(rows.size(), i));
  }

  /** Finds the first row beyond the bound's value, or with {@code past} beyond its equals. */
  private int atValue(Frame.Bound bound, int i, boolean past) {
    @Nullable Object[] known = keys();
    if (known[i] == null) {
      // Rows without value are in distance of each other only.
      return past ? peerEnds[i] : peerStarts[i];
    }
    Object limit = requireNonNull(requireNonNull(bound.value()).eval(row(i), execution));
    Comparator<Object> order = requireNonNull(frame.keyOrder());
    int low = keyedFrom;
    int high = keyedTo;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int c = order.compare(requireNonNull(known[middle]), limit);
      if (c < 0 || (past && c == 0)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private @Nullable Object[] keys() {
    Object[] known = keys;
    if (known != null) {
      return known;
    }
    Scalar key = requireNonNull(frame.key());
    @Nullable Object[] values = new Object[rows.size()];
    keyedFrom = rows.size();
    for (int i = 0; i < values.length; i++) {
      held.tick();
      values[i] = key.eval(row(i), execution);
      if (values[i] != null) {
        keyedFrom = Math.min(keyedFrom, i);
        keyedTo = i + 1;
      }
    }
    keys = values;
    return values;
  }
}
