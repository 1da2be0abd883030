package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.plan.Judging.Outcome;
import dev.turntable.plan.Judging.Verdict;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The trial of all statements before one judge. What is asked for on the command line:
 *
 * <ul>
 *   <li>{@code judge.statements}: how many;
 *   <li>{@code judge.seed}: the seed of the first, or {@code fresh}; without it, the one that decides
 *       about builds;
 *   <li>{@code judge.report}: findings are told, and fail nothing.
 * </ul>
 */
final class JudgeTrial {
  private static final long SEED = 20260720L;

  /** One in so many statements reads the tables of Handinger alone. */
  private static final int OF_HANDINGER = 3;

  /** From so many statements on, each construct must have decided something. */
  private static final int ENOUGH = 3000;

  private static final int TRIED = 25;

  private final ServiceTables tables;
  private final Judge judge;

  JudgeTrial(ServiceTables tables, Judge judge) {
    this.tables = tables;
    this.judge = judge;
  }

  /**
   * Runs random statements.
   *
   * @param standard how many, if nothing else is asked for
   */
  void randomStatements(int standard) {
    int statements = Integer.getInteger("judge.statements", standard);
    long seed = seed();
    JudgeRun run = new JudgeRun(tables, judge);
    int ofHandinger = statements / OF_HANDINGER;
    run.run(tables.ofHandinger(), seed, ofHandinger);
    run.run(tables.all(), seed + ofHandinger, statements - ofHandinger);
    // Blind spots of the generator show in the log of each build.
    System.out.printf("%d statements from seed %d before %s%n", statements, seed, run.report());
    if (!run.findings().isEmpty() && Boolean.getBoolean("judge.report")) {
      System.out.printf(
          "%d findings, to be kept in judge/cases.txt:%n%s%n",
          run.findings().size(), String.join("\n\n", run.findings()));
      return;
    }
    assertThat(run.findings()).as(() -> String.join("\n\n", run.findings())).isEmpty();
    assertThat(run.count(Outcome.CANNOT))
        .as("statements that %s cannot run", judge.name())
        .isLessThan(statements / 20 + 1);
    // What decides one answer in a hundred may decide none of another seed's.
    if (statements >= ENOUGH && seed == SEED) {
      assertThat(run.constructs().idle(TRIED)).as("constructs that decide nothing").isEmpty();
    }
  }

  private static long seed() {
    String seed = System.getProperty("judge.seed", String.valueOf(SEED));
    return seed.equals("fresh") ? new Random().nextInt(Integer.MAX_VALUE) : Long.parseLong(seed);
  }

  /** A test of each statement that was answered wrongly once. */
  Stream<DynamicTest> keptCases() throws IOException {
    Judging judging = new Judging(judge);
    return KeptCase.all().stream()
        .map(kept -> DynamicTest.dynamicTest(kept.title(), () -> judged(judging, kept)));
  }

  private void judged(Judging judging, KeptCase kept) {
    Verdict verdict =
        judging.verdict(
            kept.statement(), kept.generated() ? tables.generated() : tables.operators());
    if (kept.open() && verdict.outcome() != Outcome.REFUSED) {
      System.out.println(
          (verdict.isFinding() ? "still open: " : "mended, no longer open: ") + kept.title());
      return;
    }
    assertThat(verdict.outcome())
        .as(() -> kept.statement().sql().ours() + verdict.text())
        .isIn(Outcome.SAME, Outcome.CANNOT);
  }
}
