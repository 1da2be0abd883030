package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.plan.PlanSettings.Known;
import dev.turntable.simulator.handinger.HandingerState.Shape;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The judge of plans with a store: whatever the store has, the answer is that of what the connection and
 * the account's catalogue know when the statement begins, and of the keys that the statement binds.
 *
 * <p>A build runs statements from a fixed seed. For more, from a fresh one that is printed: {@code
 * -Dturntable.stored=1000 -Dturntable.plans.seed=fresh}, and {@code -Dturntable.plans.report=true} to be
 * told of findings without a failure.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.HOURS) // as many statements as are asked for
final class StoredPlansTest {
  private static final int STATEMENTS = Integer.getInteger("turntable.stored", 40);
  private static final int ONLY = Integer.getInteger("turntable.stored.only", -1);
  private static final boolean REPORT = Boolean.getBoolean("turntable.plans.report");

  /** What the store has when a statement begins. */
  private enum State {
    /** Nothing: the account is new. */
    EMPTY,
    /** What the same statement has read just before. */
    JUST_READ,
    /** Some rows of some tables, and what other statements have read. */
    HALF,
    /** Everything that can be known. */
    FILLED,
    /** Everything, but all of it too old. */
    STALE
  }

  private final Map<State, Integer> answered = new EnumMap<>(State.class);
  private final Map<State, Long> storedRows = new EnumMap<>(State.class);
  private final Map<String, Engine> engines = new java.util.HashMap<>();
  private final List<String> failures = new ArrayList<>();
  private OpenService service;
  private PlanJudge judge;

  @TempDir static Path temp;

  @BeforeAll
  void load() throws SQLException, IOException, InterruptedException {
    service = new OpenService(Shape.NEW);
    judge = PlanJudge.of(service);
  }

  @AfterAll
  void close() throws SQLException {
    service.close();
    judge.close();
  }

  @Test
  void aStoreChangesNoAnswer() throws SQLException {
    String given = System.getProperty("turntable.plans.seed", "20261201");
    long seed = given.equals("fresh") ? System.nanoTime() % 1_000_000_000L : Long.parseLong(given);
    fill();
    for (int i = ONLY < 0 ? 0 : ONLY; i < (ONLY < 0 ? STATEMENTS : ONLY + 1); i++) {
      Random random = new Random(new SplittableRandom(seed * 1_000_003 + i).nextLong());
      OpenStatement statement = new OpenStatements(random, service.rightbrainTasks()).next();
      for (State state : State.values()) {
        check("statement " + i + " of seed " + seed, i, statement, state, random);
      }
    }
    System.out.printf(
        "Stored plans: %d statements of seed %d, answered %s, rows from the store %s, %d wrong%n",
        STATEMENTS, seed, answered, storedRows, failures.size());
    if (!REPORT) {
      assertThat(failures).isEmpty();
      if (ONLY < 0) {
        assertThat(storedRows.get(State.FILLED)).isPositive();
        assertThat(storedRows.get(State.HALF)).isPositive();
      }
    } else {
      failures.forEach(System.out::println);
    }
  }

  private void fill() {
    for (State state : List.of(State.HALF, State.FILLED, State.STALE)) {
      use(state, Known.ALL, 0);
      List<String> statements =
          state == State.HALF
              ? List.of(
                  "SELECT * FROM tasks WHERE id IN ('tsk_00000001', 'tsk_00000002', 'tsk_gone-0000001')",
                  "SELECT * FROM turns WHERE task_id IN ('tsk_00000002', 'tsk_00000003')",
                  "SELECT * FROM rightbrain.task_runs WHERE task_id = '"
                      + service.rightbrainTasks().get(1)
                      + "'")
              : List.of(
                  "SELECT * FROM tasks",
                  "SELECT * FROM turns",
                  "SELECT * FROM webhook_executions",
                  "SELECT * FROM worker_schedules",
                  "SELECT * FROM rightbrain.tasks",
                  "SELECT * FROM rightbrain.task_revisions",
                  "SELECT * FROM rightbrain.task_runs");
      for (String sql : statements) {
        try {
          service.bench().sql(sql).rows();
        } catch (TurntableException e) {
          assertThat(e.kind()).as(sql).isEqualTo(ErrorKind.INVALID_STATEMENT);
        }
      }
    }
  }

  /** Goes on with a connection of the state, which every state has for all that connections may know. */
  private void use(State state, Known known, int statement) {
    boolean fresh = state == State.EMPTY || state == State.JUST_READ;
    String account = fresh ? "statement_" + statement : state.name();
    Engine engine =
        engines.computeIfAbsent(
            account + " " + known,
            any ->
                service
                    .bench()
                    .store(
                        temp.resolve("store"),
                        "storeAccount",
                        account,
                        "maxAge",
                        state == State.STALE ? "60" : "2000000",
                        "handinger.taskIds",
                        String.join(",", known.tasks()),
                        "handinger.workerIds",
                        String.join(",", known.workers()))
                    .engine());
    service.bench().use(engine);
  }

  private void check(String name, int number, OpenStatement statement, State state, Random random)
      throws SQLException {
    Known known = Known.values()[random.nextInt(Known.values().length)];
    PlanSettings settings = PlanSettings.plain(random);
    if (state == State.JUST_READ) {
      for (Known each : Known.values()) { // as the statement before
        known = engines.containsKey("statement_" + number + " " + each) ? each : known;
      }
    } else if (state == State.STALE) {
      Stores.age(temp.resolve("store"), Duration.ofMinutes(5));
    }
    use(state, known, number);
    Set<String> tasks = known(known);
    OpenModel.Known model = PlanJudge.stored(tasks, known.workers());
    String sql = settings.sql(statement);
    String wrong;
    try {
      RowBag rows = new RowBag(rows(sql, settings.values(statement), state));
      wrong =
          statement.model().isAnswerable(model) || service.bench().simulator().requestCount() == 0
              ? judge.expected(statement, tasks, known.workers()).difference(rows)
              : "42000 expected, got " + rows.size() + " rows";
    } catch (TurntableException e) {
      wrong =
          e.kind() == ErrorKind.INVALID_STATEMENT && !statement.model().isAnswerable(model)
              ? ""
              : e.kind() + ": " + e.getMessage();
    }
    answered.merge(state, 1, Integer::sum);
    if (!wrong.isEmpty()) {
      failures.add(
          "%s, %s knowing %s and %s\n  %s %s\n  judge: %s\n  %s"
              .formatted(
                  name,
                  state,
                  known,
                  tasks,
                  sql,
                  settings.values(statement),
                  statement.judged(model),
                  wrong));
    }
  }

  /** Returns what the connection and the catalogue know at this moment. */
  private Set<String> known(Known known) {
    Set<String> tasks = new TreeSet<>();
    for (int i = 0; i < OpenService.TASKS; i++) {
      if (known.isTask(OpenService.id(i))) {
        tasks.add(OpenService.id(i));
      }
    }
    tasks.addAll(
        service
            .bench()
            .sql("SELECT DISTINCT id FROM turntable.known_tasks WHERE found IS NOT FALSE")
            .rows()
            .rows());
    return tasks;
  }

  private List<List<@Nullable Object>> rows(
      String sql, List<@Nullable Object> values, State state) {
    Bench bench = service.bench();
    bench.simulator().clearRequests();
    try (StatementScope scope = bench.engine().newStatement(sql, Duration.ofSeconds(60))) {
      PreparedSql prepared = bench.engine().prepare(sql, bench.engine().defaultSchema(), scope);
      List<List<@Nullable Object>> rows = new ArrayList<>();
      try (RowCursor cursor = prepared.query(values, 0, scope)) {
        while (cursor.next()) {
          @Nullable Object[] row = new Object[prepared.columns().size()];
          for (int i = 0; i < row.length; i++) {
            row[i] = cursor.value(i);
          }
          rows.add(Arrays.asList(row));
        }
      }
      storedRows.merge(state, scope.storedRows(), Long::sum);
      return rows;
    }
  }
}
