package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.plan.PlanSettings.Known;
import dev.turntable.simulator.handinger.HandingerState.Shape;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * The same answer by every plan, and the right one. Random statements over tables that nobody can
 * list are run under settings of which any two meet; each time the answer is the one that {@link
 * OpenModel} makes of the simulator's data. Where every reference is bound it is the same whatever
 * the connection knows.
 *
 * <p>A build runs 200 statements from a fixed seed. For more, from a fresh seed that is printed:
 *
 * <pre>mvn -pl connector test -Dtest=PlanIndependenceTest -Dturntable.plans=3000
 *     -Dturntable.plans.seed=fresh</pre>
 *
 * <p>{@code -Dturntable.plans.generated=1} sends every statement down both roads, and {@code
 * -Dturntable.plans.only=17} runs statement 17 of the seed alone. With {@code
 * -Dturntable.plans.report=true} findings are told, and fail nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.HOURS) // as many statements as are asked for
final class PlanIndependenceTest {
  private static final int STATEMENTS = Integer.getInteger("turntable.plans", 200);
  private static final int ONLY = Integer.getInteger("turntable.plans.only", -1);
  private static final boolean REPORT = Boolean.getBoolean("turntable.plans.report");
  private static final int SHOWN = Integer.getInteger("turntable.shown", 10);

  /** One in so many statements takes the road of generated code too, which has to be compiled. */
  private static final int GENERATED = Integer.getInteger("turntable.plans.generated", 6);

  private static final String FIRST_BATCH = "turntable.firstBatch";

  /** Of the runs down the road of generated code, which may refuse what it cannot do. */
  private static final double MOST_REFUSED = 0.05;

  private final Map<Shape, OpenService> services = new EnumMap<>(Shape.class);
  private final Map<String, Integer> failuresByKind = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private PlanJudge judge;
  private int runs;
  private int generated;
  private int refused;
  private int withoutKey;

  @BeforeAll
  void load() throws SQLException, IOException, InterruptedException {
    for (Shape shape : Shape.values()) {
      services.put(shape, new OpenService(shape));
    }
    judge = PlanJudge.of(services.get(Shape.NEW));
  }

  @AfterAll
  void close() throws SQLException {
    services.values().forEach(OpenService::close);
    judge.close();
  }

  @Test
  void everyPlanGivesTheSameAnswer() throws SQLException {
    long seed = seed();
    for (int i = ONLY < 0 ? 0 : ONLY; i < (ONLY < 0 ? STATEMENTS : ONLY + 1); i++) {
      Random random = random(seed, i);
      OpenStatement statement =
          new OpenStatements(random, services.get(Shape.NEW).rightbrainTasks()).next();
      check(
          "statement " + i + " of seed " + seed,
          statement,
          PlanSettings.covering(random, i % GENERATED == 0));
    }
    System.out.printf(
        "Plan independence: %d statements of seed %d, %d runs, %d down the generated road of which"
            + " %d refused, %d without a key, wrong %s%n",
        STATEMENTS, seed, runs, generated, refused, withoutKey, failuresByKind);
    none(failures, "wrong of " + runs + " runs, by kind " + failuresByKind);
    assertThat(refused)
        .as("refused on the generated road")
        .isLessThanOrEqualTo((int) (MOST_REFUSED * generated));
    if (ONLY < 0) {
      assertThat(withoutKey).as("statements without a key").isBetween(runs / 100, runs / 3);
    }
  }

  /** EXPLAIN tells what will be run, of the same statements. */
  @Test
  void whatIsExplainedIsSent() {
    long seed = seed();
    List<String> wrong = new ArrayList<>();
    for (int i = ONLY < 0 ? 0 : ONLY; i < (ONLY < 0 ? STATEMENTS : ONLY + 1); i++) {
      Random random = random(seed, i);
      OpenStatement statement =
          new OpenStatements(random, services.get(Shape.NEW).rightbrainTasks()).next();
      PlanSettings settings = PlanSettings.plain(random);
      Bench bench = bench(settings);
      Object[] values = settings.values(statement).toArray();
      if (statement.model().isAnswerable(settings.known().model())) {
        try {
          String sql = settings.sql(statement);
          List<String> lines = bench.sql(sql, values).explain().lines().toList();
          // Whatever names them first reads the list of tasks.
          List<String> besides = sql.contains("rightbrain_runs") ? List.of("/task") : List.of();
          ExplainedRequests.check(sql, lines, besides, bench.sql(sql, values).rows());
        } catch (TurntableException | AssertionError e) {
          wrong.add("statement " + i + " of seed " + seed + " " + settings + "\n" + e.getMessage());
        }
      }
    }
    none(wrong, "explained wrongly");
  }

  private static void none(List<String> findings, String what) {
    List<String> shown = findings.stream().limit(SHOWN).toList();
    if (REPORT && !findings.isEmpty()) {
      System.out.printf("%d %s:%n%s%n", findings.size(), what, String.join("\n", shown));
      return;
    }
    assertThat(shown).as("%d %s", findings.size(), what).isEmpty();
  }

  private static Random random(long seed, int statement) {
    return new Random(new SplittableRandom(seed * 1_000_003 + statement).nextLong());
  }

  private static long seed() {
    String seed = System.getProperty("turntable.plans.seed", "20261129");
    return seed.equals("fresh") ? System.nanoTime() % 1_000_000_000L : Long.parseLong(seed);
  }

  private void check(String name, OpenStatement statement, List<PlanSettings> settings)
      throws SQLException {
    Map<Known, PlanJudge.Expected> expected = new EnumMap<>(Known.class);
    for (Known known : Known.values()) {
      if (statement.model().isAnswerable(known.model())) {
        expected.put(known, judge.expected(statement, known));
      }
    }
    if (statement.model().isBound()) {
      assertThat(expected)
          .as("%s: %s", name, statement.literal(false))
          .hasSize(Known.values().length);
      RowBag one = expected.get(Known.NONE).rows();
      expected.forEach(
          (known, other) ->
              assertThat(other.rows().difference(one))
                  .as("%s with %s: %s", name, known, statement.literal(false))
                  .isEmpty());
    }
    for (PlanSettings each : settings) {
      String wrong = run(statement, each, expected.get(each.known()));
      if (!wrong.isEmpty()) {
        failuresByKind.merge(
            statement.kind() + (each.generated() ? " (generated)" : ""), 1, Integer::sum);
        failures.add(report(name, statement, each, wrong));
      }
    }
  }

  /** Returns what is wrong with the answer; empty if nothing is. */
  private String run(
      OpenStatement statement, PlanSettings settings, PlanJudge.@Nullable Expected expected)
      throws SQLException {
    runs++;
    generated += settings.generated() ? 1 : 0;
    try {
      RowBag rows = new RowBag(rows(statement, settings));
      if (expected != null) {
        return expected.rows().difference(rows) + tooMany(settings, expected);
      }
      // Where conditions exclude each other no row is needed, and so no key.
      return bench(settings).simulator().requestCount() == 0
          ? judge.expected(statement, settings.known()).rows().difference(rows)
          : "\n  42000 expected, got " + rows.size() + " rows";
    } catch (TurntableException e) {
      if (expected == null && e.kind() == ErrorKind.INVALID_STATEMENT) {
        withoutKey++;
        return "";
      }
      if (settings.generated() && e.kind() == ErrorKind.UNSUPPORTED) {
        refused++;
        return "";
      }
      return "\n  "
          + e.kind()
          + ": "
          + e.getMessage()
          + (expected == null ? "" : ", expected " + expected.rows().size() + " rows");
    }
  }

  private String tooMany(PlanSettings settings, PlanJudge.Expected expected) {
    long sent = bench(settings).simulator().requestCount();
    // Generated code joins sets that were read before, so it asks for keys of rows that it drops
    // later, too.
    long most = (settings.generated() ? 2 : 1) * expected.mostRequests();
    return sent <= most ? "" : "\n  " + sent + " requests, at most " + most + " expected";
  }

  private List<List<@Nullable Object>> rows(OpenStatement statement, PlanSettings settings) {
    Bench bench = bench(settings);
    bench.simulator().clearRequests();
    String sql = settings.sql(statement);
    System.setProperty(FIRST_BATCH, String.valueOf(settings.firstBatch()));
    try (StatementScope scope = bench.engine().newStatement(sql, Duration.ofSeconds(60))) {
      PreparedSql prepared = bench.engine().prepare(sql, bench.engine().defaultSchema(), scope);
      List<List<@Nullable Object>> rows = new ArrayList<>();
      try (RowCursor cursor = prepared.query(settings.values(statement), 0, scope)) {
        while (cursor.next()) {
          @Nullable Object[] row = new Object[prepared.columns().size()];
          for (int i = 0; i < row.length; i++) {
            row[i] = cursor.value(i);
          }
          rows.add(Arrays.asList(row));
        }
      }
      return rows;
    } finally {
      System.clearProperty(FIRST_BATCH);
    }
  }

  private Bench bench(PlanSettings settings) {
    return services.get(settings.shape()).connected(settings.properties(), settings.generated());
  }

  private String report(String name, OpenStatement statement, PlanSettings settings, String wrong) {
    Bench bench = bench(settings);
    String requests =
        bench.simulator().requests().stream()
            .map(ReceivedRequest::line)
            .limit(30)
            .collect(Collectors.joining("\n    "));
    String explained;
    try {
      explained =
          bench.sql(settings.sql(statement), settings.values(statement).toArray()).explain();
    } catch (TurntableException e) {
      explained = e.getMessage();
    }
    return "\n%s (%s)\n  %s\n  %s\n  judge: %s%s\n  plan:\n    %s\n  requests:\n    %s\n"
        .formatted(
            name,
            statement.kind(),
            settings.sql(statement)
                + (settings.parameters() ? " " + settings.values(statement) : ""),
            settings,
            statement.judged(settings.known().model()),
            wrong,
            explained.replace("\n", "\n    "),
            requests);
  }
}
