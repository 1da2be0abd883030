package dev.turntable.plan.explain;

import dev.turntable.eval.RexCompiler;
import dev.turntable.plan.compile.NodeFacts;
import dev.turntable.plan.compile.Plan.Reach;
import dev.turntable.plan.scan.PlanningExecution;
import dev.turntable.plan.scan.PushedConditions;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.run.AccessChoice;
import dev.turntable.run.Execution;
import dev.turntable.run.ScanNode;
import dev.turntable.source.Column;
import dev.turntable.source.RequestEstimate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * The lines of EXPLAIN below the title of a scan: its requests, that only known ids are seen, and what
 * is checked on the rows here.
 */
final class ScanLines {
  private final SourceScan scan;
  private final ScanNode<?> node;
  private final @Nullable String drivenBy;
  private final boolean mayBeWhole;
  private boolean sends;

  ScanLines(NodeFacts.OfScan facts) {
    this.scan = facts.scan();
    this.node = facts.node();
    this.drivenBy = facts.isDriven() ? driver(facts.driver()) : null;
    this.mayBeWhole = facts.orWhole();
  }

  /** Returns whether the lines that were told name requests. */
  boolean sends() {
    return sends;
  }

  private static String driver(@Nullable NodeFacts driver) {
    if (driver == null) {
      return "the outer rows";
    }
    return driver instanceof NodeFacts.OfScan from
        ? from.scan().sourceTable().toString()
        : NodeTitle.of(driver);
  }

  /**
   * Returns the lines.
   *
   * @param execution has the parameters
   * @param reach how far the plan is read
   */
  List<String> of(Execution execution, Reach reach) {
    ScanNode.Reading<?> reading = reading(execution);
    if (reading == null) {
      return List.of("no request: no row can match");
    }
    List<String> lines = new ArrayList<>();
    AccessChoice<?> choice = reading.path();
    sends = reading.keysFollow();
    if (choice != null) {
      sends |= !choice.estimates().isEmpty();
      lines.addAll(requests(choice, execution, reach));
      if (drivenBy == null) {
        lines.addAll(notes(node, choice, execution));
      }
      if (choice.coverage().isTold()) {
        lines.add("known ids only");
      }
    }
    if (reading.keysFollow()) {
      lines.addAll(KeyLines.of(node, choice));
    }
    lines.addAll(local(choice));
    return lines;
  }

  @SuppressWarnings("unchecked") // a choice of the node itself
  private static <T> List<String> notes(
      ScanNode<T> node, AccessChoice<?> choice, Execution execution) {
    return choice
        .path()
        .notes(node.request((AccessChoice<T>) choice, node.wantedRows(execution), execution));
  }

  private List<String> requests(AccessChoice<?> choice, Execution execution, Reach reach) {
    List<String> lines = new ArrayList<>();
    if (drivenBy != null) {
      choice.estimates().forEach(each -> lines.add(each.request() + " one per key of " + drivenBy));
      lines.addAll(asAWhole(choice, execution));
      return lines;
    }
    OptionalLong wanted = node.wantedRows(execution);
    for (RequestEstimate each : choice.estimates()) {
      RequestEstimate estimate =
          wanted.isPresent() ? limited(each, choice, wanted.getAsLong()) : each;
      boolean certain = reach == Reach.WHOLE || (reach == Reach.PART && wanted.isPresent());
      lines.add((certain ? estimate : mayStop(estimate)).toString());
    }
    return lines;
  }

  private static RequestEstimate mayStop(RequestEstimate estimate) {
    return new RequestEstimate(estimate.request(), 0, estimate.max());
  }

  /** Where keys are many, the run may find that reading all of the table costs less. */
  private List<String> asAWhole(AccessChoice<?> byKeys, Execution execution) {
    if (!mayBeWhole) {
      return List.of();
    }
    ScanNode.Reading<?> whole = PlanningExecution.reading(node, Set.of(), execution);
    AccessChoice<?> path = whole == null ? null : whole.path();
    if (path == null || path.path() == byKeys.path()) {
      return List.of();
    }
    return path.estimates().stream()
        .map(each -> RequestEstimate.atLeast(each.request(), 0))
        .map(each -> each + " instead, where that takes fewer")
        .toList();
  }

  private ScanNode.@Nullable Reading<?> reading(Execution execution) {
    return drivenBy == null
        ? node.reading(execution)
        : PlanningExecution.reading(node, slots(), execution);
  }

  private Set<Integer> slots() {
    Set<Integer> slots = new LinkedHashSet<>();
    node.predicate().conditions().stream()
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
    boolean certain = !node.predicate().residual() && choice.complete() && wanted >= max;
    return RequestEstimate.between(
        estimate.request(),
        certain ? estimate.min() : Math.min(estimate.min(), 1),
        node.predicate().residual() || !choice.complete()
            ? max
            : Math.min(max, Math.max(wanted, 1)));
  }

  private List<String> local(@Nullable AccessChoice<?> choice) {
    RexBuilder builder = scan.getCluster().getRexBuilder();
    RexCompiler compiler = new RexCompiler(builder);
    List<String> names = scan.definition().columns().stream().<String>map(Column::name).toList();
    List<String> local = new ArrayList<>();
    for (RexNode filter : scan.filters()) {
      PushedConditions.Found found =
          PushedConditions.in(List.of(filter), scan.definition(), builder, compiler::compile);
      boolean sent =
          choice != null
              && !found.residual()
              && !found.conditions().isEmpty()
              && found.conditions().stream()
                  .map(condition -> names.get(condition.column()))
                  .allMatch(
                      name ->
                          choice.path().keys().contains(name)
                              || choice.request().filters().containsKey(name));
      if (!sent) {
        local.add("local: " + ExpressionText.describe(filter, names, builder));
      }
    }
    return local;
  }
}
