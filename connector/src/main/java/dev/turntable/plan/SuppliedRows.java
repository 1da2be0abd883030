package dev.turntable.plan;

import dev.turntable.run.RowNode;
import org.apache.calcite.rel.RelNode;

/** A node whose rows are supplied when it runs. */
interface SuppliedRows extends RelNode {
  /** Returns what opens the rows. */
  RowNode node();
}
