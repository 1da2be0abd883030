package dev.turntable.plan.scan;

import dev.turntable.run.AccessChoice;
import java.util.EnumSet;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** What a tree contains, in its nodes, their expressions, and the sub-queries in these. */
public final class TreeContents {
  /** What planning asks for. */
  public enum Part {
    /** A table of a source. */
    TABLE,
    /** A table of which some rows are seen only where a statement names their keys. */
    OPEN_TABLE,
    JOIN,
    CORRELATE,
    /** A sub-query in an expression. */
    SUB_QUERY,
    /** A window in an expression. */
    WINDOW,
    /** A function that may differ at each call, such as RAND. */
    VOLATILE,
    /** Any node with inputs but a filter, a projection or a sort. */
    OTHER_NODE
  }

  private final Set<Part> parts = EnumSet.noneOf(Part.class);

  private TreeContents() {}

  /** Looks at a tree, in one walk. */
  public static TreeContents of(RelNode rel) {
    TreeContents contents = new TreeContents();
    contents.new Walk().visit(rel);
    return contents;
  }

  public boolean has(Part part) {
    return parts.contains(part);
  }

  /** Returns whether there are only filters, projections without windows, and sorts, over one leaf. */
  public boolean isOfOneInput() {
    return !has(Part.OTHER_NODE) && !has(Part.WINDOW);
  }

  private final class Walk extends RexShuttle {
    void visit(RelNode rel) {
      if (rel instanceof SourceScan scan) {
        parts.add(Part.TABLE);
        if (!AccessChoice.openKeys(scan.definition()).isEmpty()) {
          parts.add(Part.OPEN_TABLE);
        }
        scan.filters().forEach(filter -> filter.accept(this));
      } else if (rel instanceof Join) {
        parts.add(Part.JOIN);
      } else if (rel instanceof Correlate) {
        parts.add(Part.CORRELATE);
      }
      boolean plain = rel instanceof Filter || rel instanceof Project || rel instanceof Sort;
      if (!plain && !rel.getInputs().isEmpty()) {
        parts.add(Part.OTHER_NODE);
      }
      rel.accept(this);
      rel.getInputs().forEach(this::visit);
    }

    @Override
    public RexNode visitCall(RexCall call) {
      addVolatile(call);
      return super.visitCall(call);
    }

    @Override
    public RexNode visitOver(RexOver over) {
      parts.add(Part.WINDOW);
      addVolatile(over);
      return super.visitOver(over);
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
      parts.add(Part.SUB_QUERY);
      visit(subQuery.rel);
      return super.visitSubQuery(subQuery);
    }

    private void addVolatile(RexCall call) {
      if (!call.getOperator().isDeterministic()) {
        parts.add(Part.VOLATILE);
      }
    }
  }
}
