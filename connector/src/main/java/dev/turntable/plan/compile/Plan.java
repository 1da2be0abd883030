package dev.turntable.plan.compile;

import dev.turntable.run.BatchedScan;
import dev.turntable.run.CorrelatedLoop;
import dev.turntable.run.Execution;
import dev.turntable.run.HashAggregate;
import dev.turntable.run.HashJoin;
import dev.turntable.run.LimitNode;
import dev.turntable.run.Operator;
import dev.turntable.run.RowNode;
import dev.turntable.run.ScanNode;
import dev.turntable.run.SetOperation;
import dev.turntable.run.SortNode;
import dev.turntable.run.Spool;
import dev.turntable.run.SubQueryColumn;
import dev.turntable.run.TopN;
import dev.turntable.run.ValuesNode;
import dev.turntable.run.WindowNode;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;

/**
 * An executable plan, with what EXPLAIN and the request budget want to know of it.
 *
 * @param node runs it
 * @param facts what EXPLAIN makes its lines of
 * @param requests what one execution will send, or an empty list if that depends on a join
 * @param inputs the plans below
 */
public record Plan(
    RowNode node,
    NodeFacts facts,
    Function<Execution, List<RequestEstimate>> requests,
    List<Plan> inputs) {

  /** How far a plan is read. */
  public enum Reach {
    /** To its end. */
    WHOLE,
    /** Opened, and perhaps left before its end. */
    PART,
    /** Perhaps not at all. */
    MAYBE
  }

  /** A plan that sends nothing itself. */
  public static Plan of(RowNode node, NodeFacts facts, Plan... inputs) {
    return new Plan(node, facts, execution -> List.of(), List.of(inputs));
  }

  /** A plan that does what a relational node says, and sends nothing itself. */
  static Plan of(RowNode node, RelNode rel, Plan... inputs) {
    return of(node, new NodeFacts.OfRel(rel), inputs);
  }

  /** Returns the plan with its rows read in another way, of which EXPLAIN says the same. */
  Plan withNode(RowNode other) {
    return new Plan(other, facts, requests, inputs);
  }

  /** Returns what gives keys where the rows of this plan do: its first scan, or its first leaf. */
  NodeFacts driver() {
    return facts instanceof NodeFacts.OfScan || inputs.isEmpty() ? facts : inputs.get(0).driver();
  }

  /**
   * Opens the rows.
   *
   * @throws TurntableException as {@link ErrorKind#BUDGET}, before anything is sent, if reading them
   *     all certainly takes more requests than a statement may send
   */
  public Operator open(Execution execution) {
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
    if (scans() > 1) {
      execution.scope().stepsLeft().expectOthers();
    }
    ensureReadable(execution);
    return node.open(execution);
  }

  private long scans() {
    return (facts instanceof NodeFacts.OfScan ? 1 : 0)
        + inputs.stream().mapToLong(Plan::scans).sum();
  }

  /**
   * Looks at every scan before the first request: what cannot be read is an error whether or not the
   * other tables of the statement have rows.
   */
  private void ensureReadable(Execution execution) {
    RowNode read =
        node instanceof Spool spool
            ? spool.input()
            : node instanceof BatchedScan batched ? batched.scan() : node;
    if (read instanceof ScanNode<?> scan && !scan.isDriven()) {
      try {
        scan.reading(execution);
      } catch (TurntableException e) {
        if (e.kind() == ErrorKind.INVALID_STATEMENT) {
          throw e;
        } // the scan tells of anything else when it is opened
      }
    }
    inputs.forEach(input -> input.ensureReadable(execution));
  }

  private boolean hasLimit() {
    return node instanceof LimitNode || inputs.stream().anyMatch(Plan::hasLimit);
  }

  /** Returns how many requests an execution that reads everything certainly sends. */
  long certainRequests(Execution execution) {
    return certainRequests(execution, Reach.WHOLE);
  }

  /**
   * Below a limit nothing is certain but what an operator reads to its end before its first row, and
   * what a scan that knows of the limit says.
   */
  private long certainRequests(Execution execution, Reach reach) {
    boolean limited = node instanceof ScanNode<?> scan && scan.rows().fetch() != null;
    boolean counts = reach == Reach.WHOLE || (reach == Reach.PART && limited);
    long total =
        counts ? requests.apply(execution).stream().mapToLong(RequestEstimate::min).sum() : 0;
    for (int i = 0; i < inputs.size(); i++) {
      total += inputs.get(i).certainRequests(execution, reach(i, reach));
    }
    return total;
  }

  /** Returns how far an input is read, if this is read so far. */
  public Reach reach(int input, Reach reach) {
    boolean left = node instanceof HashJoin join && !join.readsToItsEnd(input == 0);
    boolean nothingToMeet =
        node instanceof SetOperation sets
            && sets.kind() == SetOperation.Kind.INTERSECT
            && input != 1; // the second is read first
    if (reach == Reach.MAYBE || left || nothingToMeet || isForRows(input)) {
      return Reach.MAYBE;
    }
    return readsAllFirst() || (reach == Reach.WHOLE && !(node instanceof LimitNode))
        ? Reach.WHOLE
        : Reach.PART;
  }

  /** Returns whether an input is read for rows of the first, of which there may be none. */
  private boolean isForRows(int input) {
    boolean forRows = node instanceof CorrelatedLoop || node instanceof SubQueryColumn;
    return forRows && input == 1 && !(inputs.get(0).node instanceof ValuesNode);
  }

  private boolean readsAllFirst() {
    return node instanceof SortNode
        || node instanceof TopN
        || node instanceof WindowNode
        || (node instanceof HashAggregate aggregate && !aggregate.isDistinct());
  }
}
