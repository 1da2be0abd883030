package dev.turntable.plan.join;

import dev.turntable.plan.scan.SourceScan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;

/**
 * One of the inputs that joins may take in any order, with what is the same in every order.
 *
 * @param position its position among the inputs
 * @param links its columns that equal columns of other inputs, in the order of the conditions
 * @param alone what it costs by itself; infinite if a join must give it keys
 * @param references the numbers of the references that it reads
 */
record JoinInput(
    int position, RelNode rel, List<Link> links, CostModel.Cost alone, Set<Integer> references) {

  /** A column that equals a column of another input. */
  record Link(int column, int other) {}

  /**
   * @param bound its columns that a join above binds to keys
   */
  static JoinInput of(
      int position, RelNode rel, List<Link> links, Set<Integer> bound, CostModel costs) {
    boolean needsKeys =
        links.stream().anyMatch(link -> KeyColumns.leadsToInput(rel, link.column()));
    Set<Integer> references = new HashSet<>();
    addReferences(rel, references);
    return new JoinInput(
        position,
        rel,
        links,
        needsKeys
            ? new CostModel.Cost(Double.POSITIVE_INFINITY, 1)
            : costs.of(rel, bound, CostModel.BATCH),
        references);
  }

  private static void addReferences(RelNode rel, Set<Integer> references) {
    if (rel instanceof SourceScan scan && scan.view() != null) {
      references.add(scan.view().reference().number());
    }
    rel.getInputs().forEach(input -> addReferences(input, references));
  }

  boolean isOneScan() {
    return isOneScan(rel);
  }

  private static boolean isOneScan(RelNode rel) {
    return rel instanceof SourceScan || (rel.getInputs().size() == 1 && isOneScan(rel.getInput(0)));
  }
}
