package dev.turntable.run;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan: parameters, the fixed time, correlated values, the row budget. Used by the
 * thread that pulls rows.
 */
public final class Execution {
  /** How many rows the operators of one statement may hold in memory at the same time. */
  static final long MAX_HELD_ROWS = 5_000_000;

  private final StatementScope scope;
  private final List<@Nullable Object> parameters;
  private final long nowMillis;
  private final Map<String, @Nullable Object[]> correlated = new ConcurrentHashMap<>();
  private long heldRows;

  /**
   * @param scope the statement
   * @param parameters values in internal form, already of their parameter's type
   * @param now what CURRENT_TIMESTAMP and its kin return
   */
  public Execution(StatementScope scope, List<? extends @Nullable Object> parameters, Instant now) {
    this.scope = scope;
    this.parameters = new ArrayList<>(parameters);
    this.nowMillis = now.toEpochMilli();
  }

  public StatementScope scope() {
    return scope;
  }

  public @Nullable Object parameter(int index) {
    return parameters.get(index);
  }

  public long nowMillis() {
    return nowMillis;
  }

  /** Sets the row that a correlation variable, such as {@code $cor0}, stands for. */
  public void correlate(String variable, @Nullable Object[] row) {
    correlated.put(variable, row);
  }

  public @Nullable Object[] correlated(String variable) {
    Object[] row = correlated.get(variable);
    if (row == null) {
      throw new TurntableException(ErrorKind.INTERNAL, "unbound correlation " + variable);
    }
    return row;
  }

  /**
   * Counts rows that an operator keeps.
   *
   * @throws TurntableException as {@link ErrorKind#TOO_LARGE} if the statement keeps too many
   */
  public void hold(long rows) {
    heldRows += rows;
    if (heldRows > MAX_HELD_ROWS) {
      throw new TurntableException(
          ErrorKind.TOO_LARGE,
          "the statement would keep more than "
              + MAX_HELD_ROWS
              + " rows in memory; filter or limit its inputs");
    }
  }

  /** Counts rows that an operator no longer keeps. */
  public void release(long rows) {
    heldRows -= rows;
  }
}
