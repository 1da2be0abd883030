package dev.turntable.source;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Answers that equal requests of one statement share, so that none is sent twice. Keeps them only if
 * the plan says that they may be wanted again. Safe for use by several threads.
 */
public final class SharedAnswers implements MemoryBudget.Reclaimable {
  /** Beyond this the first answers stay and no further one is kept: asking again is never wrong. */
  private static final long MOST_BYTES = 64L << 20;

  private final MemoryAccount memory = MemoryBudget.shared().open();
  private final Map<Object, CompletableFuture<Object>> answers = new ConcurrentHashMap<>();
  private final AtomicLong held = new AtomicLong();
  private final AtomicBoolean registered = new AtomicBoolean();
  private volatile boolean kept;
  private volatile boolean incomplete;

  /** Keeps the answers until the statement ends; called where two scans may ask the same. */
  public void keep() {
    kept = true;
  }

  /** Returns whether answers are kept. */
  public boolean isKept() {
    return kept;
  }

  /** Returns whether an answer was given up, or not kept, for want of room. */
  public boolean isIncomplete() {
    return incomplete;
  }

  /**
   * Returns the answer of an equal request, waiting for it if it is under way; else has it made.
   *
   * @param key equal for equal requests
   * @param maker sends the request; runs in this thread, at most once at a time per key
   * @param onShared runs if the answer of another request was taken
   * @param bytes about how many bytes keeping an answer takes
   */
  @SuppressWarnings("unchecked") // a key always stands for one type of answer
  public <V> V get(
      StatementScope scope,
      Object key,
      Supplier<V> maker,
      Runnable onShared,
      ToLongFunction<V> bytes) {
    CompletableFuture<Object> mine = new CompletableFuture<>();
    CompletableFuture<Object> other = answers.putIfAbsent(key, mine);
    if (other != null) {
      V answer = (V) scope.await(other);
      onShared.run();
      return answer;
    }
    try {
      V answer = maker.get();
      if (!kept || !hasRoom(bytes.applyAsLong(answer))) {
        answers.remove(key, mine);
      }
      mine.complete(answer);
      return answer;
    } catch (RuntimeException | Error e) {
      answers.remove(key, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private boolean hasRoom(long bytes) {
    if (held.addAndGet(bytes) > MOST_BYTES || !memory.tryTakeForLater(bytes, this)) {
      incomplete = true;
      return false;
    }
    if (!registered.getAndSet(true)) {
      MemoryBudget.shared().add(this);
    }
    return true;
  }

  /** All of them: which were used last is not known. */
  @Override
  public void giveWay(long bytes) {
    incomplete = true;
    answers.values().removeIf(CompletableFuture::isDone);
    memory.give(memory.held());
  }

  void clear() {
    answers.clear();
    memory.close();
  }
}
