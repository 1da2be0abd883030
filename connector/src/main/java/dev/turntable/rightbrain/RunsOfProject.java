package dev.turntable.rightbrain;

import dev.turntable.source.AccessPath;
import dev.turntable.source.Coverage;
import dev.turntable.source.Fetch;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads runs from the project's list, in no order to rely on. */
record RunsOfProject(RunLists lists, ListedTasks listed) implements AccessPath<Run> {
  private static final double LIKELY = 20;
  private static final double LIKELY_NARROW = 4;

  @Override
  public String name() {
    return "project";
  }

  @Override
  public Map<String, Set<Operator>> serves() {
    Map<String, Set<Operator>> served = new HashMap<>(RunFilter.SERVED);
    served.put("task_id", EnumSet.of(Operator.EQUALS));
    return served;
  }

  @Override
  public String timeColumn() {
    return RunFilter.TIME;
  }

  /** Of one task that has no run in the list, the task itself is asked whether it is deleted. */
  @Override
  public Coverage coverage(ScanRequest request) {
    return taskId(request) == null ? listed.coverage("task_id") : Coverage.EXHAUSTIVE;
  }

  @Override
  public List<RequestEstimate> estimate(ScanRequest request) {
    RunFilter filter = RunFilter.of(request);
    if (isNothing(filter, taskId(request))) {
      return List.of();
    }
    double likely = likely(taskId(request) != null || filter.revision() != null);
    return List.of(pages(filter.from() == null ? likely : likely / 2));
  }

  @Override
  public List<RequestEstimate> estimateServed(ScanRequest request, Set<String> columns) {
    return List.of(
        pages(likely(columns.contains("task_id") || columns.contains("task_revision_id"))));
  }

  private static double likely(boolean narrow) {
    return narrow ? LIKELY_NARROW : LIKELY;
  }

  private static RequestEstimate pages(double likely) {
    return RequestEstimate.atLeast(RightbrainApi.PROJECT_RUNS, 1).withLikely(likely);
  }

  @Override
  public List<Fetch<Run>> open(ScanRequest request, StatementScope scope) {
    RunFilter filter = RunFilter.of(request);
    String taskId = taskId(request);
    if (isNothing(filter, taskId)) {
      return List.of();
    }
    long wanted = request.limit().orElse(Long.MAX_VALUE);
    ProjectScan scan = new ProjectScan(lists, taskId, filter, wanted);
    return List.of(listed.noting(scan.first(PagedList.pageLimit(request)), Run::taskId, false));
  }

  private static @Nullable String taskId(ScanRequest request) {
    return (String) request.equalTo("task_id");
  }

  private static boolean isNothing(RunFilter filter, @Nullable String taskId) {
    return filter.nothing() || (taskId != null && !Ids.isPossible(taskId));
  }
}
