package dev.turntable.handinger;

import dev.turntable.source.AccessPath;
import dev.turntable.source.Coverage;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.Ordering;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.SetKeysPath;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a table of a worker for all workers that {@code workerIds} names. */
record ConfiguredPath<T>(String table, KeyedPath<T> byWorker, KnownIds known)
    implements SetKeysPath<T> {

  @Override
  public String name() {
    return "workerIds";
  }

  @Override
  public Map<String, Set<Operator>> serves() {
    return byWorker.serves();
  }

  @Override
  public List<Ordering> order() {
    return known.workers().size() == 1 ? byWorker.order() : List.of();
  }

  @Override
  public boolean keepsOrder() {
    return byWorker.keepsOrder();
  }

  @Override
  public boolean unique() {
    return false;
  }

  @Override
  public Coverage coverage(ScanRequest request) {
    String key = byWorker.keys().get(0);
    Coverage configured =
        Coverage.of(
            key,
            known.workerSet(),
            "known ids only (workerIds), since Handinger publishes no list of workers",
            "other workers are missing: name them by "
                + key
                + " (=, IN or a join), or set workerIds");
    String given = byWorker.coverage(request).isExhaustive() ? null : byWorker.given();
    return given == null ? configured : configured.andWithoutValuesOf(given);
  }

  @Override
  public AccessPath<T> byKey() {
    return byWorker;
  }

  @Override
  public List<List<Object>> setKeys() {
    return known.workers().stream().filter(Ids::isPossible).map(id -> List.<Object>of(id)).toList();
  }

  @Override
  public void tell(StatementScope scope) {
    new WorkersRead(table, known.workers().size(), true).end(scope);
  }

  @Override
  public List<RequestEstimate> estimate(ScanRequest request) {
    return byWorker.estimate(withKeys(request));
  }

  @Override
  public List<Fetch<T>> open(ScanRequest request, StatementScope scope) {
    List<List<Object>> keys =
        withKeys(request).keys().stream().filter(key -> Ids.isPossible(key.get(0))).toList();
    if (byWorker.given() != null && request.filter(byWorker.given()) != null) {
      return byWorker.open(withKeys(request), scope); // a worker may well not have those
    }
    WorkersRead read = new WorkersRead(table, keys.size(), request.keysFollow());
    List<Fetch<T>> steps = new ArrayList<>();
    for (List<Object> key : keys) {
      steps.addAll(read.watched(byWorker.steps().of(key, request, read.ends((String) key.get(0)))));
    }
    return steps;
  }

  private ScanRequest withKeys(ScanRequest request) {
    if (known.workers().isEmpty()) {
      String key = byWorker.keys().get(0);
      throw new TurntableException(
          ErrorKind.INVALID_STATEMENT,
          table
              + " needs the ids of workers, for Handinger publishes no list of them: write WHERE "
              + key
              + " = '…' or "
              + key
              + " IN (…), join "
              + key
              + " with another table, or set the property workerIds");
    }
    return request.withKeys(known.workers().stream().map(id -> List.<Object>of(id)).toList());
  }
}
