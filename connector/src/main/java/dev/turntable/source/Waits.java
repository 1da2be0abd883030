package dev.turntable.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** How threads wait that work for a statement: none waits longer than the statement runs. */
final class Waits {
  /** How often a blocked thread looks whether it was cancelled; far below the promised 100 ms. */
  private static final long POLL_MS = 20;

  private final StatementScope scope;

  Waits(StatementScope scope) {
    this.scope = scope;
  }

  void acquire(Semaphore slots, Supplier<String> what) {
    try {
      if (slots.tryAcquire(0, TimeUnit.MILLISECONDS)) {
        return; // as mostly, so that nothing is registered
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    Runnable undo = told(what);
    try {
      acquire(slots);
    } finally {
      undo.run();
    }
  }

  void acquire(Semaphore slots) {
    try {
      while (!slots.tryAcquire(POLL_MS, TimeUnit.MILLISECONDS)) {
        scope.ensureOpen();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  boolean tryAcquire(Semaphore slots, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    try {
      do {
        if (slots.tryAcquire(POLL_MS, TimeUnit.MILLISECONDS)) {
          return true;
        }
        scope.ensureOpen();
      } while (System.nanoTime() - end < 0);
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  <V> V await(Future<V> future, Supplier<String> what) {
    Runnable undo = told(what);
    try {
      return await(future);
    } finally {
      undo.run();
    }
  }

  <V> V await(Future<V> future) {
    try {
      while (true) {
        try {
          return future.get(POLL_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          scope.ensureOpen();
        }
      }
    } catch (ExecutionException e) {
      scope.ensureOpen();
      if (e.getCause() instanceof TurntableException failure) {
        // A copy, so that the trace of the waiting thread is there too.
        throw new TurntableException(failure.kind(), String.valueOf(failure.getMessage()), failure);
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new TurntableException(
          ErrorKind.INTERNAL, "defect in Turntable: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  void pause(Duration duration, Supplier<String> what) {
    Runnable undo = told(what);
    try {
      pause(duration);
    } finally {
      undo.run();
    }
  }

  void pause(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    try {
      for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
        scope.ensureOpen();
        TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(POLL_MS)));
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  <V> V elsewhere(Supplier<V> work) {
    CompletableFuture<Supplier<V>> done = new CompletableFuture<>();
    scope
        .connection()
        .executor()
        .execute(
            () -> {
              try {
                V value = work.get();
                done.complete(() -> value);
              } catch (RuntimeException e) {
                done.complete(
                    () -> {
                      throw e;
                    });
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            });
    Supplier<V> outcome = await(done);
    scope.ensureOpen();
    return outcome.get();
  }

  <V> List<V> inParallel(List<Callable<V>> tasks) {
    List<Future<V>> futures = new ArrayList<>(tasks.size());
    for (Callable<V> task : tasks) {
      futures.add(scope.connection().executor().submit(task));
    }
    List<V> results = new ArrayList<>(tasks.size());
    for (Future<V> future : futures) {
      results.add(await(future));
    }
    return results;
  }

  /** Lets the failure say, if the statement ends meanwhile, for what it has waited. */
  private Runnable told(Supplier<String> what) {
    // One of its own for each wait: what is registered is told apart by it.
    return scope.onCancel(
        what,
        new Runnable() {
          @Override
          public void run() {}
        });
  }

  private TurntableException interrupted(InterruptedException e) {
    scope.interrupt();
    Thread.currentThread().interrupt();
    scope.ensureOpen();
    throw new IllegalStateException("an ended statement is open", e);
  }
}
