package dev.turntable.source;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks after threads that wait for the network, where the JDK ignores interrupts: once one is
 * interrupted, its statement ends. Looks only while somebody waits.
 */
final class InterruptWatch {
  private static final long POLL_MS = 20;

  private final ScheduledExecutorService timer;
  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** One wait; not a record, for each is different from any other. */
  private static final class Wait {
    private final Thread thread;
    private final StatementScope statement;

    Wait(Thread thread, StatementScope statement) {
      this.thread = thread;
      this.statement = statement;
    }
  }

  InterruptWatch(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** Watches a thread until the returned action runs. */
  Runnable watch(Thread thread, StatementScope statement) {
    Wait wait = new Wait(thread, statement);
    waits.add(wait);
    schedule();
    return () -> waits.remove(wait);
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      var unused = timer.schedule(this::look, POLL_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    for (Wait wait : waits) {
      if (wait.thread.isInterrupted()) {
        wait.statement.interrupt();
      }
    }
    scheduled.set(false);
    if (!waits.isEmpty()) {
      schedule();
    }
  }
}
