package dev.turntable.store.file;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does things of a store later, on a thread of its own that ends when there is nothing to do. */
public final class StoreTimer {
  private static final ScheduledThreadPoolExecutor TIMER = newTimer();

  private StoreTimer() {}

  public static ScheduledThreadPoolExecutor get() {
    return TIMER;
  }

  private static ScheduledThreadPoolExecutor newTimer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "turntable-store");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(1, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }
}
