package dev.turntable.handinger;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps in mind which of the workers that {@code workerIds} names the service has nothing of. */
final class WorkersRead {
  private final String table;
  private final int workers;
  private final boolean keysFollow;
  private final AtomicInteger open;
  private final Set<String> empty = Collections.synchronizedSet(new TreeSet<>());
  private final Set<String> absent = Collections.synchronizedSet(new TreeSet<>());

  /**
   * @param keysFollow whether the statement names further workers, so that it is no error to find none
   */
  WorkersRead(String table, int workers, boolean keysFollow) {
    this.table = table;
    this.workers = workers;
    this.keysFollow = keysFollow;
    this.open = new AtomicInteger(workers);
  }

  /** Returns what is to be told of a worker. */
  ExecutionLog.Ends ends(String worker) {
    return ExecutionLog.Ends.of(() -> absent.add(worker), () -> empty.add(worker));
  }

  /** Returns the first steps of a worker, looked at when they are done. */
  <T> List<Fetch<T>> watched(List<Fetch<T>> steps) {
    AtomicInteger left = new AtomicInteger(steps.size());
    return steps.stream().<Fetch<T>>map(step -> scope -> look(scope, step, left)).toList();
  }

  private <T> Page<T> look(StatementScope scope, Fetch<T> step, AtomicInteger left) {
    Page<T> page = step.fetch(scope);
    if (left.decrementAndGet() == 0 && open.decrementAndGet() == 0) {
      end(scope);
    }
    return page;
  }

  void end(StatementScope scope) {
    if (absent.size() == workers && !keysFollow) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          table
              + ": the service knows none of the "
              + workers
              + " workers in workerIds ("
              + String.join(", ", absent)
              + "), or they have no webhook; check workerIds, the key and baseUrl");
    }
    scope.warn(
        table.substring(table.indexOf('.') + 1)
            + ": "
            + workers
            + " known workers (workerIds "
            + workers
            + ")"
            + without(absent, empty)
            + "; Handinger publishes no list of workers");
  }

  /** Returns the clause that names workers of which nothing came, or an empty text. */
  static String without(Set<String> unknown, Set<String> empty) {
    return (empty.isEmpty() ? "" : ", without a log " + String.join(", ", empty))
        + (unknown.isEmpty() ? "" : ", unknown to the service " + String.join(", ", unknown));
  }
}
