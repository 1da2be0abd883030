package dev.turntable.plan;

import dev.turntable.run.Execution;
import dev.turntable.run.HashAggregate;
import dev.turntable.run.Limit;
import dev.turntable.run.Operator;
import dev.turntable.run.RowNode;
import dev.turntable.run.ScanNode;
import dev.turntable.run.Sort;
import dev.turntable.run.TopN;
import dev.turntable.run.Window;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.TurntableException;
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

  /**
   * Opens the rows.
   *
   * @throws TurntableException as {@link ErrorKind#BUDGET}, before anything is sent, if reading them
   *     all certainly takes more requests than a statement may send
   */
  Operator open(Execution execution) {
    long budget = execution.scope().connection().limits().maxRequests();
    if (budget > 0 && execution.maxRows() == 0) {
      long certain = certainRequests(execution);
      if (certain > budget) {
        throw new TurntableException(
            ErrorKind.BUDGET,
            "the statement needs at least "
                + certain
                + " requests, more than maxRequests="
                + budget
                + " allows; nothing was sent");
      }
    }
    if (hasLimit()) {
      execution.expectLimit();
    }
    return node.open(execution);
  }

  private boolean hasLimit() {
    return node instanceof Limit || inputs.stream().anyMatch(Plan::hasLimit);
  }

  /** Returns the lines of EXPLAIN. */
  void explain(Execution execution, String indent, List<String> lines) {
    lines.add(indent + title);
    details.apply(execution).forEach(detail -> lines.add(indent + "  " + detail));
    inputs.forEach(input -> input.explain(execution, indent + "  ", lines));
  }

  /** Returns how many requests an execution that reads everything certainly sends. */
  long certainRequests(Execution execution) {
    return certainRequests(execution, true);
  }

  /**
   * Below a limit nothing is certain but what an operator reads to its end before its first row, and
   * what a scan that knows of the limit says.
   */
  private long certainRequests(Execution execution, boolean toItsEnd) {
    boolean counts = toItsEnd || (node instanceof ScanNode<?> scan && scan.fetch() != null);
    long total =
        counts ? requests.apply(execution).stream().mapToLong(RequestEstimate::min).sum() : 0;
    boolean inputsToTheirEnd = readsAllFirst() || (toItsEnd && !(node instanceof Limit));
    for (Plan input : inputs) {
      total += input.certainRequests(execution, inputsToTheirEnd);
    }
    return total;
  }

  private boolean readsAllFirst() {
    return node instanceof Sort
        || node instanceof TopN
        || node instanceof Window
        || (node instanceof HashAggregate aggregate && !aggregate.isDistinct());
  }
}
