package dev.turntable.simulator.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports must say what adding up the listed runs says. */
final class RightbrainReportsTest {
  private Simulator simulator;
  private RightbrainState state;
  private RightbrainCalls calls;
  private String task;
  private List<Map<String, Object>> runs;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorOptions.builder().tasks(0).build());
    state = simulator.rightbrain();
    calls = new RightbrainCalls(simulator);
    task = state.taskId("Task-1");
    calls.run(
        task, "{\"task_input\":{\"text\":\"x\",\"reader\":\"y\"}}", "reporting_group", "Finance");
    runs = calls.all("task/" + task + "/run");
  }

  @AfterEach
  void stop() {
    calls.close();
    simulator.close();
  }

  private RightbrainCalls.Reply report(String name, String... query) throws IOException {
    RightbrainCalls.Reply reply = calls.project("task/" + task + "/" + name, query);
    assertThat(reply.status()).isEqualTo(200);
    return reply;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> lines(RightbrainCalls.Reply report) throws IOException {
    return (List<Map<String, Object>>) report.at("task_revisions");
  }

  private String revision(Map<String, Object> run) {
    String id = (String) run.get("task_revision_id");
    return id.equals(state.revisionIds(task).get(0)) ? "test" : id;
  }

  private static String group(Map<String, Object> run) {
    return run.get("reporting_group") instanceof Map<?, ?> group
        ? (String) group.get("name")
        : "none";
  }

  private Map<String, Double> sums(ToDoubleFunction<Map<String, Object>> value) {
    return runs.stream()
        .collect(
            Collectors.groupingBy(this::revision, TreeMap::new, Collectors.summingDouble(value)));
  }

  @Test
  void tokensAddUp() throws IOException {
    RightbrainCalls.Reply report = report("token_report");
    assertThat(report.at("total_task_runs")).isEqualTo(201.0);
    Map<String, Double> tokens = new TreeMap<>();
    lines(report)
        .forEach(
            line -> {
              assertThat(line).doesNotContainKey("reporting_group");
              tokens.put((String) line.get("task_revision_id"), (Double) line.get("total_tokens"));
            });
    assertThat(tokens).isEqualTo(sums(run -> (Double) run.get("total_tokens"))).containsKey("test");
    assertThat(report.at("total_tokens"))
        .isEqualTo(runs.stream().mapToDouble(run -> (Double) run.get("total_tokens")).sum());
  }

  @Test
  void tokensAddUpPerGroup() throws IOException {
    Map<String, Double> counted =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    run -> revision(run) + group(run),
                    TreeMap::new,
                    Collectors.summingDouble(run -> 1)));
    Map<String, Double> reported = new TreeMap<>();
    for (Map<String, Object> line : lines(report("token_report", "show_reporting_group", "true"))) {
      Object group = line.get("reporting_group");
      reported.put(
          line.get("task_revision_id") + (group == null ? "none" : (String) group),
          (Double) line.get("total_task_runs"));
    }
    assertThat(reported).isEqualTo(counted);
    assertThat(lines(report("credit_report", "show_reporting_group", "true")))
        .extracting(line -> line.get("reporting_group"))
        .contains("ungrouped", "Finance")
        .doesNotContainNull();
  }

  @Test
  void creditsAddUp() throws IOException {
    RightbrainCalls.Reply report = report("credit_report");
    BigDecimal all =
        runs.stream()
            .map(run -> (String) run.get("charged_credits"))
            .filter(credits -> credits != null)
            .map(BigDecimal::new)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(new BigDecimal((String) report.at("total_credits"))).isEqualByComparingTo(all);
    assertThat((String) report.at("date_range", "start"))
        .startsWith("2026-04-20T12:")
        .endsWith("+00:00");
    assertThat((String) report.at("date_range", "end")).endsWith("Z");
  }

  @Test
  void creditsReachThreeMonthsBackAndNoFurther() throws IOException {
    SimulatorOptions halfAYear =
        SimulatorOptions.builder()
            .tasks(0)
            .rightbrain(RightbrainOptions.builder().span(Duration.ofDays(180)).build())
            .build();
    try (Simulator longer = Simulator.start(halfAYear)) {
      RightbrainCalls ask = new RightbrainCalls(longer);
      String path = "task/" + longer.rightbrain().taskId("Task-1") + "/";
      RightbrainCalls.Reply report =
          ask.project(path + "credit_report", "start_date", "2026-01-01");
      assertThat((String) report.at("date_range", "start")).startsWith("2026-04-20T");
      assertThat((Double) report.at("total_task_runs")).isBetween(80.0, 120.0);
      assertThat(
              ask.project(path + "token_report", "start_date", "2026-01-01").at("total_task_runs"))
          .isEqualTo(200.0);
    }
  }

  @Test
  void aRangeLimitsAReport() throws IOException {
    Predicate<Map<String, Object>> inJune =
        run -> ((String) run.get("created")).startsWith("2026-06");
    RightbrainCalls.Reply report =
        report(
            "token_report", "start_date", "2026-06-01", "end_date", "2026-06-30T23:59:59.999999Z");
    assertThat(report.at("total_task_runs"))
        .isEqualTo((double) runs.stream().filter(inJune).count());
    assertThat(report.at("date_range", "end")).isEqualTo("2026-06-30T23:59:59.999999Z");
  }

  @Test
  void timingsAreAveragesPerHourOrDay() throws IOException {
    RightbrainCalls.Reply report =
        report("timing_report", "aggregation", "day", "start_date", "2026-06-01");
    Map<String, Double> runsPerDay = new TreeMap<>();
    Map<String, Double> averages = new TreeMap<>();
    for (Map<String, Object> run : runs) {
      String day = ((String) run.get("created")).substring(0, 10) + "T00:00:00";
      if (day.compareTo("2026-06-01") >= 0) {
        runsPerDay.merge(day, 1.0, Double::sum);
      }
    }
    assertThat(report.at("total_task_runs")).isEqualTo(runsPerDay);
    String revision = state.revisionIds(task).get(2);
    runs.stream()
        .filter(run -> run.get("task_revision_id").equals(revision))
        .filter(run -> ((String) run.get("created")).compareTo("2026-06-01") >= 0)
        .collect(Collectors.groupingBy(run -> ((String) run.get("created")).substring(0, 10)))
        .forEach(
            (day, some) ->
                averages.put(
                    day,
                    some.stream()
                        .filter(run -> run.get("llm_call_timing") != null)
                        .mapToDouble(run -> (Double) run.get("llm_call_timing"))
                        .average()
                        .orElse(0)));
    Map<?, ?> data =
        (Map<?, ?>)
            lines(report).stream()
                .filter(line -> line.get("task_revision_id").equals(revision))
                .findFirst()
                .orElseThrow()
                .get("data");
    assertThat(data).hasSameSizeAs(averages);
    averages.forEach(
        (day, average) ->
            assertThat(
                    (Double) ((Map<?, ?>) data.get(day + "T00:00:00")).get("avg_llm_call_timing"))
                .isCloseTo(average, within(1e-9)));
  }

  @Test
  void timingsCoverADayOrAWeekUnlessTold() throws IOException {
    assertThat((String) report("timing_report").at("date_range", "start"))
        .startsWith("2026-07-19T");
    RightbrainCalls.Reply daily = report("timing_report", "aggregation", "day");
    assertThat((String) daily.at("date_range", "start")).startsWith("2026-07-13T");
    assertThat(calls.project("task/" + task + "/timing_report", "aggregation", "week").status())
        .isEqualTo(422);
  }

  @Test
  void usageCountsByStatus() throws IOException {
    double all = total(report("usage_report", "aggregation", "week"));
    double good = total(report("usage_report", "aggregation", "week", "status", "SUCCESS"));
    double bad = total(report("usage_report", "aggregation", "week", "status", "FAIL"));
    long week =
        runs.stream()
            .filter(run -> ((String) run.get("created")).compareTo("2026-07-13T12:00:02") > 0)
            .count();
    assertThat(all).isEqualTo(week).isEqualTo(good + bad);
    RightbrainCalls.Reply errors =
        report("usage_report", "aggregation", "week", "errors_only", "true");
    assertThat(errors.at("status")).isEqualTo("FAIL");
    assertThat(total(errors)).isEqualTo(bad);
    assertThat(calls.project("task/" + task + "/usage_report", "status", "success").status())
        .isEqualTo(422);
  }

  private static double total(RightbrainCalls.Reply report) throws IOException {
    Map<?, ?> counts = (Map<?, ?>) report.at("total_counts");
    return counts.values().stream().mapToDouble(count -> (Double) count).sum();
  }
}
