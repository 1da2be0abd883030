package dev.turntable.rightbrain;

import dev.turntable.source.AccessPath;
import dev.turntable.source.Fetch;
import dev.turntable.source.Ordering;
import dev.turntable.source.Page;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads runs of one task by a path whose first key is the task.
 *
 * @param table the table that is read, for messages
 */
record TypedPath(String table, AccessPath<Run> path, String taskId)
    implements AccessPath<TypedRun> {
  @Override
  public String name() {
    return path.name();
  }

  @Override
  public List<String> keys() {
    return path.keys().subList(1, path.keys().size());
  }

  @Override
  public Map<String, Set<Operator>> serves() {
    Map<String, Set<Operator>> served = new HashMap<>(path.serves());
    // A task may have inputs and outputs of any other name, and these mean what they like.
    served.keySet().retainAll(TypedColumns.FIXED);
    return served;
  }

  @Override
  public List<Ordering> order() {
    return path.order();
  }

  @Override
  public boolean unique() {
    return path.unique();
  }

  @Override
  public List<RequestEstimate> estimate(ScanRequest request) {
    return path.estimate(ofTask(request));
  }

  @Override
  public List<RequestEstimate> estimatePerKey() {
    return path.estimatePerKey();
  }

  @Override
  public List<Fetch<TypedRun>> open(ScanRequest request, StatementScope scope) {
    TypedRun.Misfits misfits = new TypedRun.Misfits(table, scope);
    return typed(path.open(ofTask(request), scope), misfits);
  }

  private ScanRequest ofTask(ScanRequest request) {
    if (keys().isEmpty()) {
      return request.withKeys(List.of(List.of(taskId)));
    }
    List<List<Object>> keys = new ArrayList<>();
    for (List<Object> key : request.keys()) {
      List<Object> longer = new ArrayList<>();
      longer.add(taskId);
      longer.addAll(key);
      keys.add(longer);
    }
    return request.withKeys(keys);
  }

  private static List<Fetch<TypedRun>> typed(List<Fetch<Run>> steps, TypedRun.Misfits misfits) {
    return steps.stream().map(step -> typed(step, misfits)).toList();
  }

  private static Fetch<TypedRun> typed(Fetch<Run> step, TypedRun.Misfits misfits) {
    return scope -> {
      Page<Run> page = step.fetch(scope);
      return new Page<>(
          page.rows().stream().map(run -> new TypedRun(run, misfits)).toList(),
          typed(page.next(), misfits));
    };
  }
}
