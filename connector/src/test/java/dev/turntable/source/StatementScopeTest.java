package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One execution: its warnings, its requests, and how it ends. */
class StatementScopeTest {
  private final ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);
  private final StatementScope scope = connection.statement("SELECT 1", Duration.ZERO);

  private static void ends(Runnable use, ErrorKind kind) {
    assertThatThrownBy(use::run)
        .isInstanceOfSatisfying(
            TurntableException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void everyWarningIsShownOnceAndLateOnesWhenTheyAreLookedAt() {
    AtomicInteger rows = new AtomicInteger();
    scope.warn("known ids only");
    scope.warn("known ids only");
    scope.warn(() -> rows.get() + " rows");
    rows.set(3);
    assertThat(scope.warnings()).containsExactly("known ids only", "3 rows");
  }

  @Test
  void itsRequestsAreCounted() {
    scope.countRequest("GET /a");
    scope.countRequest("GET /a");
    assertThat(scope.requestCount()).isEqualTo(2);
  }

  @Test
  void aCancelEndsItAndSaysSo() {
    scope.ensureOpen();
    assertThat(scope.isEnded()).isFalse();
    AtomicInteger told = new AtomicInteger();
    scope.onCancel(told::incrementAndGet);
    scope.cancel();
    assertThat(scope.isEnded()).isTrue();
    assertThat(told).hasValue(1);
    ends(scope::ensureOpen, ErrorKind.CANCELLED);
  }

  @Test
  void anInterruptEndsItLikeACancel() {
    scope.interrupt();
    ends(scope::ensureOpen, ErrorKind.CANCELLED);
  }

  @Test
  void itEndsWithAnotherOneAndForTheSameReason() {
    StatementScope other = connection.statement("SELECT 2", Duration.ZERO);
    scope.endWith(other);
    other.cancel();
    ends(scope::ensureOpen, ErrorKind.CANCELLED);
  }

  @Test
  void whatItWaitsForIsGivenOrFailsWithItsReason() {
    assertThat(scope.<String>await(CompletableFuture.completedFuture("done"))).isEqualTo("done");
    TurntableException refused = new TurntableException(ErrorKind.BAD_ANSWER, "no JSON");
    assertThatThrownBy(() -> scope.await(CompletableFuture.failedFuture(refused)))
        .isInstanceOf(TurntableException.class)
        .hasMessage("no JSON")
        .hasCause(refused);
    ends(
        () -> scope.await(CompletableFuture.failedFuture(new IllegalStateException("oops"))),
        ErrorKind.INTERNAL);
    assertThatThrownBy(
            () -> scope.await(CompletableFuture.failedFuture(new AssertionError("broken"))))
        .isInstanceOf(AssertionError.class);
    scope.cancel();
    ends(() -> scope.await(new CompletableFuture<>()), ErrorKind.CANCELLED);
    ends(() -> scope.await(CompletableFuture.failedFuture(refused)), ErrorKind.CANCELLED);
  }

  @Test
  void anInterruptedWaitEndsTheStatement() {
    Thread.currentThread().interrupt();
    ends(() -> scope.await(new CompletableFuture<>()), ErrorKind.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
    ends(scope::ensureOpen, ErrorKind.CANCELLED);
  }

  @Test
  void aSlotThatIsTakenComesBackToTheNext() {
    var slots = connection.readSlots();
    int all = slots.availablePermits();
    scope.acquire(slots);
    assertThat(slots.availablePermits()).isEqualTo(all - 1);
    slots.release();
  }

  @Test
  void whatIsMadeOnceIsTheSameForTheStatement() {
    Object key = new Object();
    List<Integer> made = scope.once(key, java.util.ArrayList::new);
    assertThat(scope.<List<Integer>>once(key, java.util.ArrayList::new)).isSameAs(made);
    StatementScope other = connection.statement("SELECT 2", Duration.ZERO);
    assertThat(other.<List<Integer>>once(key, java.util.ArrayList::new)).isNotSameAs(made);
  }
}
