package dev.turntable.rightbrain;

import dev.turntable.rightbrain.RightbrainJson.UsageLine;
import dev.turntable.rightbrain.RightbrainJson.UsageReport;
import dev.turntable.source.Column;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.TableDef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code usage_report}: how often a task was run, by revision and time. */
final class UsageReportTable {
  static final String NAME = Rightbrain.SCHEMA + ".usage_report";
  private static final String LINE = "GET .../task/{task_id}/usage_report";
  private static final Reports.Choice AGGREGATION =
      new Reports.Choice("aggregation", "day", List.of("day", "week"));
  private static final Reports.Choice STATUS =
      new Reports.Choice("status", "ALL", List.of("ALL", "SUCCESS", "FAIL"));

  private UsageReportTable() {}

  record Row(
      String taskId,
      @Nullable String revisionId,
      Instant bucket,
      @Nullable Long runs,
      Object aggregation,
      Object status,
      @Nullable Instant start,
      @Nullable Instant end) {}

  static TableDef<Row> of(Rightbrain service) {
    return TableDef.readOnly(
            "usage_report",
            "Number of runs of a task by revision and time: over the last day, or over the last week"
                + " if aggregation = 'week'; the service takes no other range. Needs task_id",
            COLUMNS,
            List.of("task_id", "task_revision_id", "bucket", "aggregation", "status"),
            List.of(
                Reports.path(
                    LINE,
                    List.of(AGGREGATION, STATUS),
                    ReportWindow::first,
                    (task, asked, in) -> step(service, task, asked, in))))
        .withForeignKeys(Reports.OF_TASK);
  }

  private static Fetch<Row> step(
      Rightbrain service, String task, Map<String, Object> asked, ReportWindow window) {
    return scope -> {
      window.refuse(NAME, "the last " + asked.get(AGGREGATION.column()), scope);
      UsageReport report =
          service.report(
              scope,
              NAME,
              task,
              Reports.parameters(asked, ReportWindow.NONE),
              service.api()::usageReport);
      return Page.last(report == null ? List.of() : rows(task, asked, report));
    };
  }

  private static List<Row> rows(String task, Map<String, Object> asked, UsageReport report) {
    Object aggregation = AGGREGATION.shown(report.aggregation(), asked);
    Object status = STATUS.shown(report.status(), asked);
    List<Row> rows = new ArrayList<>();
    for (UsageLine line : report.lines()) {
      line.data()
          .forEach(
              (bucket, runs) ->
                  rows.add(
                      new Row(
                          task,
                          line.taskRevisionId(),
                          Reports.bucket(NAME, bucket),
                          runs,
                          aggregation,
                          status,
                          ReportWindow.start(report.dateRange()),
                          ReportWindow.end(report.dateRange()))));
    }
    return rows;
  }

  private static final List<Column<Row>> COLUMNS =
      List.of(
          Column.varchar("task_id", Row::taskId).notNull().remarks("The task; must be given"),
          Column.varchar("task_revision_id", Row::revisionId)
              .remarks("The revision, or test for all test revisions together"),
          Column.timestamp("bucket", Row::bucket)
              .notNull()
              .remarks("Where the span of time that is counted begins, UTC"),
          Column.bigint("task_runs", Row::runs).remarks("Number of runs"),
          Column.<Row>varchar("aggregation", row -> (String) row.aggregation())
              .notNull()
              .remarks("day, or week where the statement says so"),
          Column.<Row>varchar("status", row -> (String) row.status())
              .notNull()
              .remarks("ALL, or SUCCESS or FAIL where the statement says so"),
          Column.timestamp("range_start", Row::start)
              .remarks("Where the report begins, UTC; cannot be asked for"),
          Column.timestamp("range_end", Row::end)
              .remarks("Where the report ends, UTC; cannot be asked for"));
}
