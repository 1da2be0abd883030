package dev.turntable.plan.compile;

import dev.turntable.run.RowNode;
import org.apache.calcite.rel.RelNode;

/** A node whose rows are supplied when it runs. */
public interface SuppliedRows extends RelNode {
  /** Returns what opens the rows. */
  RowNode node();
}
