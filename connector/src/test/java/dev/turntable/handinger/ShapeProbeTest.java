package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.StatementScope;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One connection without an answer keeps no other one from finding out where turns are. */
@Timeout(60)
final class ShapeProbeTest {
  private final Fixture fixture = Fixture.small();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whoWaitsTooLongAsksItself() {
    HandingerSource source = (HandingerSource) fixture.source();
    Semaphore probe = source.service().shape().probe();
    probe.acquireUninterruptibly(); // as by a connection behind a dead proxy
    try (StatementScope scope = fixture.statement()) {
      String id = fixture.ids(1).get(0);
      long start = System.nanoTime();
      assertThat(source.service().turns(scope, "turns", id)).isNotEmpty();
      assertThat(source.service().turns(scope, "turns", id)).isNotEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(probe.availablePermits()).isZero();
    } finally {
      probe.release();
    }
  }

  @Test
  void aStatementThatEndsMeanwhileWaitsNoLonger() {
    HandingerSource source = (HandingerSource) fixture.source();
    source.service().shape().probe().acquireUninterruptibly();
    try (StatementScope scope = fixture.statement()) {
      scope.cancel();
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> source.service().turns(scope, "turns", fixture.ids(1).get(0)))
          .hasMessageContaining("cancelled");
    }
    assertThat(fixture.requests()).isEmpty();
  }
}
