package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.JsonBody;
import dev.turntable.simulator.server.ServiceRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntPredicate;

/** Lists of runs, and one run. */
final class RightbrainRunsApi {
  private static final List<String> STATUSES = List.of("success", "error");

  private final RightbrainState state;
  private final RightbrainRunJson json;

  RightbrainRunsApi(RightbrainState state, RightbrainRunJson json) {
    this.state = state;
    this.json = json;
  }

  /** {@code GET …/task/{id}/run}: newest first, no time window; of deleted tasks too. */
  byte[] ofTask(ServiceRequest request, RightbrainTask task) {
    RightbrainQuery query = new RightbrainQuery(request, state.switches());
    int limit = query.pageLimit();
    Optional<String> cursor = query.uuid("cursor");
    Optional<String> status = query.choice("status", STATUSES);
    Optional<String> revision = query.uuid("task_revision_id");
    query.check();
    RightbrainRows rows = state.rows();
    RightbrainScan scan = RightbrainScan.ofTask(rows, task.number()).after(row(rows, cursor), true);
    IntPredicate wanted = wanted(rows, status, revision);
    return page(rows, scan.page(limit, true, wanted), limit, false);
  }

  /** {@code GET …/task_run}: silently the last seven days, of tasks that are not deleted. */
  byte[] ofProject(ServiceRequest request) {
    RightbrainSwitches switches = state.switches();
    RightbrainQuery query = new RightbrainQuery(request, switches);
    long now = state.nowMicros();
    int limit = query.pageLimit();
    Optional<String> cursor = query.uuid("cursor");
    Optional<String> taskId = query.uuid("task_id");
    Optional<String> status = query.choice("status", STATUSES);
    Optional<String> revision = query.uuid("task_revision_id");
    OptionalLong startDate = query.date("start_date", now);
    OptionalLong endDate = query.date("end_date", now);
    boolean triggers = query.flag("include_event_trigger_id");
    query.check();
    RightbrainRows rows = state.rows();
    boolean newestFirst = switches.projectOrder() == RightbrainSwitches.Order.NEWEST_FIRST;
    long end = endDate.orElse(now);
    long start = startDate.orElse(end - 7 * RightbrainTimes.DAY);
    Optional<RightbrainTask> task = taskId.flatMap(state::findTask);
    if (taskId.isPresent() && task.isEmpty()) {
      return page(rows, new RightbrainScan.Page(List.of(), -1, false), limit, triggers);
    }
    RightbrainScan scan =
        task.map(each -> RightbrainScan.ofTask(rows, each.number()))
            .orElseGet(() -> RightbrainScan.ofAll(rows))
            .between(
                switches.startInclusive() ? start : start + 1,
                switches.endInclusive() ? end + 1 : end)
            .after(row(rows, cursor), newestFirst);
    IntPredicate wanted =
        wanted(rows, status, revision).and(row -> state.deleted(task(rows, row)).isEmpty());
    return page(rows, scan.page(limit, newestFirst, wanted), limit, triggers);
  }

  /** {@code GET …/task/{id}/run/{id}}; a hidden run is as good as none. */
  byte[] one(RightbrainTask task, String id) {
    if (!state.switches().pointReads()) {
      throw RightbrainRefusal.forbidden("task:edit");
    }
    RightbrainRows rows = state.rows();
    OptionalInt row = state.findRow(rows, id);
    if (row.isEmpty()
        || rows.task(row.getAsInt()) != task.number()
        || rows.is(RightbrainRows.HIDDEN, row.getAsInt())) {
      throw RightbrainRefusal.notFound("Task run", id);
    }
    return JsonBody.bytes(out -> json.run(out, state.run(rows, row.getAsInt()), false));
  }

  private RightbrainTask task(RightbrainRows rows, int row) {
    return state.tasks().get(rows.task(row));
  }

  private OptionalInt row(RightbrainRows rows, Optional<String> cursor) {
    if (cursor.isEmpty()) {
      return OptionalInt.empty();
    }
    OptionalInt row = state.findRow(rows, cursor.get());
    if (row.isEmpty()) {
      throw RightbrainRefusal.bad("INVALID_CURSOR", "The cursor belongs to no page");
    }
    return row;
  }

  private IntPredicate wanted(
      RightbrainRows rows, Optional<String> status, Optional<String> revision) {
    IntPredicate wanted = row -> !state.switches().holdsBack(rows.created(row));
    if (status.isPresent()) {
      boolean error = status.get().equals("error");
      wanted = wanted.and(row -> rows.is(RightbrainRows.ERROR, row) == error);
    }
    if (revision.isPresent()) {
      String id = revision.get();
      wanted =
          wanted.and(row -> task(rows, row).revisions().get(rows.revision(row)).id().equals(id));
    }
    return wanted;
  }

  private byte[] page(RightbrainRows rows, RightbrainScan.Page page, int limit, boolean triggers) {
    return JsonBody.bytes(
        out -> {
          out.beginObject().name("results").beginArray();
          page.visible().forEach(row -> json.run(out, state.run(rows, row), triggers));
          out.endArray();
          RightbrainPages.pagination(
              out,
              state.switches(),
              page.hasNext()
                  ? Optional.of(state.run(rows, page.last()).place().id())
                  : Optional.empty(),
              limit);
          out.endObject();
        });
  }
}
