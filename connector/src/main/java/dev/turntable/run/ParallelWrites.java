package dev.turntable.run;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.NotReturnedException;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends the writes of one statement side by side. After the first that fails no further one starts;
 * those under way are awaited, so that the outcome of every one is known as far as it can be.
 */
public final class ParallelWrites<T, R> {
  private final List<T> items;
  private final Function<T, @Nullable Object> lane;
  private final Function<T, R> write;
  private final Function<NotReturnedException, R> known;
  private final Listener<R> listener;
  private final StatementScope scope;
  private final List<Outcome<R>> outcomes = new ArrayList<>();
  private final BlockingQueue<Numbered<R>> finished = new LinkedBlockingQueue<>();
  private final Set<Object> busyLanes = new HashSet<>();
  private final Deque<Integer> waiting = new ArrayDeque<>();
  private int running;
  private boolean stopped;

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
   * @param failure why it was not, or why not all that is to be told of it could be read
   */
  public record Outcome<R>(State state, @Nullable R result, @Nullable TurntableException failure) {}

  private record Numbered<R>(int index, Outcome<R> outcome) {}

  /** Hears of every write as soon as its outcome is known, in the thread that runs them. */
  @FunctionalInterface
  public interface Listener<R> {
    void ended(int index, Outcome<R> outcome);
  }

  private ParallelWrites(
      List<T> items,
      Function<T, @Nullable Object> lane,
      Function<T, R> write,
      Function<NotReturnedException, R> known,
      Listener<R> listener,
      StatementScope scope) {
    this.items = items;
    this.lane = lane;
    this.write = write;
    this.known = known;
    this.listener = listener;
    this.scope = scope;
    for (int i = 0; i < items.size(); i++) {
      outcomes.add(new Outcome<>(State.NOT_STARTED, null, null));
      waiting.add(i);
    }
  }

  /**
   * Writes all items and returns their outcomes in order.
   *
   * @param lane what an item must be written in the order of, or null; see {@link
   *     dev.turntable.source.Inserter#lane}
   */
  public static <T, R> List<Outcome<R>> run(
      List<T> items,
      Function<T, @Nullable Object> lane,
      Function<T, R> write,
      StatementScope scope) {
    return run(
        items,
        lane,
        write,
        incomplete -> {
          throw incomplete;
        },
        (index, outcome) -> {},
        scope);
  }

  /**
   * As {@link #run(List, Function, Function, StatementScope)}, for writes that tell what they wrote.
   *
   * @param known makes a result of what is known of an item that was written and could not be read
   * @param listener hears of each outcome
   */
  public static <T, R> List<Outcome<R>> run(
      List<T> items,
      Function<T, @Nullable Object> lane,
      Function<T, R> write,
      Function<NotReturnedException, R> known,
      Listener<R> listener,
      StatementScope scope) {
    ParallelWrites<T, R> writes = new ParallelWrites<>(items, lane, write, known, listener, scope);
    int parallel = Math.min(items.size(), scope.connection().limits().maxConcurrentWrites());
    if (parallel == 1) {
      writes.oneByOne();
    } else {
      writes.sideBySide(parallel);
    }
    return writes.outcomes;
  }

  private void oneByOne() {
    for (int i = 0; i < items.size() && !stopped; i++) {
      keep(new Numbered<>(i, outcome(items.get(i))));
    }
  }

  private void sideBySide(int parallel) {
    while (true) {
      startSome(parallel);
      if (running == 0) {
        return;
      }
      Numbered<R> done = awaitOne();
      running--;
      busyLanes.remove(lane.apply(items.get(done.index())));
      keep(done);
    }
  }

  private void startSome(int parallel) {
    Iterator<Integer> candidates = waiting.iterator();
    while (!stopped && running < parallel && candidates.hasNext()) {
      int index = candidates.next();
      Object itsLane = lane.apply(items.get(index));
      if (itsLane == null || busyLanes.add(itsLane)) {
        candidates.remove();
        start(index);
      }
    }
  }

  private void start(int index) {
    running++;
    try {
      scope
          .connection()
          .executor()
          .execute(() -> finished.add(new Numbered<>(index, outcome(items.get(index)))));
    } catch (TurntableException e) { // the connection was closed meanwhile
      finished.add(new Numbered<>(index, new Outcome<>(State.FAILED, null, e)));
    }
  }

  private void keep(Numbered<R> done) {
    outcomes.set(done.index(), done.outcome());
    if (done.outcome().state() == State.DONE) {
      scope.countWritten();
    }
    stopped |= done.outcome().state() != State.DONE || done.outcome().failure() != null;
    listener.ended(done.index(), done.outcome());
  }

  /** An interrupt ends the statement, and with it the writes; they are awaited all the same. */
  private Numbered<R> awaitOne() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return finished.take();
        } catch (InterruptedException e) {
          interrupted = true;
          scope.interrupt();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Outcome<R> outcome(T item) {
    try {
      scope.ensureOpen();
      return new Outcome<>(State.DONE, write.apply(item), null);
    } catch (NotReturnedException e) {
      return new Outcome<>(State.DONE, known.apply(e), e);
    } catch (TurntableException e) {
      return e.kind() == ErrorKind.OUTCOME_UNKNOWN
          ? new Outcome<>(State.UNKNOWN, null, ended(e))
          : new Outcome<>(State.FAILED, null, e);
    } catch (RuntimeException | Error e) {
      return new Outcome<>(
          State.UNKNOWN,
          null,
          new TurntableException(ErrorKind.INTERNAL, "defect in Turntable while writing: " + e, e));
    }
  }

  /**
   * Where the statement ended while the write was under way, that is why it is unknown. It stays
   * unknown all the same: clients run again what was cut short by a time-out.
   */
  private TurntableException ended(TurntableException unknown) {
    try {
      scope.ensureOpen();
      return unknown;
    } catch (TurntableException end) {
      return new TurntableException(
          ErrorKind.OUTCOME_UNKNOWN,
          end.getMessage() + "; " + unknown.getMessage() + ", and may go on",
          unknown);
    }
  }
}
