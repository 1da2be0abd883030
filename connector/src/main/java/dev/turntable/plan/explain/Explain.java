package dev.turntable.plan.explain;

import dev.turntable.plan.compile.NodeFacts;
import dev.turntable.plan.compile.Plan;
import dev.turntable.run.Execution;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of EXPLAIN, for example
 *
 * <pre>
 * Sort by id                                 {@link NodeTitle}
 *   Scan rightbrain.tasks                    {@link NodeTitle}
 *     GET /tasks x ? (known when read)       {@link ScanLines}
 *     local: name LIKE 'a%'                  {@link ScanLines}, {@link ExpressionText}
 * </pre>
 *
 * Keys that a statement names are told by {@link KeyLines}, writes by {@link WriteLines}.
 */
public final class Explain {
  private static final String INDENT = "  ";

  private final Execution execution;
  private final List<String> lines = new ArrayList<>();
  private boolean sends;

  private Explain(Execution execution) {
    this.execution = execution;
  }

  /**
   * Returns the lines of a plan. Sends nothing.
   *
   * @param execution has the parameters
   */
  public static List<String> lines(Plan plan, Execution execution) {
    Explain explain = new Explain(execution);
    explain.add(plan, "", Plan.Reach.WHOLE);
    return explain.lines;
  }

  /**
   * Returns the lines of a plan that another database carries out. What its scans would read themselves is
   * told where that is nothing that they would ask for.
   *
   * @param first what is told of that
   * @param execution has the parameters
   */
  public static List<String> lines(List<String> first, Plan plan, Execution execution) {
    Explain explain = new Explain(execution);
    explain.add(plan, "", Plan.Reach.WHOLE);
    List<String> lines = new ArrayList<>(first);
    if (explain.sends) {
      addTitles(plan, "", lines);
    } else {
      lines.addAll(explain.lines);
    }
    return lines;
  }

  private static void addTitles(Plan plan, String indent, List<String> lines) {
    lines.add(indent + NodeTitle.of(plan.facts()));
    plan.inputs().forEach(input -> addTitles(input, indent + INDENT, lines));
  }

  private void add(Plan plan, String indent, Plan.Reach reach) {
    String inner = indent + INDENT;
    lines.add(indent + NodeTitle.of(plan.facts()));
    if (plan.facts() instanceof NodeFacts.OfScan scan) {
      ScanLines of = new ScanLines(scan);
      of.of(execution, reach).forEach(line -> lines.add(inner + line));
      sends |= of.sends();
    }
    for (int i = 0; i < plan.inputs().size(); i++) {
      add(plan.inputs().get(i), inner, plan.reach(i, reach));
    }
  }

  /** Indents lines that stand below a title. */
  static List<String> below(List<String> lines) {
    return lines.stream().map(INDENT::concat).toList();
  }
}
