package dev.turntable.plan.scan;

import dev.turntable.run.AccessChoice;
import dev.turntable.run.BoundKeys;
import dev.turntable.run.Execution;
import dev.turntable.run.PushedCondition;
import dev.turntable.run.ScanNode;
import dev.turntable.source.KeySet;
import dev.turntable.source.TurntableException;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one opening of a scan is expected to cost, with the values of the statement as far as they are
 * known while planning.
 *
 * @param requests requests to send, infinite if the scan cannot be served
 * @param rows rows to come
 * @param named whether the predicate names the only keys that count, so that more cost no more
 */
public record ScanCost(double requests, double rows, boolean named) {
  /** A set that takes keys from others is read only where a join cannot hand them over. */
  public static final double BY_KEYS_OF_OTHERS = 1e6;

  private static final double ROWS_PER_REQUEST = 50;
  private static final double EQUALITY_SELECTIVITY = 0.1;
  private static final double SELECTIVITY = 0.3;

  /**
   * The cost of a scan some of whose columns a join binds to keys.
   *
   * @param bound the positions in the table of the columns bound
   * @param keys how many keys
   */
  static ScanCost of(SourceScan scan, Set<Integer> bound, int keys) {
    ScanNode<?> node = ScanNodeFactory.of(scan, bound, false);
    return of(node, bound, keys);
  }

  private static <T> ScanCost of(ScanNode<T> node, Set<Integer> bound, int keys) {
    Execution planning = PlanningExecution.execution(bound, keys);
    ScanNode.Reading<T> reading;
    try {
      reading = node.reading(planning);
      if (reading == null && !bound.isEmpty()) {
        return of(node, Set.of(), 0).ofNamedKeys();
      }
    } catch (TurntableException e) {
      return new ScanCost(Double.POSITIVE_INFINITY, ROWS_PER_REQUEST, false);
    }
    if (reading == null) {
      return new ScanCost(0, 0, false);
    }
    AccessChoice<T> choice = reading.path();
    if (choice == null) {
      return new ScanCost(ofKeys(node, null), ROWS_PER_REQUEST, false);
    }
    double requests = AccessChoice.expected(choice.estimates());
    if (reading.keysFollow()) {
      requests += ofKeys(node, choice);
    }
    double rows =
        choice.path().unique()
            ? Math.max(requests, choice.request().keys().size())
            : Math.max(requests, 1) * ROWS_PER_REQUEST;
    OptionalLong wanted = node.wantedRows(planning);
    if (wanted.isPresent()) {
      rows = Math.min(rows, (double) wanted.getAsLong());
      requests =
          choice.path().unique() && !node.predicate().residual()
              ? Math.min(requests, rows)
              : requests * 0.9;
    }
    Set<String> used = new LinkedHashSet<>(choice.path().keys());
    used.addAll(choice.request().filters().keySet());
    double selectivity = node.predicate().residual() ? SELECTIVITY : 1;
    for (PushedCondition condition : node.predicate().conditions()) {
      if (!used.contains(node.table().columns().get(condition.column()).name())) {
        selectivity *=
            condition.operator() == PushedCondition.Operator.ONE_OF
                ? EQUALITY_SELECTIVITY
                : SELECTIVITY;
      }
    }
    return new ScanCost(requests, Math.max(rows * selectivity, Math.min(rows, 1)), false);
  }

  /** Returns what asking for bound keys costs that a list, or the known ids, leave out. */
  private static double ofKeys(ScanNode<?> node, @Nullable AccessChoice<?> choice) {
    boolean few =
        choice != null
            && choice.coverage().wholeFor().values().stream().allMatch(KeySet::holdsMost);
    double requests = 0;
    for (BoundKeys.Supply supply : node.bound().supplies()) {
      requests += supply instanceof BoundKeys.Constant ? 1 : few ? 0 : BY_KEYS_OF_OTHERS;
    }
    return few ? requests + AccessChoice.LOOKUP : requests;
  }

  private ScanCost ofNamedKeys() {
    return new ScanCost(requests, rows, true);
  }
}
