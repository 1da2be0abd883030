package dev.turntable.handinger;

import dev.turntable.source.Coverage;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.KnownKeysPath;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskCatalog;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table of tasks without ids from the statement: all tasks that this connection knows of.
 *
 * @param table the qualified name
 * @param key the column that holds the id of a task
 * @param unique whether a task is one row
 * @param costs what reading so many tasks sends
 * @param reader reads the rows of one task
 */
record KnownIdsPath<T>(
    Handinger service,
    String table,
    String key,
    boolean unique,
    LongFunction<List<RequestEstimate>> costs,
    KnownScan.TaskReader<T> reader)
    implements KnownKeysPath<T> {

  @Override
  public String name() {
    return "known ids";
  }

  @Override
  public Coverage coverage(ScanRequest request) {
    return Coverage.of(
        key,
        service.known(),
        "known ids only (taskIds, webhook logs of workerIds, created here"
            + (service.known().remembers() ? ", remembered in the store" : "")
            + "), since Handinger publishes no list of tasks",
        "other tasks are missing: name them by "
            + key
            + " (=, IN or a join), or set taskIds or workerIds");
  }

  @Override
  public String keyColumn() {
    return key;
  }

  @Override
  public List<Object> knownKeys() {
    return List.copyOf(service.known().beforehand());
  }

  @Override
  public List<RequestEstimate> estimate(ScanRequest request) {
    return estimateWithout(request, Set.of());
  }

  @Override
  public List<RequestEstimate> estimateWithout(ScanRequest request, Collection<Object> keys) {
    requireAny();
    KnownIds known = service.known();
    Set<String> ids = known.beforehand();
    keys.forEach(ids::remove); // removeAll would look through the keys for each id
    List<RequestEstimate> perTask =
        ids.isEmpty() && !keys.isEmpty() ? List.of() : costs.apply(ids.size());
    List<String> workers = known.workersToRead();
    if (workers.isEmpty()) {
      return perTask;
    }
    List<RequestEstimate> all = new ArrayList<>();
    all.add(ExecutionLog.estimate(known, workers));
    for (RequestEstimate estimate : perTask) {
      all.add(new RequestEstimate(estimate.request(), estimate.min(), OptionalLong.empty()));
    }
    return all;
  }

  @Override
  public void begin(StatementScope scope) {
    try {
      service.known().remembered(scope);
    } catch (TurntableException e) {
      scope.ensureOpen(); // told if the tasks are wanted
    }
  }

  @Override
  public List<Fetch<T>> open(ScanRequest request, StatementScope scope) {
    requireAny();
    return new KnownScan<>(service, table, reader, request.keysFollow()).open(scope);
  }

  @Override
  public List<Object> ownKeys() {
    List<Object> own = new ArrayList<>(service.known().configured());
    own.addAll(service.known().created());
    own.removeIf(id -> service.known().isArchived((String) id) || !Ids.isPossible((String) id));
    return own;
  }

  @Override
  public List<String> namingWorkers() {
    return service.known().workers().stream().filter(Ids::isPossible).toList();
  }

  @Override
  public void tell(
      Collection<Object> own,
      long remembered,
      TaskCatalog.@Nullable Logs logs,
      StatementScope scope) {
    new KnownScan<>(service, table, reader, true).tell(own, remembered, logs, scope);
  }

  private void requireAny() {
    if (!service.known().isAny()) {
      throw new TurntableException(
          ErrorKind.INVALID_STATEMENT,
          table
              + " needs the ids of tasks, for Handinger publishes no list of them: write WHERE "
              + key
              + " = '…' or IN (…), join with another table, or set the property taskIds, or"
              + " workerIds, whose webhook execution logs name tasks");
    }
  }
}
