package dev.turntable.examples.soak;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/**
 * Runs statements at full speed and looks whether what the process holds stays flat: the most of the
 * second half of the time against the most of the first.
 */
public final class Soak {
  private static final int THREADS = 8;
  private static final int SAMPLES = 20;

  /** By then the logs and caches that have a limit have reached it. */
  private static final long WARM_UP = 20_000;

  /** What a collection may leave more or less of. */
  private static final double SLACK_MIB = 3;

  private static final double SLACK_THREADS = 8;
  private static final double SLACK_FILES = 16;

  private Soak() {}

  /**
   * Ends with status 1 if anything grew.
   *
   * @param arguments for how many minutes; 10 if not given
   */
  public static void main(String[] arguments) throws Exception {
    double minutes = arguments.length == 0 ? 10 : Double.parseDouble(arguments[0]);
    List<Sample> samples;
    try (SoakServer server = SoakServer.start();
        Connection shared = Load.connect(server)) {
      samples = run(server, shared, minutes);
    }
    boolean heap = isFlat("MiB on the heap", samples, Sample::mib, SLACK_MIB);
    boolean threads = isFlat("threads", samples, Sample::threads, SLACK_THREADS);
    boolean files = isFlat("open files", samples, Sample::files, SLACK_FILES);
    System.exit(heap && threads && files ? 0 : 1);
  }

  private static List<Sample> run(SoakServer server, Connection shared, double minutes)
      throws Exception {
    AtomicBoolean stopped = new AtomicBoolean();
    AtomicLong statements = new AtomicLong();
    AtomicLong failures = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> loads = new ArrayList<>();
    try {
      for (int i = 0; i < THREADS; i++) {
        loads.add(
            threads.submit(
                new Load(server, shared, stopped, statements, failures, i * 1_000_003L)));
      }
      while (statements.get() < WARM_UP) {
        await(loads, 1_000);
      }
      System.out.println("   statements     per s   MiB   threads   files");
      long before = statements.get();
      List<Sample> samples = new ArrayList<>();
      long millis = (long) (minutes * 60_000 / SAMPLES);
      for (int i = 0; i < SAMPLES; i++) {
        await(loads, millis);
        Sample sample = Sample.take(statements.get() - before);
        samples.add(sample);
        System.out.printf(
            Locale.ROOT,
            "%13d %9.0f %5.1f %9d %7d%n",
            sample.statements(),
            sample.statements() * 1000.0 / (millis * (i + 1)),
            sample.mib(),
            sample.threads(),
            sample.files());
      }
      System.out.printf(
          Locale.ROOT, "%,d statements failed, since the services had%n", failures.get());
      if (failures.get() == 0) {
        throw new IllegalStateException("no wrong answer came");
      }
      return samples;
    } finally {
      stopped.set(true);
      threads.shutdown();
    }
  }

  /** Waits, unless one of the threads fails. */
  private static void await(List<Future<?>> loads, long millis) throws Exception {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      TimeUnit.MILLISECONDS.sleep(Math.min(left, 500));
      for (Future<?> load : loads) {
        if (load.isDone()) {
          load.get();
        }
      }
    }
  }

  private static boolean isFlat(
      String what, List<Sample> samples, ToDoubleFunction<Sample> value, double slack) {
    int half = samples.size() / 2;
    double early = most(samples.subList(0, half), value);
    double late = most(samples.subList(half, samples.size()), value);
    boolean flat = late <= early * 1.05 + slack;
    System.out.printf(
        Locale.ROOT,
        "%s: at most %.1f, then %.1f: %s%n",
        what,
        early,
        late,
        flat ? "flat" : "GROWS");
    return flat;
  }

  private static double most(List<Sample> samples, ToDoubleFunction<Sample> value) {
    return samples.stream().mapToDouble(value).max().orElseThrow();
  }
}
