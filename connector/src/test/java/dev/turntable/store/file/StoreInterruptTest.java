package dev.turntable.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB ends with the statement that it works for, in the middle of a query. */
final class StoreInterruptTest {
  /** Runs for minutes. */
  private static final String LONG =
      "SELECT COUNT(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = 7";

  private final ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);

  @TempDir Path temp;

  @AfterEach
  void close() {
    connection.close();
  }

  private TurntableException failure(StatementScope scope, Runnable begun) {
    StoreFile file = StoreFile.of(Stores.at(temp.resolve("store")));
    return catchThrowableOfType(
        TurntableException.class,
        () ->
            file.read(
                Waiting.of(scope, Duration.ofSeconds(10)),
                duck -> {
                  begun.run();
                  Sql.execute(duck, LONG);
                  return true;
                }));
  }

  @Test
  void cancelEndsIt() throws Exception {
    try (StatementScope scope = connection.statement("SELECT 1", Duration.ZERO)) {
      CountDownLatch begun = new CountDownLatch(1);
      Thread canceller =
          new Thread(
              () -> {
                awaitQuietly(begun);
                scope.cancel();
              });
      canceller.start();

      assertThat(failure(scope, begun::countDown).kind()).isEqualTo(ErrorKind.CANCELLED);
      canceller.join();
    }
  }

  @Test
  void soDoesTheTimeOut() {
    try (StatementScope scope = connection.statement("SELECT 1", Duration.ofMillis(1500))) {
      assertThat(failure(scope, () -> {}).kind()).isEqualTo(ErrorKind.TIMEOUT);
    }
  }

  @Test
  void andAnInterruptOfItsThread() {
    try (StatementScope scope = connection.statement("SELECT 1", Duration.ZERO)) {
      Thread reader = Thread.currentThread();

      assertThat(failure(scope, reader::interrupt).kind()).isEqualTo(ErrorKind.CANCELLED);
      Thread.interrupted();
    }
  }

  @Test
  void whatComesAfterGoesOn() {
    try (StatementScope scope = connection.statement("SELECT 1", Duration.ofMillis(1500))) {
      failure(scope, () -> {});
    }
    assertThat(Stores.rows(temp.resolve("store"), "SELECT COUNT(*) FROM readings"))
        .containsExactly("0");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
