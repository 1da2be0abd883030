package dev.turntable.plan;

import dev.turntable.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** What a promise about time is on a machine that has other things to do now. */
final class Promise {
  private static final int ROUNDS = 8;

  /** How many times longer than waking a thread takes here something may take beside the promise. */
  private static final int WAKE_UPS = 100;

  private Promise() {}

  /** Returns a length of time as this machine keeps it now. */
  static Duration here(Duration promise) throws InterruptedException {
    List<Long> nanos = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      CountDownLatch start = new CountDownLatch(1);
      CompletableFuture<Long> woken = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                  woken.complete(System.nanoTime());
                } catch (InterruptedException e) {
                  woken.completeExceptionally(e);
                }
              });
      thread.start();
      Until.holds("a thread waits", () -> thread.getState() == Thread.State.WAITING);
      long began = System.nanoTime();
      start.countDown();
      nanos.add(woken.join() - began);
      thread.join();
    }
    Collections.sort(nanos);
    return promise.plusNanos(WAKE_UPS * nanos.get(ROUNDS / 2));
  }
}
