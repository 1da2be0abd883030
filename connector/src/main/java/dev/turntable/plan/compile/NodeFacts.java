package dev.turntable.plan.compile;

import dev.turntable.plan.scan.Apply;
import dev.turntable.plan.scan.OuterReferences;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.run.ScanNode;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.util.mapping.IntPair;
import org.jspecify.annotations.Nullable;

/** What EXPLAIN is to know of a node of a plan. It makes the words itself. */
public sealed interface NodeFacts {
  /** A node that does what a relational node says. */
  record OfRel(RelNode rel) implements NodeFacts {}

  /** The limit of a sort whose order the input has already, or that has none. */
  record OfLimit(Sort sort) implements NodeFacts {}

  /**
   * A scan.
   *
   * @param node what runs it, with the conditions that are pushed
   * @param driver what gives keys to it; null if none does
   * @param orWhole whether the run may find that reading all rows costs less than asking for the keys
   */
  record OfScan(SourceScan scan, ScanNode<?> node, @Nullable NodeFacts driver, boolean orWhole)
      implements NodeFacts {
    /** Returns whether other rows give it keys or values, so that its requests depend on these. */
    public boolean isDriven() {
      return driver != null
          || scan.filters().stream().anyMatch(filter -> !OuterReferences.in(filter).isEmpty());
    }
  }

  /**
   * A join.
   *
   * @param byKeys whether the second input is read by keys that rows of the first give
   */
  record OfJoin(On on, boolean byKeys) implements NodeFacts {}

  /** What a join compares. */
  sealed interface On {}

  /**
   * Equal columns, of the condition of an inner join.
   *
   * @param pairs positions in the joined row, of the first input's column and of the second's
   * @param names the columns of the joined row
   */
  record EqualColumns(List<IntPair> pairs, List<String> names) implements On {}

  /** The whole condition of an outer join, a semi-join or an anti-join. */
  record WholeCondition(Join join) implements On {}

  /**
   * A sub-query that runs for rows of the first input.
   *
   * @param repeats whether equal arguments give equal answers, so that these are kept
   */
  record OfSubQuery(Apply apply, boolean repeats) implements NodeFacts {}

  /** A node of which there is nothing more to know. */
  enum Other implements NodeFacts {
    /** Conditions of an inner join that one of its inputs can check. */
    FILTER_OF_JOIN,
    /** Puts the columns of joined rows in the order of the statement. */
    COLUMN_ORDER,
    GENERATED_CODE,
    ROWS_OF_GENERATED_CODE,
    /** A node of a statement that is never explained. */
    UNTOLD
  }
}
