package dev.turntable.plan.subquery;

import dev.turntable.plan.scan.SourceScan;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** Finds functions that may differ at each call, such as RAND. */
public final class Volatile {
  private Volatile() {}

  public static boolean in(RelNode rel) {
    boolean[] found = {false};
    RexShuttle calls =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            found[0] |= !call.getOperator().isDeterministic();
            return super.visitCall(call);
          }

          @Override
          public RexNode visitOver(RexOver over) {
            found[0] |= !over.getOperator().isDeterministic();
            return super.visitOver(over);
          }

          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            found[0] |= in(subQuery.rel);
            return super.visitSubQuery(subQuery);
          }
        };
    if (rel instanceof SourceScan scan) {
      scan.filters().forEach(filter -> filter.accept(calls));
    } else {
      rel.accept(calls);
    }
    return found[0] || rel.getInputs().stream().anyMatch(Volatile::in);
  }
}
