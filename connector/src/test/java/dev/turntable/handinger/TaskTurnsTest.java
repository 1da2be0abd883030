package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.Until;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes to one task follow each other, however many come and whenever. */
final class TaskTurnsTest {
  private final ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);
  private final StatementScope scope = connection.statement("INSERT", Duration.ZERO);
  private final TaskTurns turns = new TaskTurns();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @AfterEach
  void close() {
    scope.close();
    connection.close();
  }

  /** A writer in a thread of its own, which stays inside until it is let out. */
  private final class Writer {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch out = new CountDownLatch(1);
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Thread thread;

    Writer(String task) {
      thread = new Thread(() -> turns.alone(task, scope, this::write));
      thread.setDaemon(true);
      thread.start();
    }

    private boolean write() {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      entered.countDown();
      awaitUnchecked(out);
      inside.decrementAndGet();
      done.complete(null);
      return true;
    }

    /** Waits until it is inside, or waits for those before it. */
    Writer arrived() {
      Until.holds(
          "the writer is inside or waits",
          () ->
              entered.getCount() == 0
                  || thread.getState() == Thread.State.WAITING
                  || thread.getState() == Thread.State.TIMED_WAITING);
      return this;
    }

    void leave() {
      out.countDown();
      done.join();
    }
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The third comes when the first has left and the second is at it. */
  @Test
  void threeWritersToOneTaskFollowEachOther() {
    Writer first = new Writer("t");
    awaitUnchecked(first.entered);
    Writer second = new Writer("t").arrived();
    first.leave();
    awaitUnchecked(second.entered);
    Writer third = new Writer("t").arrived();
    second.leave();
    awaitUnchecked(third.entered);
    third.leave();
    assertThat(most).as("writers at one task at a time").hasValue(1);
  }

  @Test
  void writersToOtherTasksWaitForNobody() {
    Writer one = new Writer("a");
    Writer other = new Writer("b");
    awaitUnchecked(one.entered);
    awaitUnchecked(other.entered);
    assertThat(most).hasValue(2);
    one.leave();
    other.leave();
  }

  @Test
  void oneThatFailsLeavesTheTaskToTheNext() {
    Supplier<Object> fails =
        () -> {
          throw new TurntableException(ErrorKind.BAD_ANSWER, "no");
        };
    assertThat(catchThrowableOfType(TurntableException.class, () -> turns.alone("t", scope, fails)))
        .hasMessage("no");
    assertThat(turns.<String>alone("t", scope, () -> "next")).isEqualTo("next");
  }
}
