package dev.turntable.simulator.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The demo must show what the typed tables have to cope with. */
final class RightbrainDemoTest {
  private Simulator simulator;
  private RightbrainState state;
  private RightbrainCalls calls;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorOptions.demo());
    state = simulator.rightbrain();
    calls = new RightbrainCalls(simulator, RightbrainOptions.DEMO_KEY);
  }

  @AfterEach
  void stop() {
    calls.close();
    simulator.close();
  }

  @Test
  void hasSixTasksAndThreeMonthsOfRuns() throws IOException {
    assertThat(calls.project("task").results())
        .extracting(task -> task.get("name"))
        .containsExactly(
            "Invoice Processor",
            "Sentiment Tagger",
            "CV Screening",
            "Language Router",
            "Reply-Drafter",
            "Meeting Notes");
    List<Map<String, Object>> runs = calls.all("task_run", "start_date", "2023-01-01");
    assertThat(runs).hasSize(524);
    assertThat(runs).anyMatch(run -> Boolean.TRUE.equals(run.get("is_error")));
    assertThat(runs).anyMatch(run -> Boolean.TRUE.equals(run.get("used_fallback_model")));
    BigDecimal credits =
        runs.stream()
            .filter(run -> run.get("charged_credits") != null)
            .map(run -> new BigDecimal((String) run.get("charged_credits")))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(credits).isBetween(new BigDecimal(300), new BigDecimal(2000));
    Set<String> months = new HashSet<>();
    runs.forEach(run -> months.add(((String) run.get("created")).substring(0, 7)));
    assertThat(months).containsExactlyInAnyOrder("2026-04", "2026-05", "2026-06", "2026-07");
  }

  @Test
  void showsEveryOutputType() throws IOException {
    Set<Object> types = new HashSet<>();
    for (Map<String, Object> task : calls.project("task").results()) {
      for (Object revision : (List<?>) task.get("revisions")) {
        if (((Map<?, ?>) revision).get("output_format") instanceof Map<?, ?> format) {
          format
              .values()
              .forEach(type -> types.add(type instanceof Map<?, ?> m ? m.get("type") : type));
        }
      }
    }
    assertThat(types)
        .contains("str", "int", "integer", "number", "bool", "boolean", "list", "object");
  }

  @Test
  void hasAnActivePairATestAndATypeConflict() throws IOException {
    RightbrainCalls.Reply invoices =
        calls.project("task/" + state.taskId("Invoice Processor"), "include_tests", "true");
    assertThat((List<?>) invoices.at("active_revisions")).hasSize(2);
    assertThat(invoices.at("revisions", 0, "test")).isEqualTo(true);
    RightbrainCalls.Reply screening = calls.project("task/" + state.taskId("CV Screening"));
    assertThat(screening.at("revisions", 0, "output_format", "score", "type")).isEqualTo("str");
    assertThat(screening.at("revisions", 1, "output_format", "score", "type")).isEqualTo("int");
    List<Object> scores = new ArrayList<>();
    for (Map<String, Object> run :
        calls.all("task/" + state.taskId("CV Screening") + "/run", "status", "success")) {
      scores.add(((Map<?, ?>) run.get("response")).get("score"));
    }
    assertThat(scores).hasAtLeastOneElementOfType(String.class);
    assertThat(scores).hasAtLeastOneElementOfType(Double.class);
  }

  @Test
  void answersWithTextAndNamesAnOutputLikeAnInput() throws IOException {
    String drafts = "task/" + state.taskId("Reply-Drafter") + "/run";
    assertThat(calls.all(drafts, "status", "success"))
        .isNotEmpty()
        .allMatch(run -> run.get("response") instanceof String);
    RightbrainCalls.Reply router = calls.project("task/" + state.taskId("Language Router"));
    assertThat(router.at("revisions", 0, "input_params")).isEqualTo(List.of("language", "message"));
    assertThat(router.at("revisions", 0, "output_format", "language")).isNotNull();
  }

  @Test
  void runsAnswerSensibly() throws IOException {
    String tagger = state.taskId("Sentiment Tagger");
    for (Map.Entry<String, String> each :
        Map.of(
                "I love it, thank you", "positive",
                "The worst service ever", "negative",
                "The shop opens at nine", "neutral")
            .entrySet()) {
      RightbrainCalls.Reply run =
          calls.run(tagger, "{\"task_input\":{\"text\":\"" + each.getKey() + "\"}}");
      assertThat(run.at("response", "sentiment")).isEqualTo(each.getValue());
    }
    String known =
        "{\"task_input\":{\"language\":\"English\","
            + "\"message\":\"My card was charged twice in June.\"}}";
    assertThat(calls.run(state.taskId("Language Router"), known).at("response", "team"))
        .isEqualTo("billing");
  }
}
