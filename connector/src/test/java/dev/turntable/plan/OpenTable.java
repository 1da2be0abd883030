package dev.turntable.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables whose rows nobody can list as a whole, and {@code VALUES} to join them with: what a
 * column holds, which column names the rows to read, and conditions that are worth writing.
 *
 * <p>A condition names its table {@code @}. The tables of the judge are named as the constants.
 */
enum OpenTable {
  TASKS(
      "handinger.tasks",
      "id",
      columns("id T", "worker_id W", "status S", "title S", "credits N", "turn_count N"),
      List.of("@.status = 'error'", "@.credits > 8", "@.title LIKE '%1%'", "@.turn_count >= 2")),
  TURNS(
      "handinger.turns",
      "task_id",
      columns("id TU", "task_id T", "seq N", "status S", "credits N"),
      List.of("@.seq = 0", "@.status = 'completed'", "@.credits > 3", "@.seq > 0")),
  WORKERS(
      "handinger.workers",
      "id",
      // Which tasks a worker has a row for is asked for, and so joins by it are no plain joins.
      columns("id W", "task_id S", "status S"),
      List.of("@.status = 'completed'", "@.id LIKE 'wrk%'")),
  SCHEDULES(
      "handinger.worker_schedules",
      "worker_id",
      columns("id SC", "worker_id W", "type S", "budget S"),
      List.of("@.type = 'cron'", "@.id LIKE '%1'", "@.budget IS NOT NULL")),
  LOGS(
      "handinger.webhook_executions",
      "worker_id",
      columns("id WE", "worker_id W", "task_id T", "request_status S", "duration_ms N"),
      List.of("@.request_status = 'error'", "@.duration_ms > 40", "@.task_id IS NOT NULL")),
  RB_TASKS(
      "rightbrain.tasks",
      "id",
      columns("id RT", "name S", "enabled B"),
      List.of("@.name LIKE '%Task%'", "@.name <> 'Task-2'", "@.enabled")),
  RB_REVISIONS(
      "rightbrain.task_revisions",
      "task_id",
      columns("id RV", "task_id RT", "test B"),
      List.of("NOT @.test", "@.id > '0'")),
  RB_RUNS(
      "rightbrain.task_runs",
      "task_id",
      columns("id RR", "task_id RT", "task_revision_id RV", "is_error B", "input_tokens N"),
      List.of("NOT @.is_error", "@.input_tokens > 200", "@.input_tokens IS NOT NULL")),
  RB_TYPED(
      "rightbrain_runs.\"Task-1\"",
      null,
      columns("id RR", "status S", "input_tokens N"),
      List.of("@.status = 'success'", "@.input_tokens > 200")),
  RB_REPORT(
      "rightbrain.token_report",
      "task_id",
      columns("task_id RT", "task_revision_id RV", "task_runs N", "total_tokens N"),
      List.of("@.task_runs > 1", "@.total_tokens > 0")),
  /**
   * Rows of the statement itself; some of its keys exist, none is known to a connection of itself.
   */
  VALUES("", null, columns("k T", "n N"), List.of("@.n > 0")),
  RB_VALUES("", null, columns("k RT", "n N"), List.of("@.n > 0"));

  static final List<OpenTable> HANDINGER =
      List.of(TASKS, TURNS, LOGS, TASKS, WORKERS, SCHEDULES, TURNS, LOGS);
  static final List<OpenTable> RIGHTBRAIN =
      List.of(RB_TASKS, RB_RUNS, RB_REVISIONS, RB_RUNS, RB_TYPED, RB_REPORT);

  private final String ours;
  private final Optional<String> key;
  private final Map<String, String> columns;
  private final List<String> conditions;

  OpenTable(
      String ours,
      @org.jspecify.annotations.Nullable String key,
      Map<String, String> columns,
      List<String> conditions) {
    this.ours = ours;
    this.key = Optional.ofNullable(key);
    this.columns = columns;
    this.conditions = conditions;
  }

  private static Map<String, String> columns(String... described) {
    Map<String, String> columns = new java.util.LinkedHashMap<>();
    for (String each : described) {
      String[] parts = each.split(" ");
      columns.put(parts[0], parts[1]);
    }
    return java.util.Collections.unmodifiableMap(columns);
  }

  /** Returns its name in a statement; empty for VALUES. */
  String ours() {
    return ours;
  }

  /** Returns the column whose value names all rows that hold it; none where the table is whole. */
  Optional<String> key() {
    return key;
  }

  /** Returns what each column holds; two of the same domain may be compared. */
  Map<String, String> columns() {
    return columns;
  }

  List<String> conditions() {
    return conditions;
  }

  String domain(String column) {
    return columns.get(column);
  }

  boolean isValues() {
    return this == VALUES || this == RB_VALUES;
  }

  boolean isRightbrain() {
    return name().startsWith("RB_");
  }
}
