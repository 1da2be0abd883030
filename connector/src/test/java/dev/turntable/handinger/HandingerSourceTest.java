package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.source.StatementScope;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a connection is good, by one request of a few seconds' worth. */
final class HandingerSourceTest {
  private final Fixture fixture = Fixture.small();

  @AfterEach
  void close() {
    fixture.close();
  }

  private boolean isValid() {
    try (StatementScope scope = fixture.statement()) {
      return fixture.source().isValid(scope);
    }
  }

  @Test
  void whatWasFoundGoodIsBelievedForAMoment() {
    assertThat(isValid()).isTrue();
    assertThat(fixture.requests()).hasSize(1);
    assertThat(isValid()).isTrue();
    assertThat(fixture.requests()).isEmpty();
  }

  /** A known id is asked for, which may be read by a key that may not read all. */
  @Test
  void aKnownTaskIsAskedFor() {
    String id = fixture.ids(3).get(2);
    fixture.with("taskIds", id + ",tsk_other");
    assertThat(isValid()).isTrue();
    assertThat(fixture.requests()).containsExactly("GET /api/tasks/" + id);
  }

  @Test
  void whatWasFoundBadIsAskedAgain() {
    fixture.simulator.faults(FaultRule.always(Fault.status(401)));
    assertThat(isValid()).isFalse();
    assertThat(isValid()).isFalse();
    assertThat(fixture.requests()).hasSize(2);
    Map<String, String> html = Map.of("Content-Type", "text/html");
    fixture.simulator.faults(FaultRule.always(Fault.answer(404, html, "<h1>nothing</h1>")));
    assertThat(isValid()).as("a page of anybody's").isFalse();
    fixture.simulator.faults(FaultRule.always(Fault.status(404)));
    assertThat(isValid()).as("the service's own word").isTrue();
  }
}
