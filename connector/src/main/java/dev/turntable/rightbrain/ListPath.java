package dev.turntable.rightbrain;

import dev.turntable.source.AccessPath;
import dev.turntable.source.Coverage;
import dev.turntable.source.Fetch;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a table without ids, from the list of tasks.
 *
 * @param listed which tasks it sees
 * @param key the column that holds the id of a task
 * @param serves columns it makes use of
 * @param first the first step
 */
record ListPath<T>(
    ListedTasks listed,
    String key,
    Map<String, Set<Operator>> serves,
    Function<ScanRequest, Fetch<T>> first)
    implements AccessPath<T> {
  /** Most projects have fewer than 100 tasks, which is one page. */
  private static final double LIKELY = 3;

  @Override
  public String name() {
    return "list of tasks";
  }

  @Override
  public Coverage coverage(ScanRequest request) {
    return listed.coverage(key);
  }

  @Override
  public List<RequestEstimate> estimate(ScanRequest request) {
    return List.of(RequestEstimate.atLeast(RightbrainApi.TASKS, 1).withLikely(LIKELY));
  }

  @Override
  public List<Fetch<T>> open(ScanRequest request, StatementScope scope) {
    return List.of(first.apply(request));
  }
}
