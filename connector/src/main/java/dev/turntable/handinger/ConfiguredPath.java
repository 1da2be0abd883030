package dev.turntable.handinger;

import dev.turntable.source.AccessPath;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.Ordering;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a table of a worker for all workers that {@code workerIds} names. */
record ConfiguredPath<T>(String table, KeyedPath<T> byWorker, List<String> workerIds)
    implements AccessPath<T> {

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
    return workerIds.size() == 1 ? byWorker.order() : List.of();
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
  public List<RequestEstimate> estimate(ScanRequest request) {
    return byWorker.estimate(withKeys(request));
  }

  @Override
  public List<Fetch<T>> open(ScanRequest request, StatementScope scope) {
    return byWorker.open(withKeys(request), scope);
  }

  private ScanRequest withKeys(ScanRequest request) {
    if (workerIds.isEmpty()) {
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
    return request.withKeys(workerIds.stream().map(id -> List.<Object>of(id)).toList());
  }
}
