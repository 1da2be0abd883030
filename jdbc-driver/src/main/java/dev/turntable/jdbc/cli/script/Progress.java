package dev.turntable.jdbc.cli.script;

import dev.turntable.jdbc.RequestUsage;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A line on the terminal that tells how far a statement is, gone when rows are printed. */
final class Progress implements AutoCloseable {
  private static final long EVERY_MS = 200;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream err;
  private final RequestUsage usage;
  private final long started = System.nanoTime();
  private final @Nullable ScheduledExecutorService timer;
  private boolean shown;
  private boolean ended;

  Progress(PrintStream err, RequestUsage usage, boolean terminal) {
    this.err = err;
    this.usage = usage;
    this.timer = terminal ? Executors.newSingleThreadScheduledExecutor(Progress::daemon) : null;
    if (timer != null) {
      Future<?> unused =
          timer.scheduleAtFixedRate(this::show, 2 * EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "turntable-progress");
    thread.setDaemon(true);
    return thread;
  }

  private synchronized void show() {
    if (!ended) {
      err.print(CLEAR + ProgressText.of(usage, Duration.ofNanos(System.nanoTime() - started)));
      err.flush();
      shown = true;
    }
  }

  /** Removes the line for good. */
  @Override
  public synchronized void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
    if (shown && !ended) {
      err.print(CLEAR);
      err.flush();
    }
    ended = true;
  }
}
