package dev.turntable.plan.statement;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.List;

/** What must hold before a statement writes anything. */
final class WriteGuard {
  private WriteGuard() {}

  static void ensureWritable(StatementScope scope) {
    if (scope.connection().limits().readOnly()) {
      throw new TurntableException(
          ErrorKind.READ_ONLY, "the connection is read-only (readOnly=true)");
    }
  }

  static void ensureBudget(List<RequestEstimate> writes, StatementScope scope) {
    long budget = scope.connection().limits().maxRequests();
    long needed = scope.requestCount() + writes.stream().mapToLong(RequestEstimate::min).sum();
    if (budget > 0 && needed > budget) {
      throw new TurntableException(
          ErrorKind.BUDGET,
          "the statement needs at least "
              + needed
              + " requests, more than maxRequests="
              + budget
              + " allows; nothing was written");
    }
  }
}
