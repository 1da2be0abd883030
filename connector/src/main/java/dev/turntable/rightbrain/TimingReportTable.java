package dev.turntable.rightbrain;

import dev.turntable.rightbrain.RightbrainJson.TimingBucket;
import dev.turntable.rightbrain.RightbrainJson.TimingLine;
import dev.turntable.rightbrain.RightbrainJson.TimingReport;
import dev.turntable.source.Column;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.TableDef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code timing_report}: how long models took, by revision and hour or day. */
final class TimingReportTable {
  static final String NAME = Rightbrain.SCHEMA + ".timing_report";
  private static final String LINE = "GET .../task/{task_id}/timing_report";
  private static final Reports.Choice AGGREGATION =
      new Reports.Choice("aggregation", "hour", List.of("hour", "day"));

  private TimingReportTable() {}

  record Row(
      String taskId,
      @Nullable String revisionId,
      Instant bucket,
      @Nullable TimingBucket values,
      Object aggregation,
      @Nullable Instant start,
      @Nullable Instant end) {}

  static TableDef<Row> of(Rightbrain service) {
    return TableDef.readOnly(
            "timing_report",
            "Average time of the model's calls of a task by revision and by hour, or by day if"
                + " aggregation = 'day': over the last 24 hours or 7 days, or from range_start to"
                + " range_end where the statement bounds them. Needs task_id",
            COLUMNS,
            List.of(), // a bucket is in the report of every span around it
            List.of(
                Reports.path(
                    LINE,
                    List.of(AGGREGATION),
                    ReportWindow::of,
                    (task, asked, in) -> step(service, task, asked, in))))
        .withForeignKeys(Reports.OF_TASK);
  }

  private static Fetch<Row> step(
      Rightbrain service, String task, Map<String, Object> asked, ReportWindow window) {
    return scope -> {
      TimingReport report =
          service.report(
              scope, NAME, task, Reports.parameters(asked, window), service.api()::timingReport);
      if (report == null) {
        return Page.last(List.of());
      }
      window.compare(report.dateRange(), NAME, scope);
      if (!window.isOf(report.dateRange())) {
        return Page.last(List.of());
      }
      return Page.last(rows(task, asked, report));
    };
  }

  private static List<Row> rows(String task, Map<String, Object> asked, TimingReport report) {
    Object aggregation = AGGREGATION.shown(report.aggregation(), asked);
    List<Row> rows = new ArrayList<>();
    for (TimingLine line : report.lines()) {
      line.data()
          .forEach(
              (bucket, values) ->
                  rows.add(
                      new Row(
                          task,
                          line.taskRevisionId(),
                          Reports.bucket(NAME, bucket),
                          values,
                          aggregation,
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
              .remarks("Where the hour or day begins, UTC"),
          Column.<Row>dbl(
                  "avg_llm_call_timing",
                  row -> row.values() == null ? null : row.values().seconds())
              .remarks("Average time of the calls of the model, seconds"),
          Column.<Row>bigint("task_runs", row -> row.values() == null ? null : row.values().runs())
              .remarks("Number of runs"),
          Column.<Row>varchar("aggregation", row -> (String) row.aggregation())
              .notNull()
              .remarks("hour, or day where the statement says so"),
          Column.timestamp("range_start", Row::start)
              .remarks("Where the report begins, UTC; >= or = asks for it"),
          Column.timestamp("range_end", Row::end)
              .remarks("Where the report ends, UTC; <= or = asks for it"));
}
