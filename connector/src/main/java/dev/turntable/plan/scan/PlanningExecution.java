package dev.turntable.plan.scan;

import dev.turntable.plan.type.PlannedStatement;
import dev.turntable.run.Execution;
import dev.turntable.run.ScanNode;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.StatementScope;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stands for an execution while planning: parameters and keys are counted, not known. */
public final class PlanningExecution {
  /** Never sends anything: planning only asks for estimates. */
  private static final ConnectionScope NOWHERE = new ConnectionScope(ConnectionLimits.DEFAULT);

  private static final List<@Nullable Object> PLACEHOLDERS =
      new AbstractList<>() {
        @Override
        public Object get(int index) {
          return "?" + index;
        }

        @Override
        public int size() {
          return 10_000;
        }
      };

  private PlanningExecution() {}

  /**
   * An execution whose parameters have unknown, distinct values.
   *
   * @param slots slots bound to keys
   * @param keys how many keys each
   */
  public static Execution execution(Set<Integer> slots, int keys) {
    return execution(slots, keys, PLACEHOLDERS);
  }

  private static Execution execution(
      Set<Integer> slots, int keys, List<@Nullable Object> parameters) {
    Execution execution =
        Execution.estimating(NOWHERE.statement("", Duration.ZERO), parameters, Instant.EPOCH);
    StatementScope planned = PlannedStatement.current();
    if (planned != null) {
      execution.watch(planned);
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      values.add("?key" + i);
    }
    slots.forEach(slot -> execution.bindKeys(slot, values));
    return execution;
  }

  /**
   * Returns how a scan is read some of whose columns are bound to keys, or null if no row can match.
   * Where the predicate names keys itself, the unknown ones are taken to be among those.
   *
   * @param slots slots bound to one key each
   * @param given has the parameters
   */
  public static <T> ScanNode.@Nullable Reading<T> reading(
      ScanNode<T> node, Set<Integer> slots, Execution given) {
    List<@Nullable Object> parameters = given.parameters();
    ScanNode.Reading<T> reading = node.reading(execution(slots, 1, parameters));
    return reading == null && !slots.isEmpty()
        ? node.reading(execution(Set.of(), 0, parameters))
        : reading;
  }
}
