package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.source.ErrorKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A budget that does not suffice for all rows is refused before the first is written. */
final class WriteGuardTest {
  private final Bench bench = Bench.handinger(10);
  private final List<String> ids = bench.taskIds().subList(0, 3);

  @AfterEach
  void stop() {
    bench.close();
  }

  private String in() {
    return " WHERE id IN ('" + String.join("', '", ids) + "')";
  }

  private String insert() {
    return "INSERT INTO tasks (worker_id, input) SELECT worker_id, 'Again' FROM tasks" + in();
  }

  private long writes() {
    return bench.simulator().requests().stream()
        .map(ReceivedRequest::method)
        .filter(method -> !method.equals("GET"))
        .count();
  }

  /** Three reads and three writes: the reads are in the same budget. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void theReadsOfTheSourceCount(int budget) {
    bench.connect(Map.of("maxRequests", String.valueOf(budget)));
    assertThat(bench.sql(insert()).fails(ErrorKind.BUDGET))
        .hasMessageContaining("at least 6 requests, more than maxRequests=" + budget)
        .hasMessageContaining("nothing was written");
    assertThat(writes()).isZero();
    assertThat(bench.simulator().handinger().runs()).isZero();
  }

  @Test
  void whatSufficesIsWritten() {
    bench.connect(Map.of("maxRequests", "6"));
    assertThat(bench.sql(insert()).update().sent(6).count()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void soDoThoseOfADelete(int budget) {
    bench.connect(Map.of("maxRequests", String.valueOf(budget)));
    bench.sql("DELETE FROM tasks" + in() + " AND status IS NOT NULL").fails(ErrorKind.BUDGET);
    assertThat(writes()).isZero();
    bench.connect(Map.of("maxRequests", "6"));
    assertThat(
            bench
                .sql("DELETE FROM tasks" + in() + " AND status IS NOT NULL")
                .update()
                .sent(6)
                .count())
        .isEqualTo(3);
  }

  @Test
  void keysThatAreNamedNeedNoReads() {
    bench.connect(Map.of("maxRequests", "2"));
    bench.sql("DELETE FROM tasks" + in()).refused(ErrorKind.BUDGET);
    bench.connect(Map.of("maxRequests", "3"));
    assertThat(bench.sql("DELETE FROM tasks" + in()).update().sent(3).count()).isEqualTo(3);
  }
}
