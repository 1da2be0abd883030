package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.Engine;
import dev.turntable.plan.Bench.Result;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerTask;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.source.ErrorKind;
import dev.turntable.store.file.Stores;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No row of an answer is older than it may be; what others change outside is seen by then. */
final class StoreFreshnessTest {
  private final Bench bench =
      Bench.handinger(SimulatorOptions.builder().tasks(6).workers(1).executions(2).build());

  @TempDir Path temp;

  private String id = "";
  private Engine outside;

  @BeforeEach
  void read() {
    id =
        bench.simulator().handinger().tasks().stream()
            .filter(task -> task.status().equals("completed"))
            .map(HandingerTask::id)
            .findFirst()
            .orElseThrow();
    outside = bench.engine();
    use("maxAge", "60");
    bench.sql("SELECT * FROM tasks").rows().hasRows(7);
    bench.sql("SELECT * FROM turns").rows();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Path store() {
    return temp.resolve("store");
  }

  private void use(String... properties) {
    bench.store(store(), "taskIds", String.join(",", bench.taskIds()));
    String[] more = new String[properties.length + 4];
    System.arraycopy(properties, 0, more, 0, properties.length);
    more[properties.length] = "taskIds";
    more[properties.length + 1] = String.join(",", bench.taskIds());
    more[properties.length + 2] = "maxRetries";
    more[properties.length + 3] = "0";
    bench.store(store(), more);
  }

  private long turns(int requests) {
    String count = "SELECT COUNT(*) FROM turns WHERE task_id = '" + id + "'";
    return Long.parseLong(bench.sql(count).rows().sent(requests).rows().get(0));
  }

  /** Somebody adds a turn, of which this store is not told. */
  private void addTurn() {
    Engine mine = bench.engine();
    bench
        .use(outside)
        .sql("INSERT INTO turns (task_id, input) VALUES ('" + id + "', 'and now?')")
        .update();
    bench.use(mine);
  }

  @Test
  void withMaxAgeZeroATurnOfACompletedTaskIsSeenAtOnce() {
    long before = turns(0);
    addTurn();
    use("maxAge", "0");
    assertThat(turns(1)).isEqualTo(before + 1);
    assertThat(
            bench.sql("SELECT turn_count FROM tasks WHERE id = '" + id + "'").rows().rows().get(0))
        .isEqualTo(String.valueOf(before + 1));
  }

  @Test
  void withMaxAgeOfAMinuteItIsSeenWithinAMinute() {
    long before = turns(0);
    addTurn();
    Stores.age(store(), Duration.ofSeconds(30));
    assertThat(turns(0)).isBetween(before, before + 1);
    Stores.age(store(), Duration.ofSeconds(31));
    assertThat(turns(1)).isEqualTo(before + 1);
    assertThat(turns(0)).isEqualTo(before + 1);
  }

  @Test
  void aTurnCountThatIsAsBeforeRenewsNoTurns() {
    Stores.age(store(), Duration.ofSeconds(61));
    bench.sql("SELECT turn_count FROM tasks WHERE id = '" + id + "'").rows().sent(1);
    turns(1);
  }

  @Test
  void anOldAnswerStandsInForAServiceThatFailsAndForNothingElse() {
    Stores.age(store(), Duration.ofMinutes(4));
    use("maxAge", "60", "staleIfError", "true");
    bench.simulator().faults(FaultRule.always(Fault.status(500)));

    Result stale = bench.sql("SELECT * FROM tasks").rows().sent(7).hasRows(7);
    assertThat(stale.warnings()).anyMatch(text -> text.contains("from the store, 5 min old"));

    bench.simulator().faults(FaultRule.always(Fault.status(401)));
    bench.sql("SELECT * FROM tasks").fails(ErrorKind.AUTHENTICATION);
    bench.simulator().faults(FaultRule.always(Fault.status(403)));
    bench.sql("SELECT * FROM tasks").fails(ErrorKind.FORBIDDEN);
    bench.simulator().faults(FaultRule.none());

    use("maxAge", "60", "staleIfError", "true", "maxRequests", "3");
    bench.sql("SELECT * FROM tasks").fails(ErrorKind.BUDGET);
  }

  @Test
  void aClockThatWasSetBackMakesNothingYounger() {
    Stores.age(store(), Duration.ofMinutes(-30)); // read in what is the future now
    turns(1);
  }
}
