package dev.turntable.jdbc.result;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread at a time read rows, and frees them once: at the close, or, if somebody is reading
 * then, when that thread leaves. A close waits for nobody.
 */
final class ReadingGate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Runnable free;
  private volatile boolean closed;
  private boolean freed;

  /**
   * @param free frees the rows; must not throw
   */
  ReadingGate(Runnable free) {
    this.free = free;
  }

  /** Begins to read; {@link #leave} must follow. */
  void enter() {
    lock.lock();
  }

  void leave() {
    lock.unlock();
    if (closed) {
      freeIfNobodyReads();
    }
  }

  /** Closes it; may be called more than once, by any thread. */
  void close() {
    closed = true;
    freeIfNobodyReads();
  }

  private void freeIfNobodyReads() {
    // Who holds the lock now looks again when it leaves.
    if (lock.tryLock()) {
      try {
        if (!freed) {
          freed = true;
          free.run();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
