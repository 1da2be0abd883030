package dev.turntable.run;

import dev.turntable.source.Fetch;
import dev.turntable.source.KeyedFetch;
import dev.turntable.source.MemoryBudget;
import dev.turntable.source.Page;
import dev.turntable.source.PageMemory;
import dev.turntable.source.StatementScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads a forest of {@link Fetch} steps in order, some of them ahead on other threads. Used by one
 * thread; the steps run on many.
 *
 * <p>Steps that run ahead are bounded by {@code window}, so that a reader that stops early has wasted
 * few requests and a slow reader piles up few pages.
 */
final class PageReader<T> implements AutoCloseable {
  /** What is read ahead may take so small a part of the memory that all statements share. */
  private static final int AHEAD_PART = 4;

  private final StatementScope scope;
  private final Ends ends;
  private final List<Step> frontier = new ArrayList<>();
  private int head;
  private PageMemory last;
  private long largest;

  /** Steps that are started and have no thread yet; a thread that is done with one takes the next. */
  private final Queue<Runnable> ready = new ConcurrentLinkedQueue<>();

  private final AtomicInteger threads = new AtomicInteger();
  private final int mostThreads;

  /** What is known of the end of the reading before it is there. */
  enum Ends {
    /** The statement may have enough at any time. */
    EARLY,
    /** All steps run, and pages of lists are followed by nobody knows how many. */
    WITH_THE_LAST_PAGE,
    /** All steps run, and no other follows those that there are. */
    WITH_THE_FIRST_STEPS
  }

  PageReader(List<Fetch<T>> first, Ends ends, StatementScope scope) {
    this.scope = scope;
    this.ends = ends;
    this.last = scope.bodies().newPage();
    this.mostThreads = scope.connection().limits().maxConcurrentRequests();
    for (Fetch<T> fetch : first) {
      frontier.add(new Step(fetch, false));
    }
  }

  /**
   * Returns the rows of the next step, or null at the end.
   *
   * @param wanted how many steps may be started and not yet returned, this one included; at least 1
   */
  @Nullable List<T> next(int wanted) {
    last.close();
    if (head == frontier.size()) {
      return null;
    }
    int window = (int) Math.max(1, Math.min(wanted, fitting()));
    if (window > 1) {
      startAhead(window);
    }
    int at = window > 1 && frontier.get(head).anyOrder ? firstAnswered() : head;
    Step step = frontier.get(at);
    Page<T> page = step.result();
    last = step.memory;
    largest = Math.max(largest, last.bytes());
    List<Step> children = step.children(page);
    if (children.size() == 1) {
      frontier.set(at, children.get(0)); // the common case, a chain of pages, in constant space
    } else if (at > head) {
      frontier.remove(at);
      frontier.addAll(at, children);
    } else {
      frontier.set(head, step.done());
      head++;
      compact();
      frontier.addAll(head, children);
    }
    return page.rows();
  }

  /** Returns how many pages as large as the largest one may be there at the same time. */
  private long fitting() {
    return MemoryBudget.shared().size() / AHEAD_PART / Math.max(1, largest);
  }

  /** Returns where the first step is that is answered, among those that need not wait for others. */
  private int firstAnswered() {
    while (true) {
      List<CompletableFuture<Page<T>>> running = new ArrayList<>();
      for (int i = head; i < frontier.size() && frontier.get(i).anyOrder; i++) {
        CompletableFuture<Page<T>> answer = frontier.get(i).running;
        if (answer != null && answer.isDone()) {
          return i;
        }
        if (answer != null) {
          running.add(answer);
        }
      }
      awaitAny(running);
    }
  }

  /** The failure of one of them is thrown where its rows are wanted. */
  private void awaitAny(List<CompletableFuture<Page<T>>> running) {
    List<CompletableFuture<Boolean>> ends = new ArrayList<>(running.size());
    running.forEach(answer -> ends.add(answer.handle((page, failure) -> true)));
    scope.await(CompletableFuture.anyOf(ends.toArray(new CompletableFuture<?>[0])));
  }

  private void compact() {
    if (head == frontier.size() || head > 64) {
      frontier.subList(0, head).clear();
      head = 0;
    }
  }

  private void startAhead(int window) {
    int started = 0;
    boolean first = true;
    for (int i = head; i < frontier.size() && started < window; i++) {
      Step step = frontier.get(i);
      started += step.start(window - started, first && !step.anyOrder);
      first = false;
    }
  }

  private void run(Runnable step) {
    ready.add(step);
    if (threads.get() < mostThreads) {
      hire();
    }
  }

  private void hire() {
    threads.incrementAndGet();
    scope.connection().executor().execute(this::work);
  }

  private void work() {
    for (Runnable step = ready.poll(); step != null; step = ready.poll()) {
      step.run();
    }
    threads.decrementAndGet();
    if (!ready.isEmpty()) {
      hire(); // added after the last look, when there seemed to be threads enough
    }
  }

  @Override
  public void close() {
    last.close();
    ready.clear();
    for (Step step : frontier.subList(head, frontier.size())) {
      step.cancel();
    }
    frontier.clear();
    head = 0;
  }

  /** One step: not started, running on another thread, or answered but not yet returned. */
  private final class Step {
    private @Nullable Fetch<T> fetch;
    private @Nullable CompletableFuture<Page<T>> running;
    private @Nullable List<Step> children;
    private final PageMemory memory = scope.bodies().newPage();
    private final boolean anyOrder;
    private final boolean isFollowed;
    private final AtomicBoolean isLeft = new AtomicBoolean(ends != Ends.EARLY);

    /**
     * @param anyOrder whether it may be returned before those ahead of it
     */
    Step(Fetch<T> fetch, boolean anyOrder) {
      this.fetch = fetch;
      this.anyOrder = anyOrder;
      this.isFollowed = ends == Ends.WITH_THE_LAST_PAGE && !(fetch instanceof KeyedFetch<T>);
      if (ends != Ends.EARLY) {
        scope.stepsLeft().add(1, isFollowed);
      }
    }

    private void begins() {
      if (isLeft.getAndSet(false)) {
        scope.stepsLeft().add(-1, isFollowed);
      }
    }

    /**
     * Starts this step and, if it is answered already, those that follow it.
     *
     * @param window how many may be started in all
     * @param inCaller whether the caller is about to run this very step itself
     * @return how many of the window this step and its followers take up
     */
    int start(int window, boolean inCaller) {
      if (running == null) {
        if (!inCaller) {
          startHere();
        }
        return 1;
      }
      int started = 1;
      if (running.isDone() && !running.isCompletedExceptionally()) {
        for (Step child : children(running.join())) {
          if (started >= window) {
            break;
          }
          started += child.start(window - started, false);
        }
      }
      return started;
    }

    private void startHere() {
      Fetch<T> work = java.util.Objects.requireNonNull(fetch, "fetch");
      CompletableFuture<Page<T>> future = new CompletableFuture<>();
      running = future;
      run(
          () -> {
            if (future.isDone()) {
              return; // closed before it began
            }
            try {
              future.complete(fetch(work));
            } catch (Throwable e) { // the reader rethrows it where the rows are wanted
              future.completeExceptionally(e);
            }
          });
    }

    Page<T> result() {
      scope.ensureOpen();
      if (running != null) {
        return scope.await(running);
      }
      return fetch(java.util.Objects.requireNonNull(fetch, "fetch"));
    }

    private Page<T> fetch(Fetch<T> work) {
      begins();
      return scope.bodies().reading(memory, () -> work.fetch(scope));
    }

    List<Step> children(Page<T> page) {
      List<Step> known = children;
      if (known == null) {
        known = new ArrayList<>(page.next().size());
        for (Fetch<T> next : page.next()) {
          known.add(new Step(next, anyOrder || page.anyOrder()));
        }
        children = known;
      }
      return known;
    }

    /** Forgets the answer, which may be large. */
    Step done() {
      fetch = null;
      running = null;
      children = null;
      return this;
    }

    void cancel() {
      begins();
      memory.close();
      if (running != null) {
        running.completeExceptionally(new CancellationException());
        if (children != null) {
          children.forEach(Step::cancel);
        }
      }
    }
  }
}
