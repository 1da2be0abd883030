package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.simulator.server.ReceivedRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Connection#isValid} asks the services, and no oftener than needed. */
final class ValidityTest extends DemoServicesTest {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static final Map<String, String> HTML = Map.of("Content-Type", "text/html");

  @Test
  @DisplayName("asks for a reserved task where none is known, and who is asking")
  void asksForAReservedTask() throws SQLException {
    try (Connection unknowing = services.connect(new Properties())) {
      assertThat(unknowing.isValid(5)).isTrue();
      assertThat(services.simulator.requests().stream().map(ReceivedRequest::line))
          .containsExactlyInAnyOrder("GET /api/tasks/tsk_turntable_validation", whoAmI());
    }
  }

  @Test
  @DisplayName("asks for a known task")
  void asksForAKnownTask() throws SQLException {
    Properties known = new Properties();
    known.setProperty("handinger.taskIds", Services.TASK + ",other");
    try (Connection knowing = services.connect(known)) {
      assertThat(knowing.isValid(5)).isTrue();
      assertThat(services.simulator.requests().stream().map(ReceivedRequest::line))
          .containsExactlyInAnyOrder("GET /api/tasks/" + Services.TASK, whoAmI());
    }
  }

  @Test
  @DisplayName("waits no longer than wanted for what another thread is finding out")
  void waitsNoLongerThanWantedForAnotherThread() throws Exception {
    services.simulator.faults(FaultRule.always(Fault.hangBeforeHeaders(Duration.ofMinutes(5))));
    CompletableFuture<Boolean> other = new CompletableFuture<>();
    try (Connection shared = services.connect(new Properties())) {
      Thread thread = new Thread(() -> other.complete(isValid(shared, 300)));
      thread.setDaemon(true);
      thread.start();
      while (services.simulator.requestCount() == 0) {
        Until.moment();
      }
      assertThat(shared.isValid(1)).isFalse();
      assertThat(other).isNotDone();
    }
    assertThat(other.get(30, TimeUnit.SECONDS)).isFalse();
  }

  private static boolean isValid(Connection connection, int seconds) {
    try {
      return connection.isValid(seconds);
    } catch (SQLException e) {
      return false;
    }
  }

  private static String whoAmI() {
    return services.simulator.requests().stream()
        .map(ReceivedRequest::line)
        .filter(line -> line.endsWith("/whoami"))
        .findFirst()
        .orElse("no request for whoami");
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of("200 of another shape", Fault.answer(200, JSON, "{\"hello\":[]}"), true),
        Arguments.of("200, a list", Fault.answer(200, JSON, "[1]"), true),
        Arguments.of("200, null", Fault.answer(200, JSON, "null"), true),
        Arguments.of("404 of the service", Fault.status(404), true),
        Arguments.of("403", Fault.status(403), true),
        Arguments.of("429", Fault.status(429), true),
        Arguments.of("500 in JSON", Fault.status(500), true),
        Arguments.of(
            "a gateway's 404 in JSON", Fault.answer(404, JSON, "{\"message\":\"no\"}"), true),
        Arguments.of("401", Fault.status(401), false),
        Arguments.of("200 in HTML", Fault.answer(200, HTML, "<html>"), false),
        Arguments.of("502 in HTML", Fault.answer(502, HTML, "<html>"), false),
        Arguments.of("200 that is no JSON", Fault.garbage(), false),
        Arguments.of("a lost connection", Fault.cutBeforeHeaders(), false));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("answers")
  @DisplayName("any answer in JSON but 401 is valid")
  void anyJson(String what, Fault fault, boolean valid) throws SQLException {
    services.simulator.faults(FaultRule.always(fault));
    assertThat(connection.isValid(5)).as(what).isEqualTo(valid);
    assertThat(services.sent()).as("asked once, not again and again").isLessThanOrEqualTo(2);
  }

  @Test
  @DisplayName("a service that does not answer is not valid, after the seconds given")
  void notInTime() throws SQLException {
    services.simulator.faults(FaultRule.always(Fault.hangBeforeHeaders(Duration.ofSeconds(60))));
    assertThat(connection.isValid(1)).isFalse();
  }

  @Test
  @DisplayName("asks once in half a minute; 0 seconds are allowed, negative ones are not")
  void notTooOften() throws SQLException {
    assertThat(connection.isValid(0)).isTrue();
    assertThat(services.sent()).isEqualTo(2);
    for (int i = 0; i < 10; i++) {
      assertThat(connection.isValid(0)).isTrue();
      assertThat(connection.isValid(3)).isTrue();
    }
    assertThat(services.sent()).isZero();
    fails("22023", () -> connection.isValid(-1));
    connection.close();
    assertThat(connection.isValid(0)).isFalse();
    assertThat(services.sent()).isZero();
  }
}
