package dev.turntable.plan;

import dev.turntable.plan.Judging.Outcome;
import dev.turntable.plan.Judging.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A number of random statements, from a seed on, compared with a judge; what is found is reduced and
 * told in a form that {@code judge/cases.txt} takes.
 */
final class JudgeRun {
  /** One in so many statements takes the road of generated code too. */
  private static final int GENERATED = Integer.getInteger("judge.generated", 20);

  /**
   * What Calcite's generated code gets wrong, or what only the operators do: it has no grand total of no
   * rows, fails at the first value of an empty frame, and takes covariances of whole numbers as whole.
   */
  private static final Pattern WRONG_IN_CALCITE =
      Pattern.compile(
          "ROLLUP|CUBE|GROUPING SETS|(?:FIRST|LAST|NTH)_VALUE|EXCLUDE|GROUPS|RANGE|LATERAL|LAG|LEAD"
              + "|COVAR|FILTER");

  /** So many findings are reduced: the first tell most. */
  private static final int REDUCED = Integer.getInteger("judge.shown", 10);

  /** How often a long run says how far it is, and what it found since: it may be stopped. */
  private static final int PROGRESS = 2500;

  private final ServiceTables tables;
  private final Judging judging;
  private final Constructs constructs;
  private final StaysRefused refused = new StaysRefused();
  private final Disagreements disagreements = new Disagreements();
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private final List<String> findings = new ArrayList<>();

  JudgeRun(ServiceTables tables, Judge judge) {
    this.tables = tables;
    judging = new Judging(judge);
    constructs = new Constructs(judge);
  }

  /** Compares statements over some tables, of as many seeds from the first on. */
  void run(List<RandomSources.Table> of, long seed, int statements) {
    int told = findings.size();
    for (int i = 0; i < statements; i++) {
      RandomStatement statement = new RandomQueries(seed + i, of).statement();
      constructs.count(statement);
      if (!disagreements.overrule(judging.judge(), statement.sql())) {
        check(seed + i, statement, false);
        if (i % GENERATED == 0 && !WRONG_IN_CALCITE.matcher(statement.sql().ours()).find()) {
          check(seed + i, statement, true);
        }
      }
      tables.forget();
      if ((i + 1) % PROGRESS == 0) {
        System.out.printf(
            "%d statements, to seed %d, %d findings%n%s%n",
            i + 1,
            seed + i,
            findings.size(),
            String.join("\n\n", findings.subList(told, findings.size())));
        told = findings.size();
      }
    }
  }

  private void check(long seed, RandomStatement statement, boolean generated) {
    Verdict verdict = verdict(statement, generated);
    outcomes.merge(verdict.outcome(), 1, Integer::sum);
    boolean unasked = verdict.outcome() == Outcome.REFUSED;
    if (!unasked
        && (!verdict.isFinding()
            || (generated && verdict.isUnsupported())
            || refused.passes(verdict))) {
      return;
    }
    String title = "seed " + seed + (generated ? ", generated code" : "") + ": ";
    if (unasked || findings.size() >= REDUCED) {
      findings.add(title + statement.sql().ours() + verdict.text());
      return;
    }
    RandomStatement reduced =
        new Reducer(tables, candidate -> verdict.isLike(verdict(candidate, generated)))
            .reduced(statement);
    findings.add(
        title
            + verdict.outcome()
            + verdict(reduced, generated).text()
            + "\nReduced; as a case:\n"
            + (generated ? "generated\n" : "")
            + KeptCase.text("seed " + seed, reduced)
            + "\nof "
            + statement.sql().ours());
  }

  private Verdict verdict(RandomStatement statement, boolean generated) {
    return judging.verdict(statement, generated ? tables.generated() : tables.operators());
  }

  List<String> findings() {
    return List.copyOf(findings);
  }

  Constructs constructs() {
    return constructs;
  }

  int count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0);
  }

  /** What was compared, made and passed over. */
  String report() {
    return String.format(
        Locale.ROOT,
        "%s: %s%n%s%s%s",
        judging.judge().name(),
        outcomes,
        constructs.report(),
        refused.report(),
        disagreements.report());
  }
}
