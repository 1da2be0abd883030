package dev.turntable.plan;

import dev.turntable.run.Execution;
import dev.turntable.run.RowNode;
import dev.turntable.source.RequestEstimate;
import java.util.List;
import java.util.function.Function;

/**
 * An executable plan, with what EXPLAIN and the request budget want to know of it.
 *
 * @param node runs it
 * @param title one line
 * @param details further lines, with the parameters of one execution
 * @param requests what one execution will send, or an empty list if that depends on a join
 * @param inputs the plans below
 */
record Plan(
    RowNode node,
    String title,
    Function<Execution, List<String>> details,
    Function<Execution, List<RequestEstimate>> requests,
    List<Plan> inputs) {

  /** A plan that sends nothing itself. */
  static Plan of(RowNode node, String title, Plan... inputs) {
    return new Plan(node, title, execution -> List.of(), execution -> List.of(), List.of(inputs));
  }

  /** Returns the lines of EXPLAIN. */
  void explain(Execution execution, String indent, List<String> lines) {
    lines.add(indent + title);
    details.apply(execution).forEach(detail -> lines.add(indent + "  " + detail));
    inputs.forEach(input -> input.explain(execution, indent + "  ", lines));
  }

  /** Returns how many requests an execution that reads everything certainly sends. */
  long certainRequests(Execution execution) {
    long total = requests.apply(execution).stream().mapToLong(RequestEstimate::min).sum();
    for (Plan input : inputs) {
      total += input.certainRequests(execution);
    }
    return total;
  }
}
