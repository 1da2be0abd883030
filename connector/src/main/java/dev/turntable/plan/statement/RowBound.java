package dev.turntable.plan.statement;

import java.util.OptionalLong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** How many rows a query gives at most, as far as its text alone says so. */
final class RowBound {
  private RowBound() {}

  static OptionalLong of(RelNode rel) {
    if (rel instanceof Sort sort) {
      OptionalLong input = of(sort.getInput());
      OptionalLong fetch = literal(sort.fetch);
      return fetch.isEmpty() || (input.isPresent() && input.getAsLong() < fetch.getAsLong())
          ? input
          : fetch;
    }
    if (rel instanceof Project || rel instanceof Filter) {
      return of(rel.getInput(0));
    }
    if (rel instanceof Values values) {
      return OptionalLong.of(values.getTuples().size());
    }
    return rel instanceof Aggregate aggregate && aggregate.getGroupCount() == 0
        ? OptionalLong.of(1)
        : OptionalLong.empty();
  }

  private static OptionalLong literal(@Nullable RexNode fetch) {
    Long rows = fetch instanceof RexLiteral known ? known.getValueAs(Long.class) : null;
    return rows == null ? OptionalLong.empty() : OptionalLong.of(rows);
  }
}
