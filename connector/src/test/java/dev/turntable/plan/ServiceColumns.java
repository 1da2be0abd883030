package dev.turntable.plan;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * Which columns of the services' tables random statements read: a name, and after a colon what it
 * identifies, so that joins find something.
 */
final class ServiceColumns {
  private final UnaryOperator<String> taskId;
  private final BiConsumer<TwoSql, List<String>> tables;

  /**
   * The columns.
   *
   * @param taskId the id of a task of Rightbrain by its name
   * @param tables takes each table and its columns
   */
  ServiceColumns(UnaryOperator<String> taskId, BiConsumer<TwoSql, List<String>> tables) {
    this.taskId = taskId;
    this.tables = tables;
  }

  private void load(String table, String... columns) {
    load(TwoSql.of(table), columns);
  }

  private void load(TwoSql source, String... columns) {
    tables.accept(source, List.of(columns));
  }

  void ofHandinger() {
    load(
        "tasks",
        "id:task",
        "title",
        "status",
        "triggered_by",
        "worker_id:worker",
        "created_by_user_id",
        "created_at",
        "completed_at",
        "credits",
        "duration_ms",
        "turn_count:few");
    load(
        "turns",
        "id",
        "task_id:task",
        "seq",
        "status",
        "input",
        "structured_output",
        "input_tokens",
        "output_tokens",
        "credits",
        "duration_ms",
        "started_at",
        "completed_at");
    load(
        "webhook_executions",
        "id",
        "worker_id:worker",
        "task_id:task",
        "task_title",
        "created_at",
        "duration_ms",
        "request_status",
        "response_status",
        "error_message");
    load(
        "worker_schedules",
        "id",
        "worker_id:worker",
        "type",
        "budget",
        "input",
        "next_run_at",
        "delay_in_seconds",
        "interval_seconds",
        "cron");
  }

  /** What both services tell in small numbers joins them. */
  void ofRightbrain() {
    load(
        TwoSql.each("rightbrain.tasks", "rb_tasks"),
        "id:rbtask",
        "name",
        "description",
        "enabled",
        "output_modality",
        "task_run_visibility",
        "created",
        "deleted");
    load(
        TwoSql.each("rightbrain.task_revisions", "rb_revisions"),
        "id:rbrevision",
        "task_id:rbtask",
        "created",
        "user_prompt",
        "active",
        "test",
        "annotation",
        "tool_choice",
        "weight");
    load(
        TwoSql.each("rightbrain.task_runs", "rb_runs"),
        "id:rbrun",
        "task_id:rbtask",
        "task_revision_id:rbrevision",
        "task_name",
        "created",
        "is_error",
        "status",
        "input_tokens",
        "total_tokens",
        "llm_call_timing",
        "charged_credits",
        "llm_retries:few",
        "used_fallback_model",
        "reference");
    load(
        TwoSql.each("rightbrain_runs.\"Task-1\"", "rb_task_1"),
        "id:rbrun",
        "created",
        "status",
        "output_tokens",
        "reader",
        "summary",
        "score",
        "share",
        "useful",
        "mood");
    String range =
        "range_start >= TIMESTAMP '2026-05-01 00:00:00'"
            + " AND range_end <= TIMESTAMP '2026-06-15 00:00:00'";
    load(
        report("token_report", range + " AND show_reporting_group"),
        "task_id:rbtask",
        "task_revision_id:rbrevision",
        "reporting_group",
        "total_tokens",
        "task_runs:few");
    load(
        report("timing_report", range + " AND aggregation = 'day'"),
        "task_id:rbtask",
        "task_revision_id:rbrevision",
        "bucket",
        "avg_llm_call_timing",
        "task_runs:few");
    load(
        report("usage_report", "aggregation = 'week' AND status IN ('SUCCESS', 'FAIL')"),
        "task_id:rbtask",
        "bucket",
        "task_runs:few",
        "status");
  }

  /** A report needs its task, and the rows depend on how it is asked for. */
  private TwoSql report(String table, String asked) {
    List<String> ids = List.of("Task-1", "Task-2", "Task-3").stream().map(taskId).toList();
    return TwoSql.each(
        "(SELECT * FROM rightbrain."
            + table
            + " WHERE task_id IN ('"
            + String.join("', '", ids)
            + "') AND "
            + asked
            + ")",
        "rb_" + table);
  }
}
