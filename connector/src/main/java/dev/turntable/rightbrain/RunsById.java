package dev.turntable.rightbrain;

import dev.turntable.source.AccessPath;
import dev.turntable.source.Coverage;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads runs by id alone, for which the service has no request: an id tells when it was made, so the
 * project's list is read around that time, and as a whole for those ids that are not there.
 */
record RunsById(RunLists lists, ListedTasks listed) implements AccessPath<Run> {
  @Override
  public String name() {
    return "by id";
  }

  @Override
  public List<String> keys() {
    return List.of("id");
  }

  @Override
  public Coverage coverage(ScanRequest request) {
    return listed.coverage("task_id");
  }

  @Override
  public List<RequestEstimate> estimate(ScanRequest request) {
    return List.of(estimate(ids(request).size()));
  }

  @Override
  public List<RequestEstimate> estimatePerKey() {
    return List.of(estimate(1));
  }

  private static RequestEstimate estimate(long ids) {
    return RequestEstimate.atLeast(RightbrainApi.PROJECT_RUNS, ids).withLikely(1.2 * ids);
  }

  private static List<String> ids(ScanRequest request) {
    return request.keys().stream()
        .map(key -> key.get(0))
        .filter(Ids::isPossible)
        .map(String.class::cast)
        .toList();
  }

  @Override
  public List<Fetch<Run>> open(ScanRequest request, StatementScope scope) {
    List<String> ids = ids(request);
    Search search = new Search(lists, ids);
    List<Fetch<Run>> steps = new ArrayList<>();
    ids.forEach(id -> steps.add(listed.noting(search.near(id), Run::taskId, false)));
    return steps;
  }

  /** One search for some ids. Its steps run at the same time. */
  private static final class Search {
    private final RunLists lists;
    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open;

    Search(RunLists lists, List<String> ids) {
      this.lists = lists;
      this.missing.addAll(ids);
      this.open = new AtomicInteger(ids.size());
    }

    Fetch<Run> near(String id) {
      PagedList<Run> listing = lists.near(null, id);
      return near(id, listing);
    }

    private Fetch<Run> near(String id, PagedList<Run> listing) {
      return scope -> {
        List<Run> found = take(listing.next(scope));
        if (missing.contains(id) && !listing.ended()) {
          return Page.then(found, near(id, listing));
        }
        boolean last = open.decrementAndGet() == 0;
        return last && !missing.isEmpty() ? new Page<>(found, elsewhere()) : Page.last(found);
      };
    }

    /** What is not near its own time may be anywhere; what lies before it is more likely. */
    private List<Fetch<Run>> elsewhere() {
      if (missing.size() > 1) {
        return List.of(rest(lists.all()));
      }
      String id = missing.iterator().next();
      return List.of(rest(lists.before(id)), rest(lists.after(id)));
    }

    private Fetch<Run> rest(PagedList<Run> listing) {
      return scope -> {
        if (missing.isEmpty()) {
          return Page.last(List.of());
        }
        List<Run> found = take(listing.next(scope));
        return missing.isEmpty() || listing.ended()
            ? Page.last(found)
            : Page.then(found, rest(listing));
      };
    }

    private List<Run> take(List<Run> rows) {
      return rows.stream().filter(run -> missing.remove(run.id())).toList();
    }
  }
}
