package dev.turntable.eval;

import dev.turntable.run.Scalar;
import java.util.List;
import org.apache.calcite.rex.RexCall;

/** Compiles a call that the walk does not know, over operands that are compiled already. */
@FunctionalInterface
interface Fallback {
  Scalar compile(RexCall call, List<Scalar> operands);
}
