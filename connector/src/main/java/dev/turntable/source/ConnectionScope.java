package dev.turntable.source;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the sources and statements of one connection share: limits, the request log, threads. Safe for
 * use by several threads.
 */
public final class ConnectionScope implements AutoCloseable {
  private static final AtomicLong NEXT_ID = new AtomicLong();

  private final ConnectionLimits limits;
  private final RequestLog log = new RequestLog();
  private final Semaphore readSlots;
  private final Semaphore writeSlots;
  private final ExecutorService executor;
  private final ScheduledExecutorService timer;
  private final AtomicLong nextStatement = new AtomicLong();
  private volatile boolean closed;

  public ConnectionScope(ConnectionLimits limits) {
    this.limits = limits;
    this.readSlots = new Semaphore(limits.maxConcurrentRequests(), true);
    this.writeSlots = new Semaphore(limits.maxConcurrentWrites(), true);
    String prefix = "turntable-" + NEXT_ID.incrementAndGet() + "-";
    AtomicLong threads = new AtomicLong();
    this.executor =
        Executors.newCachedThreadPool(
            task -> daemon(task, prefix + "fetch-" + threads.incrementAndGet()));
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(1, task -> daemon(task, prefix + "timer"));
    scheduler.setRemoveOnCancelPolicy(true);
    this.timer = scheduler;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  public ConnectionLimits limits() {
    return limits;
  }

  public RequestLog log() {
    return log;
  }

  /** Returns one permit per read that may be in flight. */
  public Semaphore readSlots() {
    return readSlots;
  }

  /** Returns one permit per write that may be in flight. */
  public Semaphore writeSlots() {
    return writeSlots;
  }

  /** Returns the threads for steps that run ahead; they never hold up the exit of the JVM. */
  public ExecutorService executor() {
    return executor;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  /**
   * Opens the scope of one execution of a statement.
   *
   * @param sql its text, for the request log
   * @param timeout how long it may take in all; zero means no limit
   */
  public StatementScope statement(String sql, Duration timeout) {
    if (closed) {
      throw new TurntableException(ErrorKind.CLOSED, "the connection is closed");
    }
    return new StatementScope(this, nextStatement.incrementAndGet(), sql, timeout);
  }

  @Override
  public void close() {
    closed = true;
    executor.shutdownNow();
    timer.shutdownNow();
  }
}
