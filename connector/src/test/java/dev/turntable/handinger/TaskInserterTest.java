package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.http.Settlement;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Inserter.Row;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What this connection knows of a task after its POST, however that was answered. */
final class TaskInserterTest {
  private final Fixture fixture = Fixture.small();

  @AfterEach
  void close() {
    fixture.close();
  }

  private String insert() {
    Handinger service = ((HandingerSource) fixture.source()).service();
    TaskInserter inserter =
        new TaskInserter(service, new Settlement(List.of(Duration.ZERO, Duration.ZERO)));
    Row row = new Row(Map.of("input", "x", "worker_id", fixture.worker(0)), true);
    try (StatementScope scope = fixture.statement()) {
      return String.valueOf(inserter.insert(row, scope).get(0));
    }
  }

  private void onPost(Fault fault) {
    fixture.simulator.faults(FaultRule.when(request -> request.method().equals("POST"), fault));
  }

  private List<Object> known() {
    return fixture.read("tasks", "known ids", Fixture.all(), "id");
  }

  /** It was found by reading, so it is there: a scan shows it as any other that was made here. */
  @Test
  void aTaskThatWasSettledIsKnown() {
    onPost(Fault.afterActing(Fault.cutBeforeHeaders()));
    String id = insert();
    assertThat(known()).containsExactly(id);
  }

  /** Nobody knows whether it is there: to scan for it would be to claim that it is. */
  @Test
  void aTaskOfWhichNobodyKnowsIsNotKnown() {
    fixture.with("taskIds", fixture.ids(1).get(0));
    onPost(Fault.cutBeforeHeaders());
    TurntableException failure = catchThrowableOfType(TurntableException.class, this::insert);
    assertThat(failure.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    assertThat(known()).containsExactly(fixture.ids(1).get(0));
  }

  /** A refusal is final, and looks for nothing. */
  @ParameterizedTest
  @ValueSource(ints = {400, 402, 404, 422, 429})
  void aRefusalIsNotLookedInto(int status) {
    fixture.with("taskIds", fixture.ids(1).get(0));
    onPost(Fault.status(status));
    TurntableException failure = catchThrowableOfType(TurntableException.class, this::insert);
    assertThat(failure.kind()).isNotEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    assertThat(fixture.requests()).containsExactly("POST /api/tasks");
    assertThat(known()).hasSize(1);
  }
}
