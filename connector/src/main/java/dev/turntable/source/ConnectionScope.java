package dev.turntable.source;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * What the sources and statements of one connection share: limits, the request log, threads. Safe for
 * use by several threads.
 */
public final class ConnectionScope implements AutoCloseable {
  private static final AtomicLong NEXT_ID = new AtomicLong();
  private static final long KEEP_ALIVE_SECONDS = 60;
  private static final long TIMER_KEEP_ALIVE_SECONDS = 1;
  private static final String CLOSED = "the connection is closed";

  private final String id = newId();
  private final ConnectionLimits limits;
  private final RequestLog log = new RequestLog();
  private final CoverageLog coverage = new CoverageLog();
  private final Secrets secrets = new Secrets();
  private final Semaphore readSlots;
  private final Semaphore writeSlots;
  private final ExecutorService executor;
  private final ScheduledExecutorService timer;
  private final InterruptWatch interrupts;
  private final AtomicLong nextStatement = new AtomicLong();

  /** Weak, for a caller may drop a statement without closing it. */
  private final Set<StatementScope> open =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  private volatile Function<Account, TaskCatalog> catalogs = account -> TaskCatalog.NONE;
  private volatile Duration networkTimeout = Duration.ZERO;
  private final AtomicBoolean closed = new AtomicBoolean();

  public ConnectionScope(ConnectionLimits limits) {
    this.limits = limits;
    this.readSlots = new Semaphore(limits.maxConcurrentRequests(), true);
    this.writeSlots = new Semaphore(limits.maxConcurrentWrites(), true);
    String prefix = "turntable-" + NEXT_ID.incrementAndGet() + "-";
    AtomicLong threads = new AtomicLong();
    AtomicBoolean over = closed; // the threads must not keep the connection itself
    this.executor =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> daemon(task, prefix + "fetch-" + threads.incrementAndGet(), over),
            (task, pool) -> refuse());
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(
            1, task -> daemon(task, prefix + "timer", over), (task, pool) -> refuse());
    scheduler.setRemoveOnCancelPolicy(true);
    // Else a connection that is dropped without being closed would keep its thread for ever.
    scheduler.setKeepAliveTime(TIMER_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
    scheduler.allowCoreThreadTimeOut(true);
    this.timer = scheduler;
    this.interrupts = new InterruptWatch(scheduler);
  }

  /** Unlike all others wherever they are, and made without what costs a new JVM time. */
  private static String newId() {
    return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
  }

  /** Returns what tells the connection from all others, of other processes too. */
  public String id() {
    return id;
  }

  /** Nothing is refused but by a connection that is closed. */
  private static void refuse() {
    throw new TurntableException(ErrorKind.CLOSED, CLOSED);
  }

  /**
   * Once the connection is closed, the classes of the driver may be gone at any moment, and a thread
   * that stumbles over that has nobody to tell.
   */
  private static Thread daemon(Runnable task, String name, AtomicBoolean over) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (failed, failure) -> {
          if (!over.get()) {
            failed.getThreadGroup().uncaughtException(failed, failure);
          }
        });
    return thread;
  }

  public ConnectionLimits limits() {
    return limits;
  }

  public RequestLog log() {
    return log;
  }

  /** Returns what must not be shown. */
  public Secrets secrets() {
    return secrets;
  }

  /** Returns which tables were read as a whole. */
  public CoverageLog coverage() {
    return coverage;
  }

  /** Remembers the tasks of an account from now on; to be called before the sources are opened. */
  public void remember(Function<Account, TaskCatalog> newCatalogs) {
    catalogs = newCatalogs;
  }

  /** Returns what is remembered of the tasks of an account. */
  public TaskCatalog catalog(Account account) {
    return catalogs.apply(account);
  }

  /** Returns how long one attempt of a request may take at most; zero leaves that to the properties. */
  public Duration networkTimeout() {
    return networkTimeout;
  }

  /** Bounds every attempt of a request that starts from now on. */
  public void setNetworkTimeout(Duration limit) {
    networkTimeout = limit;
  }

  /** Returns one permit per read that may be in flight. */
  public Semaphore readSlots() {
    return readSlots;
  }

  /** Returns one permit per write that may be in flight. */
  public Semaphore writeSlots() {
    return writeSlots;
  }

  /**
   * Returns the threads for steps that run ahead; they never hold up the exit of the JVM. Throws a
   * {@link TurntableException} once the connection is closed.
   */
  public ExecutorService executor() {
    return executor;
  }

  /**
   * Runs an action after a while, unless the connection is closed before.
   *
   * @param action must be quick and must not throw
   * @return calls it off
   */
  public Runnable after(Duration delay, Runnable action) {
    ScheduledFuture<?> future = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  InterruptWatch interrupts() {
    return interrupts;
  }

  void forget(StatementScope statement) {
    open.remove(statement);
  }

  /** Returns true at the first call for an occasion, for what is to be told once on a connection. */
  public boolean isFirst(String occasion) {
    return seen.add(occasion);
  }

  /**
   * Opens the scope of one execution of a statement.
   *
   * @param sql its text, for the request log
   * @param timeout how long it may take in all; zero means no limit
   */
  public StatementScope statement(String sql, Duration timeout) {
    StatementScope statement =
        new StatementScope(this, nextStatement.incrementAndGet(), sql, timeout);
    open.add(statement);
    if (closed.get()) {
      statement.connectionClosed();
      refuse();
    }
    return statement;
  }

  /** Ends every statement, and with them what waits for the network; no further one begins. */
  public void endAll() {
    closed.set(true);
    List<StatementScope> last;
    synchronized (open) {
      last = List.copyOf(open);
    }
    last.forEach(StatementScope::connectionClosed);
  }

  @Override
  public void close() {
    endAll();
    executor.shutdownNow();
    timer.shutdownNow();
    log.close();
  }
}
