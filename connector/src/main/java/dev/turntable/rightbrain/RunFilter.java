package dev.turntable.rightbrain;

import dev.turntable.source.AccessPath.Operator;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.ScanRequest;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What lists of runs can be asked for, out of the predicates of a statement.
 *
 * @param status {@code success} or {@code error}, or null for both
 * @param revision only runs of this revision, or null
 * @param from runs before this do not matter, or null
 * @param until runs from this on do not matter, or null
 * @param nothing whether no run can match
 */
record RunFilter(
    @Nullable String status,
    @Nullable String revision,
    @Nullable Instant from,
    @Nullable Instant until,
    boolean nothing) {
  private static final Set<Operator> EQUALS = EnumSet.of(Operator.EQUALS);
  private static final Set<String> STATUSES = Set.of("success", "error");

  /** When a run was made. */
  static final String TIME = "created";

  static final Map<String, Set<Operator>> SERVED =
      Map.of(
          "status", EQUALS,
          "is_error", EQUALS,
          "task_revision_id", EQUALS,
          "created", EnumSet.of(Operator.RANGE));

  /** Any run. */
  static final RunFilter NONE = new RunFilter(null, null, null, null, false);

  static RunFilter of(ScanRequest request) {
    Object status = request.equalTo("status");
    Object error = request.equalTo("is_error");
    Object revision = request.equalTo("task_revision_id");
    Object byFlag = error == null ? null : Boolean.TRUE.equals(error) ? "error" : "success";
    boolean nothing =
        (status != null
                && (!STATUSES.contains(status) || (byFlag != null && !byFlag.equals(status))))
            || (revision != null && !Ids.isPossible(revision));
    Instant from = null;
    Instant until = null;
    if (request.filter("created") instanceof ColumnFilter.Range range) {
      from = (Instant) range.lower();
      until = (Instant) range.upper();
      if (until != null && range.upperInclusive()) {
        until = until.plusMillis(1);
      }
    }
    return new RunFilter(
        (String) (status == null ? byFlag : status), (String) revision, from, until, nothing);
  }

  /** The parameters that both lists take. */
  QueryParameters parameters(long pageLimit) {
    QueryParameters result = QueryParameters.none();
    if (status != null) {
      result = result.optional("status", status);
    }
    if (revision != null) {
      result = result.optional("task_revision_id", revision);
    }
    return result.optional(PagedList.PAGE_LIMIT, String.valueOf(pageLimit));
  }
}
