package dev.turntable.run;

import dev.turntable.source.ValueSize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One execution of a {@link HashJoin}. */
final class HashJoinOperator implements Operator {
  /** A row's entry, and its key with its place in the map. */
  private static final int ENTRY = 112;

  private final HashJoin join;
  private final Execution execution;
  private final MemoryTracker held;
  private final Operator build;
  private final Operator probe;
  private @Nullable Table table;
  private @Nullable Object @Nullable [] probed;
  private @Nullable Entry candidate;
  private boolean matched;
  private @Nullable Iterator<Entry> leftOver;

  HashJoinOperator(HashJoin join, Execution execution) {
    this.join = join;
    this.execution = execution;
    this.held = new MemoryTracker(execution, "a join");
    this.build = join.right().open(execution);
    this.probe = join.left().open(execution);
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    Table entries = table();
    while (leftOver == null) {
      Object[] current = probed;
      if (current == null) {
        probeNext(entries);
        continue;
      }
      for (Entry entry = candidate; entry != null; entry = candidate) {
        candidate = entry.next;
        Object[] row = match(current, entry);
        if (row != null) {
          return row;
        }
      }
      probed = null;
      Object[] row = afterMatches(current);
      if (row != null) {
        return row;
      }
    }
    return nextLeftOver(leftOver);
  }

  private void probeNext(Table entries) {
    held.tick();
    boolean pointless = entries.isEmpty() && !join.keepsProbe();
    Object[] next = pointless ? null : probe.next();
    probed = next;
    matched = false;
    if (next == null) {
      probe.close();
      leftOver = entries.kept.iterator();
      return;
    }
    JoinKeys keys = join.condition().keys();
    Key key = keys.key(keys.left(), next, execution);
    candidate = key == null ? null : entries.first(key);
  }

  private Table table() {
    Table known = table;
    if (known != null) {
      return known;
    }
    Table result = new Table();
    JoinKeys keys = join.condition().keys();
    for (Object[] row = build.next(); row != null; row = build.next()) {
      Key key = keys.key(keys.right(), row, execution);
      if (key == null && !join.keepsBuild()) {
        held.tick();
        continue;
      }
      held.add(ENTRY + ValueSize.ofRow(row));
      Entry entry = new Entry(row);
      if (join.keepsBuild()) {
        result.kept.add(entry);
      }
      if (key != null) {
        result.add(key, entry);
      }
    }
    build.close();
    table = result;
    return result;
  }

  /** Returns the row that a candidate gives at once, or null. */
  private @Nullable Object @Nullable [] match(@Nullable Object[] current, Entry entry) {
    held.tick();
    Object[] row = join.row(current, entry.row);
    Scalar residual = join.condition().residual();
    if (residual != null && !residual.isTrue(row, execution)) {
      return null;
    }
    matched = true;
    entry.matched = true;
    if (!join.type().leftOnly()) {
      return row;
    }
    candidate = null;
    return null;
  }

  /** Returns the row that a probed row gives after all its candidates, or null. */
  private @Nullable Object @Nullable [] afterMatches(@Nullable Object[] current) {
    if (join.type().leftOnly()) {
      return matched == (join.type() == JoinType.SEMI) ? current : null;
    }
    return matched || !join.keepsProbe() ? null : join.row(current, null);
  }

  private @Nullable Object @Nullable [] nextLeftOver(Iterator<Entry> entries) {
    while (entries.hasNext()) {
      held.tick();
      Entry entry = entries.next();
      if (!entry.matched) {
        return join.row(null, entry.row);
      }
    }
    return null;
  }

  @Override
  public void close() {
    build.close();
    probe.close();
    candidate = null;
    table = null;
    held.releaseAll();
  }

  private static final class Table {
    /** The last entry of each key. */
    private final Map<Key, Entry> byKey = new HashMap<>();

    /** Every row, where those without a match are wanted. */
    private final List<Entry> kept = new ArrayList<>();

    boolean isEmpty() {
      return byKey.isEmpty() && kept.isEmpty();
    }

    /** Appends an entry to those of its key. */
    void add(Key key, Entry entry) {
      Entry last = byKey.put(key, entry);
      if (last != null) {
        entry.first = last.first;
        last.next = entry;
      }
    }

    @Nullable Entry first(Key key) {
      Entry last = byKey.get(key);
      return last == null ? null : last.first;
    }
  }

  /** A row, in the chain of those whose keys are equal. */
  private static final class Entry {
    private final @Nullable Object[] row;
    private Entry first = this;
    private @Nullable Entry next;
    private boolean matched;

    Entry(@Nullable Object[] row) {
      this.row = row;
    }
  }
}
