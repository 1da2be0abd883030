package dev.turntable.rightbrain;

import dev.turntable.rightbrain.RightbrainJson.TokenLine;
import dev.turntable.rightbrain.RightbrainJson.TokenReport;
import dev.turntable.source.Column;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.TableDef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code token_report}: tokens by revision, added up by the service. */
final class TokenReportTable {
  static final String NAME = Rightbrain.SCHEMA + ".token_report";
  private static final String LINE = "GET .../task/{task_id}/token_report";
  static final Reports.Choice GROUPED =
      new Reports.Choice("show_reporting_group", false, List.of(true, false));

  private TokenReportTable() {}

  record Row(
      String taskId,
      TokenLine line,
      @Nullable Instant start,
      @Nullable Instant end,
      boolean grouped) {}

  static TableDef<Row> of(Rightbrain service) {
    return TableDef.readOnly(
            "token_report",
            "Tokens and runs of a task by revision, added up by the service: over all time, or from"
                + " range_start to range_end where the statement bounds them. Needs task_id",
            COLUMNS,
            List.of(),
            List.of(
                Reports.path(
                    LINE,
                    List.of(GROUPED),
                    ReportWindow::of,
                    (task, asked, in) -> step(service, task, asked, in))))
        .withForeignKeys(Reports.OF_TASK);
  }

  private static Fetch<Row> step(
      Rightbrain service, String task, Map<String, Object> asked, ReportWindow window) {
    return scope -> {
      TokenReport report =
          service.report(
              scope, NAME, task, Reports.parameters(asked, window), service.api()::tokenReport);
      if (report == null) {
        return Page.last(List.of());
      }
      window.compare(report.dateRange(), NAME, scope);
      if (!window.isOf(report.dateRange())) {
        return Page.last(List.of());
      }
      Instant start = ReportWindow.start(report.dateRange());
      Instant end = ReportWindow.end(report.dateRange());
      boolean grouped = Boolean.TRUE.equals(asked.get(GROUPED.column()));
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
              .remarks("Name of the reporting group; null unless show_reporting_group"),
          Column.<Row>bigint("input_tokens", row -> row.line().inputTokens())
              .remarks("Tokens the models read"),
          Column.<Row>bigint("output_tokens", row -> row.line().outputTokens())
              .remarks("Tokens the models wrote"),
          Column.<Row>bigint("total_tokens", row -> row.line().tokens())
              .remarks("Tokens read and written"),
          Column.<Row>bigint("task_runs", row -> row.line().runs()).remarks("Number of runs"),
          Column.timestamp("range_start", Row::start)
              .remarks("Where the report begins, UTC, null for no bound; >= or = asks for it"),
          Column.timestamp("range_end", Row::end)
              .remarks("Where the report ends, UTC; <= or = asks for it"),
          Column.bool("show_reporting_group", Row::grouped)
              .notNull()
              .remarks("Whether it was asked for by reporting group, which = TRUE does"));
}
