package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerExecution;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.handinger.HandingerState.Shape;
import dev.turntable.simulator.handinger.HandingerTask;
import dev.turntable.source.ErrorKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How many requests each kind of statement sends. Every row of this table is a promise; both answer
 * shapes of {@code GET /api/tasks/{id}} are run: LEGACY brings the turns along, NEW does not. Each is
 * explained first, and then sends what EXPLAIN said.
 */
final class HandingerRequestsTest {
  private static final int N = 20;

  private Bench bench;
  private List<String> ids;

  private void start(Shape shape) {
    start(shape, SimulatorOptions.builder().tasks(N).turns(1, 4).build());
  }

  private void start(Shape shape, SimulatorOptions options) {
    bench = Bench.handinger(options).explaining();
    bench.simulator().handinger().shape(shape);
    ids = bench.taskIds().subList(0, N);
    bench.knowing(ids);
  }

  /** Any answer of a task tells the shape, to the whole JVM. */
  private void learnShape() {
    bench.sql("SELECT * FROM tasks WHERE id = ?", ids.get(0)).rows();
  }

  private List<HandingerTask> tasks() {
    return ids.stream().map(id -> bench.simulator().handinger().task(id).orElseThrow()).toList();
  }

  private int withStatus(String status) {
    return (int) tasks().stream().filter(task -> task.status().equals(status)).count();
  }

  private int turns() {
    return tasks().stream().mapToInt(task -> task.turns().size()).sum();
  }

  private static String in(List<String> ids) {
    return ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", ", "(", ")"));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void pointRead(Shape shape) {
    start(shape);
    bench
        .sql("SELECT * FROM tasks WHERE id = '" + ids.get(3) + "'")
        .rows()
        .hasRows(1)
        .sent("GET /api/tasks/" + ids.get(3));
  }

  /** As linked tables of H2 ask for a key. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void pointReadByEqualBounds(Shape shape) {
    start(shape);
    bench
        .sql("SELECT * FROM tasks WHERE id >= ? AND id <= ?", ids.get(3), ids.get(3))
        .rows()
        .hasRows(1)
        .sent("GET /api/tasks/" + ids.get(3));
    bench.sql("SELECT * FROM tasks WHERE id > ? AND id <= ?", ids.get(3), ids.get(3)).rows().sent();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void severalPoints(Shape shape) {
    start(shape);
    List<String> three = ids.subList(0, 3);
    bench
        .sql("SELECT title FROM tasks WHERE id IN " + in(three) + " AND status = 'error'")
        .rows()
        .sent(three.stream().map(id -> "GET /api/tasks/" + id).toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void turnsOfOneTask(Shape shape) {
    start(shape);
    String sql = "SELECT * FROM turns WHERE task_id = '" + ids.get(0) + "'";
    int turns = tasks().get(0).turns().size();
    bench.sql(sql).rows().hasRows(turns).sent(shape == Shape.LEGACY ? 2 : 1);
    bench.sql(sql).rows().hasRows(turns).sent(1);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void turnsOfSeveralTasks(Shape shape) {
    start(shape);
    int n = 7;
    String sql = "SELECT SUM(input_tokens) FROM turns WHERE task_id IN " + in(ids.subList(0, n));
    bench.sql(sql).rows().hasRows(1).sent(shape == Shape.LEGACY ? n + 1 : n);
    bench.sql(sql).rows().hasRows(1).sent(n);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void joinOfOneTask(Shape shape) {
    start(shape);
    bench
        .sql(
            "SELECT t.title, u.output_text FROM tasks t JOIN turns u ON u.task_id = t.id"
                + " WHERE t.id = '"
                + ids.get(0)
                + "'")
        .rows()
        .hasRows(tasks().get(0).turns().size())
        .sent(shape == Shape.LEGACY ? 1 : 2);
  }

  /** As long as no answer has told the shape, the task's own is the one that may hold its turns. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void joinOfOneTaskWrittenTheOtherWay(Shape shape) {
    start(shape);
    bench
        .sql(
            "SELECT t.title, u.seq FROM turns u, tasks t WHERE u.task_id = t.id AND u.task_id = ?",
            ids.get(0))
        .rows()
        .hasRows(tasks().get(0).turns().size())
        .sent(shape == Shape.LEGACY ? 1 : 2);
  }

  /** The key stands on the side of the turns, and the connection knows tasks that it could scan. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void joinOfOneTaskByItsTurns(Shape shape) {
    start(shape);
    learnShape();
    for (String sql :
        List.of(
            "SELECT t.title, u.seq FROM tasks t JOIN turns u ON u.task_id = t.id WHERE u.task_id = ?",
            "SELECT t.title, u.seq FROM turns u, tasks t WHERE u.task_id = t.id AND ? = u.task_id",
            "SELECT t.title, COUNT(*) FROM turns u JOIN tasks t ON u.task_id = t.id"
                + " WHERE u.task_id = ? GROUP BY t.title",
            "WITH w AS (SELECT u.task_id, t.title FROM tasks t JOIN turns u ON u.task_id = t.id)"
                + " SELECT * FROM w WHERE task_id = ?",
            "SELECT b.title, u.seq FROM tasks a, turns u, tasks b"
                + " WHERE a.id = u.task_id AND u.task_id = b.id AND a.id = ?",
            "SELECT id FROM tasks WHERE id IN (SELECT task_id FROM turns WHERE task_id = ?)")) {
      assertThat(bench.sql(sql, ids.get(0)).rows().sent(shape == Shape.LEGACY ? 1 : 2).rows())
          .isNotEmpty();
      String literal = sql.replace("?", "'" + ids.get(0) + "'");
      assertThat(bench.sql(literal).rows().sent(shape == Shape.LEGACY ? 1 : 2).rows()).isNotEmpty();
      assertThat(bench.sql(literal).explain()).doesNotContain("no request");
    }
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void joinOfFailedTasksWhicheverWayItIsWritten(Shape shape) {
    start(shape);
    int failed = withStatus("error");
    int turns =
        tasks().stream()
            .filter(task -> task.status().equals("error"))
            .mapToInt(task -> task.turns().size())
            .sum();
    for (String from :
        List.of(
            "tasks t JOIN turns u ON u.task_id = t.id",
            "turns u JOIN tasks t ON t.id = u.task_id",
            "turns u, tasks t WHERE u.task_id = t.id AND 1 = 1")) {
      String sql =
          "SELECT t.title, u.seq FROM "
              + from
              + (from.contains("WHERE") ? " AND" : " WHERE")
              + " t.status = 'error'";
      bench.sql(sql).rows().hasRows(turns).sent(shape == Shape.LEGACY ? N : N + failed);
    }
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void leftJoinOverAll(Shape shape) {
    start(shape);
    bench
        .sql("SELECT t.id, u.seq FROM tasks t LEFT JOIN turns u ON u.task_id = t.id")
        .rows()
        .hasRows(turns())
        .sent(shape == Shape.LEGACY ? N : 2 * N);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void countOfKnownTasks(Shape shape) {
    start(shape);
    bench.sql("SELECT COUNT(*) FROM tasks").rows().is(String.valueOf(N)).sent(N);
  }

  @Test
  void countOfTasksInTheLogsOfWorkers() {
    start(Shape.NEW, SimulatorOptions.builder().tasks(N).workers(2).executions(130).build());
    List<String> workers = bench.simulator().handinger().workerIds();
    bench.connect(Map.of("workerIds", String.join(",", workers)));
    int pages = 0;
    for (String worker : workers) {
      int executions = bench.simulator().handinger().executions(worker).size();
      pages += Math.max(1, (executions + 49) / 50);
    }
    long named =
        workers.stream()
            .flatMap(worker -> bench.simulator().handinger().executions(worker).stream())
            .map(execution -> execution.taskId())
            .filter(java.util.Objects::nonNull)
            .distinct()
            .count();
    bench.sql("SELECT COUNT(*) FROM tasks").rows().hasRows(1).sent((int) (pages + named));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM tasks WHERE id = 'x' AND id = 'y'",
        "SELECT * FROM tasks WHERE 1 = 0",
        "SELECT * FROM tasks WHERE FALSE",
        "SELECT * FROM tasks WHERE id = NULL",
        "SELECT * FROM tasks WHERE status IN (NULL)",
        "SELECT * FROM tasks LIMIT 0",
        "SELECT * FROM tasks WHERE id IN (SELECT id FROM tasks WHERE FALSE)",
        "SELECT * FROM turns WHERE task_id = ''",
        "SELECT * FROM tasks WHERE id IS NULL",
        "SELECT t.id FROM tasks t JOIN turns u ON u.task_id = t.id WHERE t.id = NULL",
      })
  void nothingCanMatch(String sql) {
    start(Shape.NEW);
    bench.sql(sql).rows().hasRows(0).sent(0);
  }

  @Test
  void limits() {
    start(Shape.NEW);
    bench.sql("SELECT * FROM tasks LIMIT 5").rows().hasRows(5).sent(5);
    bench.sql("SELECT * FROM tasks LIMIT 5 OFFSET 3").rows().hasRows(5).sent(8);
    bench.sql("SELECT title FROM tasks FETCH FIRST 4 ROWS ONLY").rows().hasRows(4).sent(4);
    bench.sql("SELECT * FROM tasks LIMIT ?", 3).rows().hasRows(3).sent(3);
    bench.sql("SELECT * FROM tasks").maxRows(6).rows().hasRows(6).sent(6);
    bench.sql("SELECT id, title FROM (SELECT * FROM tasks) t LIMIT 2").rows().sent(2);
    bench.sql("SELECT * FROM (SELECT id FROM tasks LIMIT 9) t LIMIT 2").rows().sent(2);
    bench.sql("SELECT * FROM (SELECT id FROM tasks LIMIT 2) t LIMIT 9").rows().sent(2);
    bench.sql("SELECT * FROM tasks LIMIT 9").maxRows(3).rows().hasRows(3).sent(3);
    bench.sql("SELECT * FROM tasks LIMIT ?", 9).maxRows(3).rows().hasRows(3).sent(3);
    bench.sql("SELECT * FROM tasks LIMIT 2").maxRows(3).rows().hasRows(2).sent(2);
    bench.sql("SELECT id FROM tasks LIMIT 3 OFFSET 2").maxRows(2).rows().sentBetween(4, 5);
  }

  @Test
  void limitAboveAPredicate() {
    start(Shape.NEW, SimulatorOptions.builder().tasks(200).build());
    ids = bench.taskIds();
    bench.knowing(ids);
    int seen = 0;
    int matches = 0;
    for (HandingerTask task : tasks()) {
      seen++;
      if (task.status().equals("error") && ++matches == 5) {
        break;
      }
    }
    bench
        .sql("SELECT * FROM tasks WHERE status = 'error' LIMIT 5")
        .rows()
        .hasRows(5)
        .sentBetween(seen, seen + 8 - 1);
  }

  /** What an EXISTS reads that is the same for every row; the VALUES ask for nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "WHERE EXISTS (SELECT * FROM tasks) : 1 : 2",
        "WHERE NOT EXISTS (SELECT * FROM tasks) : 1 : 0",
        "WHERE v.k = 1 OR EXISTS (SELECT 1 FROM tasks ORDER BY credits) : 1 : 2",
        "WHERE EXISTS (SELECT * FROM tasks OFFSET 3) : 4 : 2",
        "WHERE EXISTS (SELECT * FROM tasks LIMIT 3 OFFSET 30) : 20 : 0",
        "WHERE EXISTS (SELECT * FROM tasks LIMIT 0) : 0 : 0",
        "WHERE EXISTS (SELECT COUNT(*) FROM tasks) : 0 : 2",
        "WHERE EXISTS (SELECT COUNT(*) FROM tasks HAVING COUNT(*) > 20) : 20 : 0",
        "WHERE NOT EXISTS (SELECT * FROM tasks WHERE title = 'none') : 20 : 2",
        "WHERE (SELECT COUNT(*) FROM (VALUES 3) w (k) WHERE EXISTS (SELECT * FROM tasks)) = 1 : 1 : 2",
        "JOIN (VALUES 2, 3) w (k) ON w.k = v.k AND EXISTS (SELECT * FROM tasks) : 1 : 1",
      })
  void existsReadsOneRow(String sql, int requests, int rows) {
    start(Shape.NEW);
    bench.sql("SELECT * FROM (VALUES 1, 2) v (k) " + sql).rows().hasRows(rows).sent(requests);
  }

  @Test
  void existsReadsToTheFirstMatch() {
    start(Shape.NEW, SimulatorOptions.builder().tasks(200).build());
    ids = bench.taskIds();
    bench.knowing(ids);
    int first = tasks().stream().map(HandingerTask::status).toList().indexOf("error") + 1;
    bench
        .sql("SELECT EXISTS (SELECT 1 FROM tasks WHERE status = 'error')")
        .rows()
        .is("true")
        .sentBetween(first, first + 8 - 1);
  }

  /** The one that EXISTS reads is sent once, as all equal ones. */
  @Test
  void existsAsksForOneRowAndTheRestForAll() {
    start(Shape.NEW);
    String sql = "SELECT id FROM tasks WHERE EXISTS (SELECT * FROM tasks)";
    assertThat(bench.sql(sql).explain()).contains("x 20 (exact)", "Limit 1", "x 1 (");
    bench.sql(sql).rows().hasRows(N).sent(N);
  }

  /** The service lists them newest first; some are of the same millisecond here. */
  @Test
  void latestDeliveriesOfAWorker() {
    start(Shape.NEW, SimulatorOptions.builder().tasks(N).workers(2).executions(390).build());
    HandingerState state = bench.simulator().handinger();
    String worker = state.workerIds().get(0);
    for (int i = 0; i < 9; i++) {
      state.addExecution(worker, null);
    }
    String[] log =
        state.executions(worker).stream().map(HandingerExecution::id).toArray(String[]::new);
    String page = "GET /api/workers/" + worker + "/webhook/executions?page=";
    String some = " FROM webhook_executions WHERE worker_id = '" + worker + "' ORDER BY created_at";
    assertThat(bench.sql("SELECT *" + some + " DESC LIMIT 3").explain())
        .contains("GET /api/workers/{worker_id}/webhook/executions x 3 (at most)")
        .doesNotContain("Sort");
    bench.sql("SELECT *" + some + " DESC LIMIT 3").rows().hasRows(3).sent(page + 1);
    for (String limit : List.of(" DESC LIMIT 3", " DESC NULLS LAST LIMIT 3")) {
      bench.sql("SELECT id" + some + limit).rows().is(Arrays.copyOf(log, 3)).sent(page + 1);
    }
    // A log that changes while all of it is read could not be read once more without a sort.
    assertThat(bench.sql("SELECT id" + some + " DESC").explain()).contains("Sort");
    bench.sql("SELECT id" + some + " DESC").rows().is(log).sent(8);
    bench.sql("SELECT id" + some + " LIMIT 1").rows().is(log[log.length - 1]).sent(8);
    bench.sql("SELECT id" + some + " DESC, id LIMIT 3").rows().hasRows(3).sent(8);
    String both =
        some.replace("= ", "IN ('" + state.workerIds().get(1) + "', ").replace("' O", "') O");
    bench.sql("SELECT id" + both + " DESC LIMIT 1").rows().is(log[0]).sent(8 + 8);
  }

  @Test
  void deliveriesThatNeverWereAreNotAskedFor() {
    start(Shape.NEW);
    String sql = "SELECT * FROM webhook_executions WHERE worker_id = 'w' AND created_at IS NULL";
    bench.sql(sql).rows().hasRows(0).sent(0);
  }

  @Test
  void semiJoinWithTheLogOfAWorker() {
    start(Shape.NEW, SimulatorOptions.builder().tasks(N).workers(2).executions(130).build());
    String worker = bench.simulator().handinger().workerIds().get(0);
    var executions = bench.simulator().handinger().executions(worker);
    int pages = (executions.size() + 49) / 50;
    long distinct =
        executions.stream()
            .map(execution -> execution.taskId())
            .filter(java.util.Objects::nonNull)
            .distinct()
            .count();
    for (String predicate :
        List.of(
            "id IN (SELECT task_id FROM webhook_executions WHERE worker_id = '" + worker + "')",
            "EXISTS (SELECT 1 FROM webhook_executions w WHERE w.worker_id = '"
                + worker
                + "' AND w.task_id = tasks.id)")) {
      bench
          .sql("SELECT * FROM tasks WHERE " + predicate)
          .rows()
          .hasRows((int) distinct)
          .sent((int) (pages + distinct));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a.id FROM tasks a JOIN tasks b ON a.id = b.id",
        "SELECT id FROM tasks WHERE credits >= (SELECT AVG(credits) FROM tasks)",
        "WITH x AS (SELECT * FROM tasks) SELECT a.id FROM x a, x b WHERE a.id = b.id",
        "SELECT id FROM tasks UNION ALL SELECT title FROM tasks",
      })
  void theSameScanTwice(String sql) {
    start(Shape.NEW);
    bench.sql(sql).rows().sent(N);
  }

  @Test
  void keysFromOutside() {
    start(Shape.NEW);
    learnShape();
    String values = "(VALUES ('" + ids.get(0) + "', 1), ('" + ids.get(1) + "', 2)) AS v (k, n)";
    bench
        .sql("SELECT t.title, v.n FROM tasks t JOIN " + values + " ON t.id = v.k")
        .rows()
        .hasRows(2)
        .sent("GET /api/tasks/" + ids.get(0), "GET /api/tasks/" + ids.get(1));
    bench
        .sql("SELECT v.n, u.seq FROM " + values + " LEFT JOIN turns u ON u.task_id = v.k")
        .rows()
        .sent("GET /api/tasks/" + ids.get(0) + "/turns", "GET /api/tasks/" + ids.get(1) + "/turns");
  }

  /** What ON says of a table narrows what that table gives to the other one. */
  @Test
  void keysOfTheTasksThatOnNames() {
    start(Shape.NEW);
    learnShape();
    List<String> two = ids.subList(0, 2);
    List<String> sent = new ArrayList<>(two.stream().map(id -> "GET /api/tasks/" + id).toList());
    tasks().stream()
        .filter(task -> two.contains(task.id()))
        .map(task -> "GET /api/workers/" + task.workerId() + "/schedules")
        .distinct()
        .forEach(sent::add);
    bench
        .sql(
            "SELECT s.id, t.id FROM worker_schedules s LEFT JOIN tasks t ON s.worker_id = t.worker_id"
                + " AND t.id IN "
                + in(two))
        .rows()
        .sent(sent.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT title FROM tasks WHERE 'X' = id",
        "SELECT title FROM tasks WHERE CAST(id AS VARCHAR) = 'X'",
        "SELECT title FROM (SELECT id AS k, title FROM tasks) s WHERE k = 'X'",
        "WITH w AS (SELECT * FROM tasks) SELECT title FROM w WHERE id = 'X'",
        "SELECT title FROM tasks WHERE id = 'X' OR id = 'X'",
        "SELECT title FROM tasks WHERE id IN ('X') AND credits >= 0",
        "SELECT title FROM tasks WHERE (id = 'X') = TRUE",
        "SELECT title FROM tasks WHERE id = 'X' AND credits < 0 OR credits >= 0 AND 'X' = id",
        "SELECT title FROM tasks WHERE id IN ('X') AND (title LIKE 'a%' OR status IS NULL)"
            + " OR (id = 'X' AND id >= 'X')",
      })
  void predicatesOnTheKey(String sql) {
    start(Shape.NEW);
    bench.sql(sql.replace("X", ids.get(5))).rows().sent("GET /api/tasks/" + ids.get(5));
  }

  @Test
  void parametersReachTheService() {
    start(Shape.NEW);
    bench
        .sql(
            "SELECT title FROM tasks WHERE id IN (?, ?) OR id = ?",
            ids.get(0),
            ids.get(1),
            ids.get(0))
        .rows()
        .hasRows(2)
        .sent(2);
  }

  /** A parameter that switches a filter off or the whole statement. */
  @Test
  void conditionsOnNoColumn() {
    start(Shape.NEW);
    String id = ids.get(0);
    bench.sql("SELECT id FROM tasks WHERE 1 = ?", 0).rows().hasRows(0).sent(0);
    bench.sql("SELECT id FROM tasks WHERE 1 = ?", 1).rows().hasRows(N).sent(N);
    bench.sql("SELECT id FROM tasks WHERE id = ? AND 1 = ?", id, 1).rows().hasRows(1).sent(1);
    bench.sql("SELECT id FROM tasks WHERE ? LIMIT 2", true).rows().hasRows(2).sent(2);
    bench.sql("SELECT id FROM tasks WHERE ?", false).rows().hasRows(0).sent(0);
    bench.sql("SELECT id FROM tasks WHERE CURRENT_DATE < DATE '2000-01-01'").rows().sent(0);
    assertThat(bench.sql("SELECT id FROM tasks WHERE 1 = ?", 0).explain()).contains("no request");
    for (String sql :
        List.of(
            "SELECT id FROM tasks WHERE id = ? OR ? IS NULL",
            "SELECT id FROM tasks WHERE CAST(? AS VARCHAR) IS NULL OR id IN (?)")) {
      bench.sql(sql, id, id).rows().is(id).sent(1);
      bench.sql(sql, null, null).rows().hasRows(N).sent(N);
    }
    bench.sql("DELETE FROM tasks WHERE id = ? AND 1 = ?", id, 0).update().sent(0);
    bench.sql("DELETE FROM tasks WHERE id = ? AND 1 = ?", id, 1).update().sent(1);
  }

  @Test
  void deletes() {
    start(Shape.NEW);
    bench
        .sql("DELETE FROM tasks WHERE id = ?", ids.get(0))
        .update()
        .sent("DELETE /api/tasks/" + ids.get(0));
    assertThat(
            bench
                .sql("DELETE FROM tasks WHERE id IN " + in(ids.subList(1, 4)))
                .update()
                .sent(3)
                .count())
        .isEqualTo(3);
    int left = N - 4;
    int failed =
        (int) tasks().subList(4, N).stream().filter(t -> t.status().equals("error")).count();
    bench.sql("DELETE FROM tasks WHERE status = 'error'").update().sent(left + failed);
    bench.sql("DELETE FROM tasks").refused(ErrorKind.INVALID_STATEMENT);
    bench.sql("DELETE FROM tasks WHERE 1 = 1").refused(ErrorKind.INVALID_STATEMENT);
    bench.sql("DELETE FROM tasks WHERE 1 = 0").update().sent(0);
    bench.sql("UPDATE tasks SET title = 'x' WHERE id = 'y'").refused(ErrorKind.UNSUPPORTED);
  }

  @Test
  void inserts() {
    start(Shape.NEW);
    String worker = HandingerState.PUBLISHED_WORKER;
    Bench.Result one =
        bench
            .sql("INSERT INTO tasks (worker_id, input) VALUES (?, ?)", worker, "Check this")
            .update();
    one.sent("POST /api/tasks");
    assertThat(one.count()).isEqualTo(1);
    assertThat(one.keys().get(0).get(0).toString()).matches("tsk_[A-Za-z0-9_-]{22}");
    bench
        .sql(
            "INSERT INTO tasks (worker_id, input) SELECT worker_id, 'Again' FROM tasks WHERE id IN "
                + in(ids.subList(0, 2)))
        .update()
        .sent(2 + 2);
    bench
        .sql(
            "INSERT INTO tasks (worker_id, input) VALUES ('"
                + worker
                + "', 'a'), ('"
                + worker
                + "', 'b'), ('"
                + worker
                + "', 'c')")
        .update()
        .sent(3);
    bench.sql("INSERT INTO tasks (worker_id, input) VALUES ('w', '')").refused(ErrorKind.BAD_VALUE);
    bench
        .sql("INSERT INTO tasks (worker_id, input) VALUES ('w', NULL)")
        .refused(ErrorKind.MISSING_VALUE);
    bench.sql("INSERT INTO tasks (input) VALUES ('a'), ('b')").refused(ErrorKind.MISSING_VALUE);
    bench.sql("INSERT INTO tasks (status) VALUES ('error')").refused(ErrorKind.UNSUPPORTED);
    bench.sql("INSERT INTO tasks (nonsense) VALUES ('x')").refused(ErrorKind.UNKNOWN_COLUMN);
    bench.connect(Map.of("readOnly", "true"));
    bench.sql("INSERT INTO tasks (input) VALUES ('a')").refused(ErrorKind.READ_ONLY);
    bench.sql("DELETE FROM tasks WHERE id = 'a'").refused(ErrorKind.READ_ONLY);
  }

  /** EXPLAIN knows the values that are bound: here they do not rule each other out. */
  @Test
  void joinWithEqualValuesOfSeveralParameters() {
    start(Shape.NEW);
    String worker = bench.simulator().handinger().workerIds().get(0);
    bench
        .sql(
            "SELECT w.id FROM workers w JOIN (SELECT worker_id AS k FROM worker_schedules WHERE"
                + " worker_id = ? UNION ALL SELECT worker_id FROM webhook_executions WHERE"
                + " worker_id BETWEEN ? AND ?) d ON w.id = d.k WHERE w.id = ?",
            worker,
            worker,
            worker,
            worker)
        .rows()
        .sent(4); // two pages of the log
  }

  /** A sub-query is read for rows, so EXPLAIN does not promise that it is. */
  @Test
  void noRowsForASubQuery() {
    start(Shape.NEW);
    bench
        .sql(
            "SELECT id FROM tasks WHERE id = ? AND title LIKE 'none%' AND worker_id NOT IN (SELECT"
                + " e.worker_id FROM webhook_executions e WHERE e.worker_id IN (?) AND"
                + " e.request_status = 'error')",
            ids.get(0), bench.simulator().handinger().workerIds().get(0))
        .rows()
        .hasRows(0)
        .sent(1);
  }

  /** COUNT gives a row for tasks without turns, too, so it becomes a join of another kind. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void correlatedCount(Shape shape) {
    start(shape);
    learnShape();
    bench.connect(Map.of());
    List<String> two = ids.subList(0, 2);
    bench
        .sql(
            "SELECT t.id, (SELECT COUNT(*) FROM turns u WHERE u.task_id = t.id) FROM tasks t"
                + " WHERE t.id IN "
                + in(two)
                + " ORDER BY t.id")
        .rows()
        .isInAnyOrder(
            tasks().stream()
                .filter(task -> two.contains(task.id()))
                .map(task -> task.id() + " | " + task.turns().size())
                .toArray(String[]::new))
        .sent(shape == Shape.LEGACY ? 2 : 4);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void limitAboveAJoin(Shape shape) {
    String sql = "SELECT t.id, u.seq FROM tasks t JOIN turns u ON u.task_id = t.id LIMIT ";
    for (int limit : List.of(1, 3)) {
      start(shape); // anew: what was asked ahead of need may arrive when the statement has ended
      learnShape();
      // Each side is asked for as many tasks as rows are wanted, the first also ahead of need.
      bench.sql(sql + limit).rows().hasRows(limit).sentBetween(1, 2 * limit + 8 - 1);
      bench.close();
    }
  }

  @Test
  void explainOfWrites() {
    start(Shape.NEW);
    assertThat(
            bench
                .sql("INSERT INTO tasks (worker_id, input) VALUES ('w', 'a'), ('w', 'b')")
                .explain())
        .contains("POST /api/tasks x 2 (exact)")
        .doesNotContain("GET");
    assertThat(
            bench
                .sql(
                    "INSERT INTO tasks (id, worker_id, input) VALUES (NULL, 'w', 'a'), ('x', 'w',"
                        + " 'b')")
                .explain())
        .contains("GET /api/tasks/{id} x 1 (exact)", "POST /api/tasks x 2 (exact)");
    assertThat(
            bench.sql("INSERT INTO turns (task_id, input) SELECT id, 'Again' FROM tasks").explain())
        .contains(
            "GET /api/tasks/{id} one per row of the source",
            "POST /api/tasks one per row of the source",
            "GET /api/tasks/{id} x " + N + " (exact)");
    assertThat(bench.sql("DELETE FROM tasks WHERE id IN ('a', 'b')").explain())
        .contains("DELETE /api/tasks/{id} x 2 (exact)");
  }

  @Test
  void explainOfWhatTheLogsName() {
    start(Shape.NEW, SimulatorOptions.builder().tasks(N).workers(2).executions(130).build());
    String workers = String.join(",", bench.simulator().handinger().workerIds());
    bench.connect(Map.of("workerIds", workers, "taskIds", ids.get(0)));
    String log = "GET /api/workers/{worker_id}/webhook/executions x ";
    assertThat(bench.sql("SELECT * FROM tasks").explain())
        .contains(log + "3 (at least)", "GET /api/tasks/{id} x 1 (at least)");
    assertThat(bench.sql("SELECT * FROM tasks LIMIT 1").explain())
        .contains(log + "? (known when read)", "GET /api/tasks/{id} x ? (known when read)");
    bench.sql("SELECT * FROM tasks LIMIT 1").rows().sent("GET /api/tasks/" + ids.get(0));
  }

  @Test
  void budget() {
    start(Shape.NEW);
    bench.connect(Map.of("taskIds", String.join(",", ids), "maxRequests", "5"));
    bench.sql("SELECT * FROM tasks").refused(ErrorKind.BUDGET);
    bench.sql("SELECT * FROM tasks LIMIT 5").rows().hasRows(5).sent(5);
    bench.sql("SELECT * FROM tasks").maxRows(5).rows().hasRows(5).sent(5);
    bench
        .sql(
            "INSERT INTO tasks (worker_id, input) VALUES"
                + " ('w','1'),('w','2'),('w','3'),('w','4'),('w','5'),('w','6')")
        .refused(ErrorKind.BUDGET);
    bench.sql("SELECT title FROM tasks LIMIT 6").refused(ErrorKind.BUDGET);
    bench.sql("SELECT COUNT(*) FROM tasks LIMIT 1").refused(ErrorKind.BUDGET);
    bench.connect(Map.of("maxRequests", "1"));
    bench
        .sql("INSERT INTO tasks (id, worker_id, input) VALUES ('mine', 'w', 'a')")
        .refused(ErrorKind.BUDGET);
  }

  /** Nothing is counted, as what was on its way when a statement ended may still arrive. */
  @Test
  void budgetWhileReading() {
    start(Shape.NEW);
    bench.connect(Map.of("taskIds", String.join(",", ids), "maxRequests", "5"));
    bench.sql("SELECT DISTINCT organization_id FROM tasks LIMIT 1").rows().hasRows(1);
    bench
        .sql("SELECT * FROM (SELECT id FROM tasks UNION ALL SELECT task_id FROM turns) LIMIT 3")
        .rows()
        .hasRows(3);
    bench
        .sql(
            "SELECT t.id FROM tasks t JOIN turns u ON u.task_id = t.id WHERE t.id IN "
                + in(ids.subList(0, 4)))
        .fails(ErrorKind.BUDGET);
  }
}
