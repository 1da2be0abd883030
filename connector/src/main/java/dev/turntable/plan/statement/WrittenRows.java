package dev.turntable.plan.statement;

import dev.turntable.engine.RowCursor;
import dev.turntable.engine.UpdateResult;
import dev.turntable.run.ParallelWrites.Outcome;
import dev.turntable.run.ParallelWrites.State;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a statement with RETURNING writes, in their order, each as soon as it and those before
 * it are written. The writing goes on whether or not rows are taken, and is never left: what failed is
 * told behind the last row that was written.
 */
final class WrittenRows<R> implements RowCursor {
  private final RowWrites<R> writes;
  private final StatementScope scope;
  private final long maxRows;
  private final List<CompletableFuture<Outcome<R>>> outcomes = new ArrayList<>();
  private final CompletableFuture<List<Outcome<R>>> all = new CompletableFuture<>();
  private int at;
  private long returned;
  private @Nullable List<@Nullable Object> row;
  private boolean told;

  private WrittenRows(RowWrites<R> writes, long maxRows, StatementScope scope) {
    this.writes = writes;
    this.maxRows = maxRows;
    this.scope = scope;
    for (int i = 0; i < writes.count(); i++) {
      outcomes.add(new CompletableFuture<>());
    }
  }

  /**
   * Begins to write.
   *
   * @param maxRows at most so many rows are given; all are written
   */
  static <R> WrittenRows<R> start(RowWrites<R> writes, long maxRows, StatementScope scope) {
    WrittenRows<R> rows = new WrittenRows<>(writes, maxRows, scope);
    scope.connection().executor().execute(rows::write);
    return rows;
  }

  private void write() {
    try {
      List<Outcome<R>> done =
          writes.runner().apply((index, outcome) -> outcomes.get(index).complete(outcome));
      for (int i = 0; i < done.size(); i++) {
        outcomes.get(i).complete(done.get(i));
      }
      all.complete(done);
    } catch (RuntimeException | Error e) {
      outcomes.forEach(each -> each.completeExceptionally(e));
      all.completeExceptionally(e);
    }
  }

  @Override
  public boolean next() {
    row = null;
    while (at < outcomes.size() && (maxRows == 0 || returned < maxRows)) {
      Outcome<R> outcome = get(outcomes.get(at++));
      R result = outcome.result();
      List<@Nullable Object> keys =
          outcome.state() == State.DONE && outcome.failure() == null && result != null
              ? writes.keys().apply(result)
              : null;
      if (keys != null) {
        row = keys;
        returned++;
        return true;
      }
    }
    tell();
    return false;
  }

  /** Throws what failed, once: a result that is read on after that has simply ended. */
  private void tell() {
    if (!told) {
      told = true;
      UpdateResult unused = writes.reporter().apply(get(all));
    }
  }

  @Override
  public @Nullable Object value(int column) {
    List<@Nullable Object> current = row;
    if (current == null) {
      scope.ensureOpen(); // closed by another thread, while this one reads the row
      throw new IllegalStateException("no current row");
    }
    return current.get(column);
  }

  /** Waits until all is written. A failure that nobody has read of becomes a warning. */
  @Override
  public void close() {
    row = null;
    at = outcomes.size();
    try {
      tell();
    } catch (TurntableException e) {
      scope.warn(String.valueOf(e.getMessage()));
    }
  }

  /** An interrupt ends the statement, and with it the writes; they are awaited all the same. */
  private <V> V get(CompletableFuture<V> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
          scope.interrupt();
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
