package dev.turntable.plan.pushed;

import dev.turntable.eval.RexCompiler;
import dev.turntable.run.Execution;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/** The places of a text that each execution fills in. No text of a user stands in the text itself. */
final class LateValues {
  private static final char MARK = '\u0001';

  private final RexCompiler compiler;
  private final List<LateValue> values = new ArrayList<>();

  LateValues(RexCompiler compiler) {
    this.compiler = compiler;
  }

  /** Returns whether a value of an execution is a text that UTF-16 orders otherwise. */
  boolean hasMisplaced(Execution execution) {
    return values.stream().anyMatch(each -> LateValue.isMisplaced(each.value(execution)));
  }

  /** Returns what stands for an expression that reads no row. */
  String add(RexNode node, boolean plain) {
    return add(new LateValue(compiler.compile(node), node.getType(), plain));
  }

  /** Returns what stands for an expression that reads no row, where it is of another type. */
  String add(RexNode node, RelDataType type) {
    return add(new LateValue(compiler.compile(node), type, false));
  }

  private String add(LateValue value) {
    values.add(value);
    return "" + MARK + (values.size() - 1) + MARK;
  }

  /**
   * Returns a text with the values of an execution.
   *
   * @throws UnprintableException if one of them cannot be said there
   */
  String fill(String text, Execution execution) {
    List<String> literals = new ArrayList<>();
    for (LateValue each : values) {
      literals.add(each.literal(each.value(execution)));
    }
    StringBuilder filled = new StringBuilder(text.length());
    int from = 0;
    for (int at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, from)) {
      int end = text.indexOf(MARK, at + 1);
      filled.append(text, from, at);
      filled.append(literals.get(Integer.parseInt(text.substring(at + 1, end))));
      from = end + 1;
    }
    return filled.append(text, from, text.length()).toString();
  }
}
