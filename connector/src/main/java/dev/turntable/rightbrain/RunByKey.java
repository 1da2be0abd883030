package dev.turntable.rightbrain;

import dev.turntable.http.HttpFailure;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads runs by task and id. The service asks for a higher permission here than for lists: where it
 * says 403 the run is looked up in the lists, and so are further runs of that task.
 */
final class RunByKey {
  private static final int FORBIDDEN = 403;

  private final RunLists lists;
  private final Set<String> listedOnly = ConcurrentHashMap.newKeySet();

  private RunByKey(RunLists lists) {
    this.lists = lists;
  }

  static KeyedPath<Run> path(RunLists lists) {
    RunByKey reads = new RunByKey(lists);
    return KeyedPath.<Run>of(
            "by task_id and id",
            List.of("task_id", "id"),
            reads::costs,
            (key, request) -> List.of(reads.step(key.get(0), key.get(1))))
        .withOneRow();
  }

  private List<RequestEstimate> costs(long keys, ScanRequest request) {
    return List.of(
        listedOnly.isEmpty()
            ? RequestEstimate.exactly(RightbrainApi.TASK_RUN, keys)
            : RequestEstimate.atLeast(RightbrainApi.TASK_RUN, keys).withLikely(2.0 * keys));
  }

  private Fetch<Run> step(String taskId, String id) {
    return scope -> {
      if (!listedOnly.contains(taskId)) {
        try {
          Run run = lists.service().run(scope, lists.table(), taskId, id);
          return Page.last(run == null ? List.of() : List.of(checked(run, id)));
        } catch (HttpFailure e) {
          if (e.status() != FORBIDDEN || !e.isOwn()) {
            throw e;
          }
          listedOnly.add(taskId);
        }
      }
      return Page.then(List.of(), near(taskId, id));
    };
  }

  private Fetch<Run> near(String taskId, String id) {
    PagedList<Run> listing = lists.near(taskId, id);
    return only(id, listing, inTask(taskId, id));
  }

  private Fetch<Run> inTask(String taskId, String id) {
    QueryParameters all = RunFilter.NONE.parameters(PagedList.MAX_PAGE);
    return only(id, lists.ofTask(taskId, all), null);
  }

  /** Reads a list until the run comes, then perhaps another one. */
  private static Fetch<Run> only(
      String id, PagedList<Run> listing, @Nullable Fetch<Run> otherwise) {
    return scope -> {
      for (Run run : listing.next(scope)) {
        if (run.id().equals(id)) {
          return Page.last(List.of(run));
        }
      }
      if (!listing.ended()) {
        return Page.then(List.of(), only(id, listing, otherwise));
      }
      return otherwise == null ? Page.last(List.of()) : Page.then(List.of(), otherwise);
    };
  }

  /** An answer about another run would silently fail the statement's own predicate. */
  private Run checked(Run run, String id) {
    if (!run.id().equals(id)) {
      throw new TurntableException(
          ErrorKind.BAD_ANSWER,
          lists.table()
              + ": "
              + RightbrainApi.TASK_RUN
              + " for '"
              + id
              + "' answered with '"
              + run.id()
              + "'");
    }
    return run;
  }
}
