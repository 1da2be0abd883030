package dev.turntable.plan.join;

import dev.turntable.plan.type.PlannedStatement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An order of joins, made from its beginning: next comes what costs fewest requests, given the keys of
 * those before. What a candidate costs is computed again only where one of these changes it, so that a
 * hundred inputs may each be tried as the first.
 */
final class GreedyOrder {
  /** An order, what it costs, and how many requests its first input takes of that. */
  record Order(List<JoinStep> steps, CostModel.Cost cost, double first) {}

  private final List<JoinInput> inputs;
  private final CostModel costs;
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<JoinStep> steps = new ArrayList<>();
  private final BitSet placed = new BitSet();
  private final Set<Integer> dependent = new LinkedHashSet<>();
  private CostModel.Cost total = new CostModel.Cost(0, 1);

  GreedyOrder(List<JoinInput> inputs, CostModel costs) {
    this.inputs = inputs;
    this.costs = costs;
    inputs.forEach(input -> candidates.add(new Candidate(input)));
  }

  /**
   * Returns the order that begins with an input, or null if it costs more requests than another.
   *
   * @param most the requests of the best order so far
   */
  @Nullable Order from(int first, double most) {
    JoinInput driver = inputs.get(first);
    steps.add(new JoinStep(first, Set.of(), 1));
    total = driver.alone();
    place(driver, false);
    while (steps.size() < inputs.size()) {
      PlannedStatement.check();
      if (total.requests() > most) {
        return null;
      }
      Candidate next = next();
      CostModel.Cost added = next.cost();
      steps.add(new JoinStep(next.input.position(), next.keyed, total.rows()));
      total =
          total.plus(
              added,
              next.linked
                  ? Math.max(total.rows(), added.rows())
                  : total.rows() * Math.max(1, added.rows()));
      place(next.input, !next.keyed.isEmpty() && next.input.isOneScan());
    }
    return new Order(steps, total, driver.alone().requests());
  }

  private Candidate next() {
    Candidate next = null;
    for (Candidate candidate : candidates) {
      if (!placed.get(candidate.input.position())
          && (next == null || candidate.isBetterThan(next))) {
        next = candidate;
      }
    }
    return Objects.requireNonNull(next, "next");
  }

  /**
   * @param byKeys whether its rows come from keys of those before alone
   */
  private void place(JoinInput input, boolean byKeys) {
    placed.set(input.position());
    input.links().forEach(link -> candidates.get(link.other()).isCurrent = false);
    if (!byKeys) {
      Set<Integer> news = new LinkedHashSet<>(costs.dependencies(input.rel()));
      news.removeAll(dependent);
      dependent.addAll(news);
      for (Candidate candidate : candidates) {
        if (candidate.linked && news.stream().anyMatch(candidate.input.references()::contains)) {
          candidate.isCurrent = false;
        }
      }
    }
  }

  /** An input that may come next. */
  private final class Candidate {
    private final JoinInput input;
    private Set<Integer> keyed = Set.of();
    private boolean linked;
    private boolean isCurrent = true;
    private double rows = Double.NaN;
    private CostModel.Cost cost;

    Candidate(JoinInput input) {
      this.input = input;
      this.cost = input.alone();
    }

    /** Returns what it costs next; tells what it is bound to as well. */
    CostModel.Cost cost() {
      if (!isCurrent) {
        update();
      }
      if (!keyed.isEmpty() && rows != total.rows()) {
        rows = total.rows();
        cost = CostModel.keyedOrFull(costs.of(input.rel(), keyed, rows), input.alone());
      }
      return cost;
    }

    private void update() {
      Set<Integer> columns = new LinkedHashSet<>();
      for (JoinInput.Link link : input.links()) {
        if (placed.get(link.other())) {
          columns.add(link.column());
        }
      }
      linked = !columns.isEmpty();
      keyed =
          input.alone().requests() > 0
              ? KeyColumns.keyable(input.rel(), List.copyOf(columns), dependent)
              : Set.of();
      cost = input.alone();
      rows = Double.NaN;
      isCurrent = true;
    }

    boolean isBetterThan(Candidate other) {
      double mine = cost().requests();
      double others = other.cost().requests();
      return mine < others || (mine == others && linked && !other.linked);
    }
  }
}
