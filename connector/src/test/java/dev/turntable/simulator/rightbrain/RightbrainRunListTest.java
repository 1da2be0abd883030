package dev.turntable.simulator.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RightbrainRunListTest {
  private static final String[] EVER = {"start_date", "2023-01-01"};

  private static Simulator start(RightbrainOptions options) throws IOException {
    return Simulator.start(SimulatorOptions.builder().tasks(0).rightbrain(options).build());
  }

  private static List<String> ids(List<Map<String, Object>> runs) {
    return runs.stream().map(run -> (String) run.get("id")).toList();
  }

  private static List<String> allIds(RightbrainState state) {
    return state.taskIds().stream().flatMap(task -> state.runIds(task).stream()).toList();
  }

  @Test
  void theSameOptionsMakeTheSameBytes() throws IOException {
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (Simulator simulator = start(RightbrainOptions.defaults())) {
        RightbrainCalls calls = new RightbrainCalls(simulator);
        String task = simulator.rightbrain().taskId("Task-1");
        bodies.add(calls.project("task_run", EVER).text() + calls.project("task").text());
        bodies.add(
            calls.project("task/" + task + "/token_report", "end_date", "2026-07-19").text());
      }
    }
    assertThat(bodies.subList(2, 4)).isEqualTo(bodies.subList(0, 2));
    SimulatorOptions other = SimulatorOptions.builder().tasks(0).seed(7).build();
    try (Simulator simulator = Simulator.start(other)) {
      assertThat(new RightbrainCalls(simulator).project("task_run", EVER).text())
          .isNotEqualTo(bodies.get(0));
    }
  }

  @Test
  void aTasksRunsComeNewestFirst() throws IOException {
    try (Simulator simulator = start(RightbrainOptions.defaults())) {
      RightbrainCalls calls = new RightbrainCalls(simulator);
      String task = simulator.rightbrain().taskId("Task-4");
      List<Map<String, Object>> runs = calls.all("task/" + task + "/run");
      assertThat(ids(runs)).isEqualTo(simulator.rightbrain().runIds(task)).hasSize(200);
      assertThat(runs).extracting(run -> run.get("task_id")).containsOnly(task);
      List<Long> created = runs.stream().map(RightbrainRunListTest::created).toList();
      assertThat(created).isSortedAccordingTo((a, b) -> Long.compare(b, a));
      assertThat(simulator.requestCount()).isEqualTo(2);
    }
  }

  private static long created(Map<String, Object> run) {
    return RightbrainDates.parse((String) run.get("created"), 0).orElseThrow();
  }

  @Test
  void theProjectListHoldsAllOnTwelvePages() throws IOException {
    try (Simulator simulator = start(RightbrainOptions.defaults())) {
      RightbrainCalls calls = new RightbrainCalls(simulator);
      assertThat(ids(calls.all("task_run", EVER)))
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(allIds(simulator.rightbrain()));
      assertThat(simulator.requestCount()).isEqualTo(12);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9, 1})
  void pagesAreCutBeforeRowsAreHidden(double share) throws IOException {
    RightbrainOptions options = RightbrainOptions.builder().hidden(share).build();
    try (Simulator simulator = start(options)) {
      RightbrainCalls calls = new RightbrainCalls(simulator);
      List<String> listed = ids(calls.all("task_run", EVER));
      assertThat(simulator.requestCount()).isEqualTo(12);
      assertThat(listed).doesNotHaveDuplicates();
      assertThat((double) listed.size() / 1200).isBetween(1 - share - 0.2, 1 - share + 0.2);
      Set<String> perTask = new TreeSet<>();
      for (String task : simulator.rightbrain().taskIds()) {
        perTask.addAll(ids(calls.all("task/" + task + "/run")));
      }
      assertThat(perTask).isEqualTo(new TreeSet<>(listed));
    }
  }

  @Test
  void anEmptyPageCanBeFollowedByAFullOne() throws IOException {
    RightbrainOptions options = RightbrainOptions.builder().hidden(0.5).build();
    try (Simulator simulator = start(options)) {
      RightbrainCalls calls = new RightbrainCalls(simulator);
      List<Integer> sizes = new ArrayList<>();
      List<String> query = new ArrayList<>(List.of("page_limit", "25", "start_date", "2023-01-01"));
      while (true) {
        RightbrainCalls.Reply page = calls.project("task_run", query.toArray(new String[0]));
        sizes.add(page.results().size());
        if (!Boolean.TRUE.equals(page.at("pagination", "has_next"))) {
          break;
        }
        query = new ArrayList<>(query.subList(0, 4));
        query.addAll(List.of("cursor", (String) page.at("pagination", "next_cursor")));
      }
      assertThat(sizes).hasSize(48).contains(0);
      assertThat(sizes.subList(sizes.indexOf(0), sizes.size())).anyMatch(size -> size > 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"NEWEST_FIRST, true", "OLDEST_FIRST, true", "NEWEST_FIRST, false"})
  void insertsBetweenPagesShiftNothing(RightbrainSwitches.Order order, boolean sendsHasNext)
      throws IOException {
    try (Simulator simulator = start(RightbrainOptions.builder().hidden(0.2).build())) {
      RightbrainState state = simulator.rightbrain();
      state.switches().projectOrder(order);
      state.switches().sendsHasNext(sendsHasNext);
      RightbrainCalls calls = new RightbrainCalls(simulator);
      List<String> before = ids(calls.all("task_run", EVER));
      List<String> seen = new ArrayList<>();
      RightbrainCalls.Reply page = calls.project("task_run", EVER);
      while (true) {
        seen.addAll(ids(page.results()));
        Object cursor = page.at("pagination", "next_cursor");
        if (cursor == null) {
          break;
        }
        state.addRun(state.taskId("Task-2"));
        page = calls.project("task_run", EVER[0], EVER[1], "cursor", (String) cursor);
      }
      assertThat(seen).doesNotHaveDuplicates().containsAll(before);
    }
  }

  @Test
  void withoutAStartTheProjectListCoversSevenDays() throws IOException {
    try (Simulator simulator = start(RightbrainOptions.defaults())) {
      RightbrainCalls calls = new RightbrainCalls(simulator);
      List<Map<String, Object>> week = calls.all("task_run");
      assertThat(week).hasSizeBetween(60, 130);
      assertThat(week)
          .allMatch(run -> ((String) run.get("created")).compareTo("2026-07-13T12") > 0);
      assertThat(ids(calls.all("task_run", "start_date", "7 days ago"))).isEqualTo(ids(week));
      List<Map<String, Object>> june = calls.all("task_run", "end_date", "2026-06-08");
      assertThat(june)
          .isNotEmpty()
          .allMatch(run -> ((String) run.get("created")).startsWith("2026-06-0"));
    }
  }

  @Test
  void understandsDatesInWords() throws IOException {
    try (Simulator simulator = start(RightbrainOptions.defaults())) {
      RightbrainCalls calls = new RightbrainCalls(simulator);
      int day = calls.all("task_run", "start_date", "24 hours ago").size();
      assertThat(day).isBetween(5, 25);
      assertThat(calls.all("task_run", "start_date", "yesterday", "end_date", "today"))
          .allMatch(run -> ((String) run.get("created")).startsWith("2026-07-19"));
      assertThat(calls.all("task_run", "start_date", "now")).isEmpty();
      RightbrainCalls.Reply odd = calls.project("task_run", "start_date", "when I was young");
      assertThat(odd.status()).isEqualTo(422);
      assertThat(odd.at("detail", 0, "loc")).isEqualTo(List.of("query", "start_date"));
    }
  }

  @Test
  void theBoundsOfARangeBelongToItOrNot() throws IOException {
    try (Simulator simulator = start(RightbrainOptions.builder().tasks(1).build())) {
      RightbrainState state = simulator.rightbrain();
      RightbrainCalls calls = new RightbrainCalls(simulator);
      String task = state.taskId("Task-1");
      Map<String, Object> run = calls.project("task/" + task + "/run").results().get(50);
      String at = (String) run.get("created");
      assertThat(ids(calls.all("task_run", "start_date", at, "end_date", at)))
          .contains((String) run.get("id"));
      state.switches().bounds(true, false);
      assertThat(calls.all("task_run", "start_date", at, "end_date", at)).isEmpty();
      assertThat(ids(calls.all("task_run", "start_date", at))).contains((String) run.get("id"));
      state.switches().bounds(false, true);
      assertThat(ids(calls.all("task_run", "start_date", at)))
          .isNotEmpty()
          .doesNotContain((String) run.get("id"));
    }
  }

  @Test
  void filtersByStatusTaskAndRevision() throws IOException {
    try (Simulator simulator = start(RightbrainOptions.defaults())) {
      RightbrainState state = simulator.rightbrain();
      RightbrainCalls calls = new RightbrainCalls(simulator);
      String task = state.taskId("Task-1");
      List<String> errors = ids(calls.all("task/" + task + "/run", "status", "error"));
      List<String> successes = ids(calls.all("task/" + task + "/run", "status", "success"));
      assertThat(errors).hasSizeBetween(5, 40);
      assertThat(errors.size() + successes.size()).isEqualTo(200);
      assertThat(calls.all("task/" + task + "/run", "status", "success"))
          .noneMatch(run -> Boolean.TRUE.equals(run.get("is_error")));
      assertThat(ids(calls.all("task_run", "status", "error", "task_id", task, EVER[0], EVER[1])))
          .isEqualTo(errors);
      String revision = state.revisionIds(task).get(1);
      List<Map<String, Object>> some =
          calls.all("task/" + task + "/run", "task_revision_id", revision);
      assertThat(some).isNotEmpty();
      assertThat(some).extracting(run -> run.get("task_revision_id")).containsOnly(revision);
      assertThat(calls.project("task_run", "status", "ERROR").status()).isEqualTo(422);
      assertThat(calls.project("task_run", "task_id", state.orgId()).results()).isEmpty();
    }
  }

  @Test
  void aParameterCanBeRefusedOrIgnored() throws IOException {
    try (Simulator simulator = start(RightbrainOptions.defaults())) {
      RightbrainState state = simulator.rightbrain();
      RightbrainCalls calls = new RightbrainCalls(simulator);
      state.switches().refuseParameter("status");
      String path = "task/" + state.taskId("Task-1") + "/run";
      assertThat(calls.project(path, "status", "error").status()).isEqualTo(422);
      assertThat(calls.project(path).status()).isEqualTo(200);
      state.switches().ignoreParameter("task_revision_id");
      assertThat(calls.all(path, "task_revision_id", state.orgId())).hasSize(200);
    }
  }

  @Test
  void readsOneRun() throws IOException {
    try (Simulator simulator = start(RightbrainOptions.builder().lateIds(5).build())) {
      RightbrainState state = simulator.rightbrain();
      RightbrainCalls calls = new RightbrainCalls(simulator);
      String task = state.taskId("Task-1");
      List<Map<String, Object>> runs = calls.project("task/" + task + "/run").results();
      int late = 0;
      for (Map<String, Object> run : runs) {
        String id = (String) run.get("id");
        assertThat(calls.project("task/" + task + "/run/" + id).at()).isEqualTo(run);
        long delay = RightbrainIds.millis(id) - created(run) / 1000;
        late += delay > Duration.ofHours(29).toMillis() ? 1 : 0;
      }
      assertThat(late).isBetween(8, 35);
      String id = (String) runs.get(0).get("id");
      String elsewhere = state.taskId("Task-2");
      assertThat(calls.project("task/" + elsewhere + "/run/" + id).status()).isEqualTo(404);
      assertThat(calls.project("task/" + task + "/run/" + task).status()).isEqualTo(404);
      assertThat(calls.project("task/" + task + "/run/x").status()).isEqualTo(400);
      state.switches().allowPointReads(false);
      assertThat(calls.project("task/" + task + "/run/" + id).status()).isEqualTo(403);
    }
  }

  @Test
  void rowsDifferAsTheServicesDo() throws IOException {
    try (Simulator simulator = start(RightbrainOptions.defaults())) {
      RightbrainCalls calls = new RightbrainCalls(simulator);
      List<Map<String, Object>> runs = calls.all("task_run", EVER);
      assertThat(runs).anyMatch(run -> ((String) run.get("created")).length() == 20);
      assertThat(runs).anyMatch(run -> ((String) run.get("created")).length() == 27);
      assertThat(runs)
          .anyMatch(run -> run.containsKey("reference") && run.get("reference") == null);
      assertThat(runs).anyMatch(run -> !run.containsKey("reference"));
      assertThat(runs).anyMatch(run -> !run.containsKey("is_error"));
      assertThat(runs).anyMatch(run -> Boolean.TRUE.equals(run.get("used_fallback_model")));
      assertThat(runs).anyMatch(run -> run.get("response") instanceof String);
      assertThat(runs).anyMatch(run -> run.get("charged_credits") == null);
      assertThat(runs).noneMatch(run -> run.containsKey("event_trigger_id"));
      assertThat(runs)
          .filteredOn(run -> run.get("charged_credits") != null)
          .allMatch(run -> ((String) run.get("charged_credits")).matches("\\d+\\.\\d\\d"));
      Set<Character> versions = new TreeSet<>();
      runs.forEach(run -> versions.add(((String) run.get("id")).charAt(14)));
      assertThat(versions).hasSize(16);
      assertThat(runs.stream().map(RightbrainRunListTest::created).distinct().count())
          .isLessThan(1200);
      assertThat(calls.project("task_run", "include_event_trigger_id", "true").results())
          .allMatch(run -> run.get("event_trigger_id") instanceof List);
    }
  }

  @Test
  void oldRecordsHaveNullFlagsAndNoZone() throws IOException {
    RightbrainOptions options = RightbrainOptions.builder().oldRecords(true).misfits(4).build();
    try (Simulator simulator = start(options)) {
      List<Map<String, Object>> runs = new RightbrainCalls(simulator).all("task_run", EVER);
      assertThat(runs).anyMatch(run -> run.containsKey("is_error") && run.get("is_error") == null);
      assertThat(runs).anyMatch(run -> !run.containsKey("input_processor_timing"));
      assertThat(runs).anyMatch(run -> !((String) run.get("created")).endsWith("Z"));
      assertThat(runs).anyMatch(run -> run.get("response").toString().contains("[does, not, fit]"));
    }
  }

  @Test
  void aHundredThousandRunsAreCheap() throws IOException {
    RightbrainOptions many =
        RightbrainOptions.builder().tasks(5).runsPerTask(20_000).uneven(true).build();
    try (Simulator simulator = start(many)) {
      RightbrainCalls calls = new RightbrainCalls(simulator);
      RightbrainCalls.Reply page =
          calls.project("task_run", "start_date", "2023-01-01", "end_date", "2026-06-05");
      assertThat(page.results()).hasSize(100);
      String task = simulator.rightbrain().taskId("Task-3");
      RightbrainCalls.Reply report = calls.project("task/" + task + "/token_report");
      assertThat(report.at("total_task_runs")).isEqualTo(20_000.0);
      // Two bursts hold nine tenths of the runs.
      RightbrainCalls.Reply quiet =
          calls.project(
              "task/" + task + "/token_report",
              "start_date",
              "2026-06-02",
              "end_date",
              "2026-07-10");
      assertThat((Double) quiet.at("total_task_runs")).isLessThan(1000);
    }
  }
}
