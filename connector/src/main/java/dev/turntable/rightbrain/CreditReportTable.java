package dev.turntable.rightbrain;

import dev.turntable.rightbrain.RightbrainJson.CreditLine;
import dev.turntable.rightbrain.RightbrainJson.CreditReport;
import dev.turntable.source.Column;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.TableDef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code credit_report}: credits by revision, added up by the service. */
final class CreditReportTable {
  static final String NAME = Rightbrain.SCHEMA + ".credit_report";
  private static final String LINE = "GET .../task/{task_id}/credit_report";

  private CreditReportTable() {}

  record Row(
      String taskId,
      CreditLine line,
      @Nullable Instant start,
      @Nullable Instant end,
      boolean grouped) {}

  static TableDef<Row> of(Rightbrain service) {
    return TableDef.readOnly(
            "credit_report",
            "Credits and runs of a task by revision, added up by the service: over the last three"
                + " months, or from range_start to range_end where the statement bounds them;"
                + " never further back. Needs task_id",
            COLUMNS,
            List.of(),
            List.of(
                Reports.path(
                    LINE,
                    List.of(TokenReportTable.GROUPED),
                    ReportWindow::of,
                    (task, asked, in) -> step(service, task, asked, in))))
        .withForeignKeys(Reports.OF_TASK);
  }

  private static Fetch<Row> step(
      Rightbrain service, String task, Map<String, Object> asked, ReportWindow window) {
    return scope -> {
      CreditReport report =
          service.report(
              scope, NAME, task, Reports.parameters(asked, window), service.api()::creditReport);
      if (report == null) {
        return Page.last(List.of());
      }
      window.compare(report.dateRange(), NAME, scope);
      if (!window.isOf(report.dateRange())) {
        return Page.last(List.of());
      }
      Instant start = ReportWindow.start(report.dateRange());
      Instant end = ReportWindow.end(report.dateRange());
      boolean grouped = Boolean.TRUE.equals(asked.get(TokenReportTable.GROUPED.column()));
      return Page.last(
          report.lines().stream().map(line -> new Row(task, line, start, end, grouped)).toList());
    };
  }

  private static final List<Column<Row>> COLUMNS =
      List.of(
          Column.varchar("task_id", Row::taskId).notNull().remarks("The task; must be given"),
          Column.<Row>varchar("task_revision_id", row -> row.line().taskRevisionId())
              .remarks("The revision, or test for all test revisions together"),
          Column.<Row>varchar("reporting_group", row -> row.line().reportingGroup())
              .remarks(
                  "Name of the reporting group, or ungrouped; null unless show_reporting_group"),
          Column.<Row>decimal("total_credits", row -> row.line().credits())
              .remarks("Credits charged"),
          Column.<Row>bigint("task_runs", row -> row.line().runs()).remarks("Number of runs"),
          Column.timestamp("range_start", Row::start)
              .remarks(
                  "Where the report begins, UTC, at most three months ago; >= or = asks for it"),
          Column.timestamp("range_end", Row::end)
              .remarks("Where the report ends, UTC; <= or = asks for it"),
          Column.bool("show_reporting_group", Row::grouped)
              .notNull()
              .remarks("Whether it was asked for by reporting group, which = TRUE does"));
}
