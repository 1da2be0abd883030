package dev.turntable.source;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One execution of one statement, as its requests see it: cancel flag, time-out, request budget,
 * warnings and shared answers. Safe for use by several threads.
 */
public final class StatementScope implements AutoCloseable {
  private final ConnectionScope connection;
  private final long id;
  private final StatementText text;
  private final SharedAnswers answers = new SharedAnswers();
  private final MemoryAccount memory = MemoryBudget.shared().open(() -> isEnded());
  private final BodiesInMemory bodies = new BodiesInMemory(this, memory);
  private final Waits waits = new Waits(this);
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong rowsWritten = new AtomicLong();
  private volatile long rowsToWrite;
  private final StepsLeft steps = new StepsLeft();
  private final StatementEnd ending = new StatementEnd();
  private final List<Supplier<String>> warnings = new CopyOnWriteArrayList<>();
  private final Map<Object, Object> kept = new ConcurrentHashMap<>();
  private long storedRows;
  private boolean answeredWhole;
  private @Nullable Instant oldestStored;
  private final long openedNanos = System.nanoTime();
  private final Deadline deadline;

  StatementScope(ConnectionScope connection, long id, String sql, Duration limit) {
    this.connection = connection;
    this.id = id;
    this.text = new StatementText(sql, connection.secrets());
    this.deadline = new Deadline(limit, connection.timer(), ending);
  }

  public ConnectionScope connection() {
    return connection;
  }

  /** Returns the number of the statement, unique in its connection, from 1. */
  public long id() {
    return id;
  }

  /** Returns the text as logs keep it. */
  public String loggedSql() {
    return text.logged();
  }

  /** Returns what the statement has of the memory that all share. */
  public MemoryAccount memory() {
    return memory;
  }

  /** Returns what the statement has read, or is reading, and not yet used up. */
  public BodiesInMemory bodies() {
    return bodies;
  }

  /** Tells how many rows the statement is about to write. */
  public void willWrite(long rows) {
    rowsToWrite = rows;
  }

  /** Tells that a row was written. */
  public void countWritten() {
    rowsWritten.incrementAndGet();
  }

  /** Returns how many rows were written so far. */
  public long rowsWritten() {
    return rowsWritten.get();
  }

  /** Returns how many rows the statement writes in all; 0 if none, or until that is known. */
  public long rowsToWrite() {
    return rowsToWrite;
  }

  /** Returns what is known to be read yet. */
  public StepsLeft stepsLeft() {
    return steps;
  }

  /** Returns the {@link System#nanoTime} at which the statement began. */
  public long openedNanos() {
    return openedNanos;
  }

  /** Returns what equal requests of the statement share. */
  public SharedAnswers answers() {
    return answers;
  }

  /**
   * Returns what the statement keeps under a key, made at the first call: what is to be the same from
   * its beginning to its end.
   */
  @SuppressWarnings("unchecked") // a key always stands for one type of value
  public <V> V once(Object key, Supplier<V> maker) {
    return (V) kept.computeIfAbsent(key, unused -> maker.get());
  }

  /**
   * Counts one request, before it is sent.
   *
   * @throws TurntableException if the statement may not send one more
   */
  public void countRequest(String request) {
    ensureOpen();
    long limit = connection.limits().maxRequests();
    if (requests.incrementAndGet() > limit && limit > 0) {
      requests.decrementAndGet();
      throw new TurntableException(
          ErrorKind.BUDGET,
          request
              + " was not sent: the statement has used up maxRequests="
              + limit
              + "; narrow it or raise maxRequests");
    }
  }

  /** Counts what other statements of the same work have sent before, against the same limit. */
  public void countEarlier(long earlier) {
    requests.addAndGet(earlier);
  }

  /**
   * Counts rows that the statement has from a store.
   *
   * @param readAt when the request began that gave the oldest of them
   */
  public synchronized void countStored(long rows, Instant readAt) {
    storedRows += rows;
    if (rows > 0 && (oldestStored == null || readAt.isBefore(oldestStored))) {
      oldestStored = readAt;
    }
  }

  /** Tells that a store answers the statement whole. */
  public synchronized void answerWhole() {
    answeredWhole = true;
  }

  /** Returns whether a store answers the statement whole, rather than with rows for the operators. */
  public synchronized boolean isAnsweredWhole() {
    return answeredWhole;
  }

  /** Returns how many rows the statement has from a store. */
  public synchronized long storedRows() {
    return storedRows;
  }

  /** Returns when the oldest of those was read, or null if there is none. */
  public synchronized @Nullable Instant oldestStored() {
    return oldestStored;
  }

  /** Returns how many requests were counted. */
  public long requestCount() {
    return requests.get();
  }

  /** Cancels the statement: what waits ends at once, what comes later is refused. */
  public void cancel() {
    ending.end(ErrorKind.CANCELLED, "the statement was cancelled");
  }

  /** Returns whether the statement was cancelled or ran out of time. */
  public boolean isEnded() {
    return ending.isOver();
  }

  /**
   * Throws if the statement was cancelled or ran out of time.
   *
   * @throws TurntableException as {@link ErrorKind#CANCELLED}, {@link ErrorKind#TIMEOUT} or, if its
   *     connection was closed, {@link ErrorKind#CLOSED}
   */
  public void ensureOpen() {
    ending.ensureNotOver();
  }

  /**
   * Throws if the statement has ended or the calling thread was interrupted; cheap enough for every
   * step of a loop that computes.
   *
   * @throws TurntableException as {@link #ensureOpen}
   */
  public void check() {
    ensureOpen();
    if (Thread.currentThread().isInterrupted()) {
      interrupt();
      ensureOpen();
    }
  }

  /** Returns the time left, or empty if there is no time-out; never negative. */
  public Optional<Duration> remaining() {
    return deadline.remaining();
  }

  /** As {@link #onCancel(Supplier, Runnable)}, for what is no request. */
  public Runnable onCancel(Runnable action) {
    return onCancel(() -> "", action);
  }

  /**
   * Runs an action when the statement is cancelled or times out; at once if it already was. The
   * action must be quick and must not throw.
   *
   * @param request what would be cancelled, for messages; empty if there is none
   * @return undoes the registration
   */
  public Runnable onCancel(Supplier<String> request, Runnable action) {
    return ending.onEnd(request, action);
  }

  /**
   * Covers a wait of the calling thread that ignores interrupts, such as one for the network: {@code
   * abort} runs when the statement ends, and an interrupt of the thread ends the statement.
   *
   * @param request what is waited for, for messages
   * @param abort ends the wait; must be quick and must not throw
   * @return to be run when the wait is over
   */
  public Runnable duringWait(Supplier<String> request, Runnable abort) {
    Runnable forgetInterrupts = connection.interrupts().watch(Thread.currentThread(), this);
    Runnable forgetAbort = onCancel(request, abort);
    return () -> {
      forgetInterrupts.run();
      forgetAbort.run();
    };
  }

  /** Ends the statement because a thread that works for it was interrupted. */
  public void interrupt() {
    ending.end(ErrorKind.CANCELLED, "the thread was interrupted");
  }

  /** Ends this statement as soon as another one ends, and for the same reason. */
  public void endWith(StatementScope other) {
    ending.with(other.ending);
  }

  /** Adds a warning that the statement's {@link java.sql.SQLWarning} chain shows; once per text. */
  public void warn(String message) {
    if (!warnings().contains(message)) {
      warnings.add(() -> message);
    }
  }

  /** Adds a warning whose text is made when it is looked at, for what is known only by then. */
  public void warn(Supplier<String> message) {
    warnings.add(message);
  }

  public List<String> warnings() {
    return warnings.stream().map(Supplier::get).distinct().toList();
  }

  /** Takes a permit, unless the statement is cancelled while it waits. */
  public void acquire(Semaphore slots) {
    waits.acquire(slots);
  }

  /**
   * As {@link #acquire(Semaphore)}.
   *
   * @param what is waited for, which the failure then says: the request, and what it waits for
   */
  public void acquire(Semaphore slots, Supplier<String> what) {
    waits.acquire(slots, what);
  }

  /**
   * Takes a permit if one comes free in time.
   *
   * @return whether it was taken
   */
  public boolean tryAcquire(Semaphore slots, Duration longest) {
    return waits.tryAcquire(slots, longest);
  }

  /** Waits for a result, unless the statement is cancelled while it waits. */
  public <V> V await(Future<V> future) {
    return waits.await(future);
  }

  /**
   * Waits for what another statement does, unless this one ends while it waits.
   *
   * @param what as in {@link #acquire(Semaphore, Supplier)}
   */
  public <V> V await(Future<V> future, Supplier<String> what) {
    return waits.await(future, what);
  }

  /** Waits, unless the statement is cancelled meanwhile. */
  public void pause(Duration duration) {
    waits.pause(duration);
  }

  /** As {@link #pause(Duration)}; {@code what} as in {@link #acquire(Semaphore, Supplier)}. */
  public void pause(Duration duration, Supplier<String> what) {
    waits.pause(duration, what);
  }

  /**
   * Runs what cannot be ended at once in a thread of ours, which the calling one leaves as soon as the
   * statement ends. What fails after that end is its consequence, and not told.
   *
   * @param work looks at {@link #check} where it can, so that it does not go on for long
   */
  public <V> V elsewhere(Supplier<V> work) {
    return waits.elsewhere(work);
  }

  /** Runs tasks at the same time and returns their results in order. */
  public <V> List<V> inParallel(List<Callable<V>> tasks) {
    return waits.inParallel(tasks);
  }

  /** Ends the statement; requests that still run ahead are cancelled. */
  @Override
  public void close() {
    close(ErrorKind.CANCELLED, "the statement is closed");
  }

  /** Ends the statement because its connection is closed. */
  void connectionClosed() {
    close(ErrorKind.CLOSED, "the connection is closed");
  }

  private void close(ErrorKind kind, String what) {
    deadline.forget();
    ending.end(kind, what);
    answers.clear();
    memory.close();
    connection.forget(this);
  }
}
