package dev.turntable.plan;

import dev.turntable.eval.RexCompiler;
import dev.turntable.run.AccessChoice;
import dev.turntable.run.Execution;
import dev.turntable.run.ScanNode;
import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.RequestEstimate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/** Plans of scans, and what EXPLAIN says of them. */
final class ScanPlans {
  private final SourceScan scan;
  private final ScanNode<?> node;
  private final String drivenBy;

  private ScanPlans(SourceScan scan, ScanNode<?> node, String drivenBy) {
    this.scan = scan;
    this.node = node;
    this.drivenBy = drivenBy;
  }

  /**
   * The plan of a scan.
   *
   * @param drivenBy the scan whose keys drive it, or empty
   */
  static Plan of(SourceScan scan, ScanNode<?> node, String drivenBy) {
    ScanPlans plans = new ScanPlans(scan, node, drivenBy);
    return new Plan(
        node,
        "Scan " + scan.sourceTable(),
        plans::details,
        execution -> drivenBy.isEmpty() ? ScanEstimates.of(node, execution) : List.of(),
        List.of());
  }

  private List<String> details(Execution execution) {
    List<String> lines = new ArrayList<>();
    AccessChoice<?> choice = choose(execution);
    if (choice == null) {
      lines.add("no request: no row can match");
      return lines;
    }
    if (!drivenBy.isEmpty()) {
      choice.estimates().stream()
          .map(estimate -> estimate.request() + " one per key of " + drivenBy)
          .forEach(lines::add);
    } else {
      OptionalLong wanted = node.wantedRows(execution);
      for (RequestEstimate estimate : choice.estimates()) {
        lines.add(
            (wanted.isPresent() ? limited(estimate, choice, wanted.getAsLong()) : estimate)
                .toString());
      }
    }
    lines.addAll(local(choice));
    return lines;
  }

  private @org.jspecify.annotations.Nullable AccessChoice<?> choose(Execution execution) {
    if (drivenBy.isEmpty()) {
      return node.choose(execution);
    }
    return Planning.choose(node, slots(), 1);
  }

  private Set<Integer> slots() {
    Set<Integer> slots = new LinkedHashSet<>();
    node.conditions().stream()
        .filter(condition -> condition.slot() >= 0)
        .forEach(condition -> slots.add(condition.slot()));
    return slots;
  }

  /** A limit that every row counts for also limits the steps of one row each. */
  private RequestEstimate limited(RequestEstimate estimate, AccessChoice<?> choice, long wanted) {
    if (!choice.path().unique() || estimate.max().isEmpty()) {
      return choice.path().unique()
          ? RequestEstimate.atLeast(estimate.request(), 0)
          : RequestEstimate.between(
              estimate.request(),
              Math.min(1, estimate.min()),
              estimate.max().orElse(Math.max(1, Math.max(wanted, estimate.min()))));
    }
    long max = estimate.max().getAsLong();
    boolean certain = !node.residual() && choice.complete() && wanted >= max;
    return RequestEstimate.between(
        estimate.request(),
        certain ? estimate.min() : Math.min(estimate.min(), 1),
        node.residual() || !choice.complete() ? max : Math.min(max, Math.max(wanted, 1)));
  }

  private List<String> local(AccessChoice<?> choice) {
    RexBuilder builder = scan.getCluster().getRexBuilder();
    RexCompiler compiler = new RexCompiler(builder);
    AccessPath<?> path = choice.path();
    List<String> names = scan.definition().columns().stream().<String>map(Column::name).toList();
    List<String> local = new ArrayList<>();
    for (RexNode filter : scan.filters()) {
      Conditions.Found found =
          Conditions.in(List.of(filter), scan.definition(), builder, compiler::compile);
      boolean sent =
          !found.residual()
              && !found.conditions().isEmpty()
              && found.conditions().stream()
                  .map(condition -> names.get(condition.column()))
                  .allMatch(
                      name ->
                          path.keys().contains(name)
                              || choice.request().filters().containsKey(name));
      if (!sent) {
        local.add("local: " + Predicates.describe(filter, names, builder));
      }
    }
    return local;
  }
}
