package dev.turntable.run;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends writes side by side. After the first that fails no further one starts; those under way are
 * awaited, so that the outcome of every one is known as far as it can be.
 */
public final class ParallelWrites {
  private ParallelWrites() {}

  /** What became of one write. */
  public enum State {
    DONE,
    FAILED,
    UNKNOWN,
    NOT_STARTED
  }

  /**
   * The outcome of one write.
   *
   * @param state what became of it
   * @param result its result, if it was done
   * @param failure why it was not
   */
  public record Outcome<R>(State state, @Nullable R result, @Nullable TurntableException failure) {}

  /** Writes all items and returns their outcomes in order. */
  public static <T, R> List<Outcome<R>> run(
      List<T> items, Function<T, R> write, StatementScope scope) {
    int count = items.size();
    List<Outcome<R>> outcomes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outcomes.add(new Outcome<>(State.NOT_STARTED, null, null));
    }
    int parallel = Math.min(count, scope.connection().limits().maxConcurrentWrites());
    if (parallel == 1) {
      for (int i = 0; i < count; i++) {
        outcomes.set(i, one(items.get(i), write));
        if (outcomes.get(i).state() != State.DONE) {
          break;
        }
      }
      return outcomes;
    }
    inParallel(items, write, scope, outcomes, parallel);
    return outcomes;
  }

  private record Numbered<R>(int index, Outcome<R> outcome) {}

  private static <T, R> void inParallel(
      List<T> items,
      Function<T, R> write,
      StatementScope scope,
      List<Outcome<R>> outcomes,
      int parallel) {
    ExecutorCompletionService<Numbered<R>> service =
        new ExecutorCompletionService<>(scope.connection().executor());
    int started = 0;
    int running = 0;
    boolean stopped = false;
    while (running > 0 || (started < items.size() && !stopped)) {
      while (running < parallel && started < items.size() && !stopped) {
        int index = started++;
        running++;
        service.submit(() -> new Numbered<>(index, one(items.get(index), write)));
      }
      Numbered<R> finished = next(service);
      running--;
      outcomes.set(finished.index(), finished.outcome());
      stopped |= finished.outcome().state() != State.DONE;
    }
  }

  /** Waits without regard to cancel: the writes themselves end when the statement is cancelled. */
  private static <R> Numbered<R> next(ExecutorCompletionService<Numbered<R>> service) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          Future<Numbered<R>> finished = service.take();
          return finished.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (java.util.concurrent.ExecutionException e) {
          throw new TurntableException(
              ErrorKind.INTERNAL, "a write ended without an outcome", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T, R> Outcome<R> one(T item, Function<T, R> write) {
    try {
      return new Outcome<>(State.DONE, write.apply(item), null);
    } catch (TurntableException e) {
      return new Outcome<>(isUnknown(e) ? State.UNKNOWN : State.FAILED, null, e);
    } catch (RuntimeException e) {
      return new Outcome<>(
          State.UNKNOWN,
          null,
          new TurntableException(ErrorKind.INTERNAL, "defect in Turntable while writing: " + e, e));
    }
  }

  /** A write cut off by cancel or time-out says that it is unknown in its cause. */
  private static boolean isUnknown(TurntableException failure) {
    return failure.kind() == ErrorKind.OUTCOME_UNKNOWN
        || (failure.getCause() instanceof TurntableException cause && isUnknown(cause));
  }
}
