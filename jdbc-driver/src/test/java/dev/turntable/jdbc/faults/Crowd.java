package dev.turntable.jdbc.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does many things at once; most of them wait. */
final class Crowd {
  /** Nothing here may take a tenth of it, however slow the machine is; what does hangs. */
  private static final long MINUTES = 5;

  private Crowd() {}

  /**
   * Does all, and throws what one of them throws.
   *
   * @throws java.util.concurrent.CancellationException if one of them does not end
   */
  static void run(int atOnce, List<? extends Callable<?>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      List<Callable<Object>> all = new ArrayList<>();
      work.forEach(each -> all.add(each::call));
      for (Future<Object> done : threads.invokeAll(all, MINUTES, TimeUnit.MINUTES)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
