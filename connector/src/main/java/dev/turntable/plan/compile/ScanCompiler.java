package dev.turntable.plan.compile;

import dev.turntable.plan.scan.ScanEstimates;
import dev.turntable.plan.scan.ScanNodeFactory;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.run.ScanNode;
import dev.turntable.source.Ordering;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles scans. */
public final class ScanCompiler {
  private ScanCompiler() {}

  /**
   * The plan of a scan.
   *
   * @param binding what a join hands over to it
   * @param feedsResult whether its rows go straight into the result
   * @param order the order that the statement relies on; empty if on none
   */
  static Plan compile(SourceScan scan, Binding binding, boolean feedsResult, List<Ordering> order) {
    Map<Integer, Integer> slots = new LinkedHashMap<>();
    binding.slots().forEach((column, slot) -> slots.put(scan.columns().get(column), slot));
    return plan(scan, ScanNodeFactory.of(scan, slots, feedsResult, order), binding);
  }

  /**
   * The plan of a scan that no join hands anything over to.
   *
   * @param node runs it
   */
  public static Plan plan(SourceScan scan, ScanNode<?> node) {
    return plan(scan, node, Binding.NONE);
  }

  private static Plan plan(SourceScan scan, ScanNode<?> node, Binding binding) {
    NodeFacts.OfScan facts = new NodeFacts.OfScan(scan, node, binding.driver(), binding.orWhole());
    boolean driven = facts.isDriven();
    return new Plan(
        node,
        facts,
        execution -> driven ? List.of() : ScanEstimates.of(node, execution),
        List.of());
  }
}
