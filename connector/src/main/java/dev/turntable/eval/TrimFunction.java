package dev.turntable.eval;

import dev.turntable.run.Scalar;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.jspecify.annotations.Nullable;

/** Compiles TRIM([LEADING | TRAILING | BOTH] characters FROM text). */
final class TrimFunction {
  private TrimFunction() {}

  static @Nullable Scalar compile(RexCall call, List<Scalar> operands) {
    boolean known =
        operands.size() == 3
            && call.getOperands().get(0) instanceof RexLiteral
            && SqlTypes.isText(call.getOperands().get(1).getType())
            && SqlTypes.isText(call.getOperands().get(2).getType());
    if (!known) {
      return null;
    }
    Object flag = ((RexLiteral) call.getOperands().get(0)).getValue();
    boolean start = flag != SqlTrimFunction.Flag.TRAILING;
    boolean end = flag != SqlTrimFunction.Flag.LEADING;
    return StrictCalls.binary(
        "TRIM",
        operands.get(1),
        operands.get(2),
        (seek, text) -> trim((String) text, (String) seek, start, end));
  }

  /** Takes away every leading or trailing character that is one of those sought. */
  static String trim(String text, String seek, boolean start, boolean end) {
    int from = 0;
    int to = text.length();
    while (end && from < to && seek.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    while (start && from < to && seek.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    return text.substring(from, to);
  }
}
