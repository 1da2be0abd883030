package dev.turntable.plan.compile;

import static java.util.Objects.requireNonNull;

import dev.turntable.eval.RexCompiler;
import dev.turntable.plan.rewrite.SimplifyFilterRule;
import dev.turntable.plan.scan.ScanNodeFactory;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.plan.scan.TableReference;
import dev.turntable.plan.scan.TableReferenceView;
import dev.turntable.run.BoundKeys;
import dev.turntable.run.Scalar;
import dev.turntable.run.ScanNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/** Compiles what one statement binds to the keys of its references. */
public final class KeySupplies {
  private final UnaryOperator<RelNode> ready;

  /** Keys may come to a reference by many ways, and on each it has the same conditions. */
  private final Map<RexNode, RexNode> simplified = new ConcurrentHashMap<>();

  private KeySupplies(UnaryOperator<RelNode> ready) {
    this.ready = ready;
  }

  /**
   * Returns what compiles the keys of the references of one statement.
   *
   * @param ready makes computed trees ready for compiling
   */
  public static Function<TableReferenceView, BoundKeys> compiler(UnaryOperator<RelNode> ready) {
    return new KeySupplies(ready)::of;
  }

  private BoundKeys of(TableReferenceView view) {
    RexCompiler compiler = RexCompiler.of(view.reference().scan());
    List<BoundKeys.Supply> supplies = new ArrayList<>();
    for (TableReference.Constant constant : view.reference().constants()) {
      Scalar upper = constant.upper() == null ? null : compiler.compile(constant.upper());
      supplies.add(
          new BoundKeys.Constant(constant.column(), compiler.compile(constant.value()), upper));
    }
    for (TableReference.Link link : view.links()) {
      supplies.add(supply(view, link));
    }
    return new BoundKeys(view.reference().bound(), supplies, view.reference().underOr());
  }

  private BoundKeys.Supply supply(TableReferenceView view, TableReference.Link link) {
    TableReference from = link.from();
    RelNode computed = link.computed();
    if (from == null) {
      RelNode seen = requireNonNull(computed, "computed").accept(new Seen(view));
      return new BoundKeys.Column(
          link.column(), RelCompiler.compile(ready.apply(seen)).node(), null);
    }
    SourceScan whole = (SourceScan) from.scan();
    RexBuilder builder = whole.getCluster().getRexBuilder();
    Set<RexNode> filters = new LinkedHashSet<>();
    Stream.of(from.conditions(), link.conditions())
        .flatMap(List::stream)
        .forEach(
            condition ->
                filters.add(
                    simplified.computeIfAbsent(
                        condition, any -> SimplifyFilterRule.simple(condition, builder))));
    SourceScan keys =
        whole
            .withView(view.source(from))
            .withFilters(List.copyOf(filters))
            .withColumns(List.of(link.fromColumn()));
    ScanNode<?> node = ScanNodeFactory.of(keys, Map.of(), false, List.of());
    return new BoundKeys.Column(link.column(), node, node);
  }

  /** Lets the scans of a tree be seen by the reference that takes keys from it. */
  private static final class Seen extends RelHomogeneousShuttle {
    private final TableReferenceView by;

    Seen(TableReferenceView by) {
      this.by = by;
    }

    @Override
    public RelNode visit(TableScan scan) {
      if (!(scan instanceof SourceScan source) || source.view() == null) {
        return scan;
      }
      return source.withView(by.source(source.view().reference()));
    }
  }
}
