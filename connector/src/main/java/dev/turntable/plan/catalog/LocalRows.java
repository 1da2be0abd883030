package dev.turntable.plan.catalog;

import dev.turntable.source.AccessPath;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import java.util.List;
import java.util.function.Function;

/** Rows that are in memory, and cost no request. */
final class LocalRows {
  private LocalRows() {}

  static <T> AccessPath<T> of(Function<StatementScope, List<T>> rows) {
    return new AccessPath<>() {
      @Override
      public String name() {
        return "in memory";
      }

      @Override
      public List<RequestEstimate> estimate(ScanRequest request) {
        return List.of();
      }

      @Override
      public List<Fetch<T>> open(ScanRequest request, StatementScope scope) {
        return List.of(step -> Page.last(rows.apply(step)));
      }
    };
  }
}
