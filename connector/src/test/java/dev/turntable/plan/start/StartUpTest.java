package dev.turntable.plan.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is loaded ahead is loaded without a failure, which nobody would see. */
final class StartUpTest {
  @Test
  void theFirstPlanIsOne() {
    StartUp.awaitPlanner();

    assertThatCode(StartUp::plan).doesNotThrowAnyException();
  }

  @Test
  void whoComesLateIsNotForgotten() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    StartUp.begin();
    StartUp.awaitRequests();

    StartUp.whenDone(done::countDown);

    assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
  }
}
