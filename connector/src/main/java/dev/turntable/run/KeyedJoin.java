package dev.turntable.run;

import dev.turntable.source.RequestEstimate;
import dev.turntable.source.StepsLeft;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A join whose right side is read by the keys of the left, batch by batch. Where the right side can
 * also be read as a whole, the left is read ahead until it is clear which costs fewer requests.
 *
 * @param left gives the keys
 * @param right the right side, whose scans take the keys from the slots, or read all rows where those
 *     hold none
 * @param keys which columns of the left bind which slots
 * @param join joins a batch of left rows with the right side
 * @param cost what reading the right side costs in either way
 * @param batches how many keys are read at once
 */
public record KeyedJoin(
    RowNode left, RowNode right, List<Key> keys, Joiner join, KeysOrWhole cost, Batches batches)
    implements RowNode {
  /** How many keys to begin with where nothing asks for fewer. */
  public static final int FIRST_BATCH = 8;

  /** Lets tests begin with more or fewer keys, which no answer may depend on. */
  private static final String FIRST_BATCH_OF_TESTS = "turntable.firstBatch";

  /** How many keys are read at once where each costs a request. */
  public static final int BATCH = 64;

  /** The same where all of them are looked up together, which takes hardly longer than one. */
  public static final int LOOKED_UP = 8_192;

  private static final int LOOKED_UP_GROWTH = 16;

  /** Rows whose keys are known already cost no request; a bound keeps them from piling up. */
  private static final int MAX_ROWS = 1024;

  /**
   * A column of the left whose values bind a slot.
   *
   * @param column the column of the left row
   * @param slot the slot of the right side's scan
   */
  public record Key(int column, int slot) {}

  /**
   * How many keys are read at once.
   *
   * @param first how many to begin with
   * @param most how many in the end
   */
  public record Batches(int first, int most) {}

  /** Joins rows with a right side. */
  @FunctionalInterface
  public interface Joiner {
    RowNode join(RowNode left, RowNode right);
  }

  public KeyedJoin {
    keys = List.copyOf(keys);
  }

  @Override
  public Operator open(Execution execution) {
    return new Running(execution);
  }

  private final class Running implements Operator {
    private final Execution execution;
    private final Operator driver;
    private int batchSize = Integer.getInteger(FIRST_BATCH_OF_TESTS, batches.first());
    private boolean driverEnded;
    private boolean first = true;
    private long rowsRead;
    private long keysLeft = -1;
    private @Nullable Operator current;
    private final MemoryTracker held;

    Running(Execution execution) {
      this.execution = execution;
      this.held = new MemoryTracker(execution, "a join by keys");
      this.driver = left.open(execution);
      execution.scope().stepsLeft().expectOthers();
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      while (true) {
        execution.check();
        if (current != null) {
          @Nullable Object[] row = current.next();
          if (row != null) {
            return row;
          }
          endBatch();
        }
        if (driverEnded) {
          return null;
        }
        nextBatch();
      }
    }

    /** The keys of the last batch are the last. */
    private void endDriver() {
      if (!driverEnded) {
        driverEnded = true;
        expectKeys(0);
      }
    }

    /** Keys that the statement itself names are counted before they are read. */
    private void tellKeysLeft(int bound) {
      boolean countable = left.mostRows() >= 0 && !driverEnded;
      if (countable && (keysLeft >= 0 || takesOneRequestEach(bound))) {
        expectKeys(left.mostRows() - rowsRead);
      }
    }

    private void expectKeys(long now) {
      StepsLeft steps = execution.scope().stepsLeft();
      if (keysLeft < 0) {
        steps.expectNoOthers();
        keysLeft = 0;
      }
      steps.add(now - keysLeft, false);
      keysLeft = now;
    }

    private boolean takesOneRequestEach(int bound) {
      if (!execution.readsAll() || !(right instanceof ScanNode<?> scan)) {
        return false;
      }
      AccessChoice<?> choice = scan.choose(execution);
      return choice != null
          && choice.estimates().stream().allMatch(RequestEstimate::isExact)
          && choice.estimates().stream().mapToLong(RequestEstimate::min).sum() == bound;
    }

    private void nextBatch() {
      List<@Nullable Object[]> rows = new ArrayList<>();
      List<Set<Object>> values = new ArrayList<>();
      keys.forEach(key -> values.add(new LinkedHashSet<>()));
      boolean deciding = first && cost.mayBeWhole();
      first = false;
      int wanted = deciding ? cost.keysToDecide() : batchSize;
      while (values.get(0).size() <= wanted && rows.size() < Math.max(MAX_ROWS, batches.most())) {
        @Nullable Object[] row = driver.next();
        if (row == null) {
          endDriver();
          break;
        }
        held.add(row);
        rows.add(row);
        rowsRead++;
        for (int i = 0; i < keys.size(); i++) {
          Object value = row[keys.get(i).column()];
          if (value != null) {
            values.get(i).add(value);
          }
        }
        if (!deciding && values.get(0).size() == wanted) {
          break;
        }
      }
      if (deciding && cost.isWholeCheaper(values.get(0).size(), driverEnded)) {
        joinAll(rows);
        return;
      }
      batchSize =
          Math.min(batches.most(), (batches.most() > BATCH ? LOOKED_UP_GROWTH : 2) * batchSize);
      for (int i = 0; i < keys.size(); i++) {
        execution.bindKeys(keys.get(i).slot(), new ArrayList<>(values.get(i)));
      }
      tellKeysLeft(values.get(0).size());
      current = join.join(rowsNode(rows.iterator()), right).open(execution);
    }

    private void joinAll(List<@Nullable Object[]> rows) {
      keys.forEach(key -> execution.bindKeys(key.slot(), null));
      RowNode all = unused -> new Chained(rows.iterator());
      current = join.join(all, right).open(execution);
    }

    private void endBatch() {
      if (current != null) {
        current.close();
        current = null;
      }
      held.releaseAll();
    }

    @Override
    public void close() {
      endBatch();
      driver.close();
    }

    /** The rows already read, then the rest of the driver. */
    private final class Chained implements Operator {
      private final Iterator<@Nullable Object[]> first;

      Chained(Iterator<@Nullable Object[]> first) {
        this.first = first;
      }

      @Override
      public @Nullable Object @Nullable [] next() {
        if (first.hasNext()) {
          return first.next();
        }
        if (driverEnded) {
          return null;
        }
        @Nullable Object[] row = driver.next();
        if (row == null) {
          endDriver();
        }
        return row;
      }

      @Override
      public void close() {
        endDriver();
      }
    }
  }

  private static RowNode rowsNode(Iterator<@Nullable Object[]> rows) {
    return execution ->
        new Operator() {
          @Override
          public @Nullable Object @Nullable [] next() {
            return rows.hasNext() ? rows.next() : null;
          }

          @Override
          public void close() {}
        };
  }
}
