package dev.turntable.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One execution of a {@link HashJoin}. */
final class HashJoinOperator implements Operator {
  private final HashJoin join;
  private final Execution execution;
  private final Held held;
  private final Operator build;
  private final Operator probe;
  private final Deque<@Nullable Object[]> ready = new ArrayDeque<>();
  private @Nullable Table table;
  private @Nullable Iterator<Entry> leftOver;

  HashJoinOperator(HashJoin join, Execution execution) {
    this.join = join;
    this.execution = execution;
    this.held = new Held(execution);
    this.build = (join.buildLeft() ? join.left() : join.right()).open(execution);
    this.probe = (join.buildLeft() ? join.right() : join.left()).open(execution);
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    Table entries = table();
    while (leftOver == null) {
      Object[] row = ready.poll();
      if (row != null) {
        return row;
      }
      boolean pointless = entries.all.isEmpty() && !join.keepsProbe();
      Object[] probed = pointless ? null : probe.next();
      if (probed == null) {
        probe.close();
        leftOver = join.keepsBuild() ? entries.all.iterator() : Collections.emptyIterator();
      } else {
        match(probed, entries);
      }
    }
    return nextLeftOver(leftOver);
  }

  private Table table() {
    Table known = table;
    if (known != null) {
      return known;
    }
    Table result = new Table();
    List<Scalar> side = join.buildLeft() ? join.keys().left() : join.keys().right();
    for (Object[] row = build.next(); row != null; row = build.next()) {
      Key key = join.keys().key(side, row, execution);
      if (key == null && !join.keepsBuild()) {
        held.tick();
        continue;
      }
      held.add();
      Entry entry = new Entry(row);
      result.all.add(entry);
      if (key != null) {
        result.byKey.computeIfAbsent(key, k -> new ArrayList<>(1)).add(entry);
      }
    }
    build.close();
    table = result;
    return result;
  }

  private void match(@Nullable Object[] probed, Table entries) {
    held.tick();
    List<Scalar> side = join.buildLeft() ? join.keys().right() : join.keys().left();
    Key key = join.keys().key(side, probed, execution);
    List<Entry> candidates = key == null ? List.of() : entries.byKey.getOrDefault(key, List.of());
    boolean matched = false;
    for (Entry entry : candidates) {
      if (join.buildLeft() && join.type().leftOnly() && entry.matched) {
        continue;
      }
      held.tick();
      Object[] left = join.buildLeft() ? entry.row : probed;
      Object[] right = join.buildLeft() ? probed : entry.row;
      Object[] row = join.row(left, right);
      Scalar residual = join.residual();
      if (residual != null && !residual.isTrue(row, execution)) {
        continue;
      }
      matched = true;
      entry.matched = true;
      if (!join.type().leftOnly()) {
        ready.add(row);
      } else if (join.buildLeft()) {
        if (join.type() == JoinType.SEMI) {
          ready.add(left);
        }
      } else {
        break;
      }
    }
    afterMatch(probed, matched);
  }

  private void afterMatch(@Nullable Object[] probed, boolean matched) {
    if (join.type().leftOnly()) {
      if (!join.buildLeft() && matched == (join.type() == JoinType.SEMI)) {
        ready.add(probed);
      }
    } else if (!matched && join.keepsProbe()) {
      ready.add(join.buildLeft() ? join.row(null, probed) : join.row(probed, null));
    }
  }

  private @Nullable Object @Nullable [] nextLeftOver(Iterator<Entry> entries) {
    while (entries.hasNext()) {
      held.tick();
      Entry entry = entries.next();
      if (!entry.matched) {
        return join.type().leftOnly()
            ? entry.row
            : join.buildLeft() ? join.row(entry.row, null) : join.row(null, entry.row);
      }
    }
    return null;
  }

  @Override
  public void close() {
    build.close();
    probe.close();
    ready.clear();
    table = null;
    held.releaseAll();
  }

  private static final class Table {
    private final Map<Key, List<Entry>> byKey = new HashMap<>();
    private final List<Entry> all = new ArrayList<>();
  }

  private static final class Entry {
    private final @Nullable Object[] row;
    private boolean matched;

    Entry(@Nullable Object[] row) {
      this.row = row;
    }
  }
}
