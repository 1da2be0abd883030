package dev.turntable.store.file;

import dev.turntable.source.ErrorKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits a moment for what this process does with a store, and for no other process. */
final class Impatience implements Waiting {
  private static final Duration MOMENT = Duration.ofSeconds(2);
  private static final long POLL_MS = 10;

  private final Path store;
  private final BooleanSupplier waitsForOthers;

  /**
   * @param waitsForOthers whether this process waits for another one
   */
  Impatience(Path store, BooleanSupplier waitsForOthers) {
    this.store = store;
    this.waitsForOthers = waitsForOthers;
  }

  @Override
  public void acquire(Semaphore permit) {
    long end = System.nanoTime() + MOMENT.toNanos();
    try {
      while (!waitsForOthers.getAsBoolean() && System.nanoTime() - end < 0) {
        if (permit.tryAcquire(POLL_MS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw busy();
  }

  @Override
  public void pause(Duration moment) {
    throw busy();
  }

  @Override
  public Duration longest() {
    return Duration.ZERO;
  }

  private RuntimeException busy() {
    return StoreErrors.of(ErrorKind.STORE_BUSY, "the store " + store + " is in use");
  }
}
