package dev.turntable.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.Until;
import dev.turntable.jdbc.faults.Session.Asked;
import dev.turntable.jdbc.faults.Session.Question;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A statement that has waited for others until its time-out says for what. */
class WaitingMessageTest {
  private static final String ROWS = "SELECT id FROM rightbrain.tasks";
  private static final String TABLE = "SELECT id FROM rightbrain_runs.\"Task-1\"";

  static Stream<Arguments> waits() {
    Predicate<Received> token = request -> request.path().equals("/oauth2/token");
    Predicate<Received> whoami = request -> request.path().endsWith("/whoami");
    Predicate<Received> tasks = request -> request.path().endsWith("/task");
    return Stream.of(
        Arguments.of(ROWS, token, ": POST http", "which another statement sends"),
        Arguments.of(ROWS, whoami, ": GET /whoami", "which another statement sends"),
        Arguments.of(ROWS, tasks, ": GET /", "which waits for one of maxConcurrentRequests"),
        Arguments.of(TABLE, tasks, "rightbrain_runs", "which another statement loads"));
  }

  @ParameterizedTest
  @MethodSource("waits")
  void whoWaitsForOthersSaysForWhat(
      String sql, Predicate<Received> hanging, String request, String wait) throws Exception {
    try (Scene scene = Scene.rightbrain(3, 5)) {
      Map<String, String> settings = new HashMap<>(Scene.client());
      settings.put("maxConcurrentRequests", "1");
      if (!request.endsWith("/whoami")) {
        settings.putAll(scene.key());
        settings.remove("apiKey");
      }
      Thread other;
      try (Session session = Session.open(scene, settings)) {
        session.let((number, each) -> hanging.test(each) ? Trouble.hangBeforeTheAnswer() : null);
        other = new Thread(() -> session.ask(Question.of(sql, 0)), "waits-first");
        other.setDaemon(true);
        other.start();
        Until.holds(
            "the other statement waits",
            () -> session.line().received().stream().anyMatch(hanging));
        Asked asked = session.ask(Question.of(sql, 1));
        assertThat(asked.state()).isEqualTo("HYT00");
        assertThat(asked.failure().getMessage()).contains("rightbrain", request, wait);
      }
      other.join();
    }
  }

  @ParameterizedTest
  @MethodSource("pauses")
  void whoWaitsForItselfToo(Trouble trouble, String wait) throws Exception {
    try (Scene scene = Scene.rightbrain(3, 5);
        Session session = Session.open(scene, scene.key())) {
      session.let((number, request) -> trouble);
      Asked asked = session.ask(Question.of(ROWS, 1));
      assertThat(asked.state()).as(asked.toString()).isEqualTo("HYT00");
      assertThat(asked.failure().getMessage()).contains("rightbrain.tasks: GET /", wait);
    }
  }

  static Stream<Arguments> pauses() {
    return Stream.of(
        Arguments.of(Trouble.hangBeforeTheAnswer(), "under way"),
        Arguments.of(Trouble.status(503, "Retry-After", "30"), ""));
  }
}
