package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.RowCursor;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.source.StatementScope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked ahead of a reader that takes some rows of all, pauses, and closes. */
final class ReadAheadTest {
  private static final String SQL = "SELECT * FROM tasks";
  private static final int N = 60;

  private final Bench bench = Bench.handinger(N);

  ReadAheadTest() {
    bench.knowing(bench.taskIds().subList(0, N));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  /**
   * At first no more are asked and not yet taken than may be in flight; once so many were taken, twice
   * as many.
   */
  @ParameterizedTest
  @CsvSource({"1, 8", "2, 9", "3, 10", "8, 15", "9, 24", "10, 25", "30, 45", "46, 60"})
  void littleIsAskedAheadOfTheFirstRows(int rows, int requests) throws InterruptedException {
    CountDownLatch expected = new CountDownLatch(requests);
    bench
        .simulator()
        .faults(
            (request, ordinal) -> {
              expected.countDown();
              return Optional.empty();
            });
    bench.simulator().clearRequests();
    try (StatementScope scope = bench.engine().newStatement(SQL, Duration.ZERO);
        RowCursor cursor =
            bench.engine().prepare(SQL, "handinger", scope).query(List.of(), 0, scope)) {
      for (int row = 0; row < rows; row++) {
        assertThat(cursor.next()).isTrue();
      }
      assertThat(expected.await(20, TimeUnit.SECONDS)).isTrue();
      // What is asked too much would be on its way before this answer.
      readAnother();
    }
    assertThat(bench.simulator().requests()).hasSize(requests + 1);
  }

  private void readAnother() {
    String sql = "SELECT * FROM tasks WHERE id = '" + HandingerState.PUBLISHED_TASK + "'";
    try (StatementScope scope = bench.engine().newStatement(sql, Duration.ZERO);
        RowCursor cursor =
            bench.engine().prepare(sql, "handinger", scope).query(List.of(), 0, scope)) {
      assertThat(cursor.next()).isTrue();
    }
  }

  @Test
  void whoeverReadsAllGetsAll() {
    bench.sql(SQL).rows().hasRows(N).sent(N);
  }
}
