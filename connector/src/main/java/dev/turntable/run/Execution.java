package dev.turntable.run;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan: parameters, the fixed time, correlated values, the row budget. Used by the
 * thread that pulls rows.
 */
public final class Execution {
  /** How many rows the operators of one statement may hold in memory at the same time. */
  static final long MAX_HELD_ROWS = 5_000_000;

  /** The input of expressions that read no row. */
  public static final @Nullable Object[] NO_ROW = {};

  private final StatementScope scope;
  private final List<@Nullable Object> parameters;
  private final long nowMillis;
  private final Map<String, @Nullable Object[]> correlated = new HashMap<>();
  private final Map<Integer, List<Object>> boundKeys = new HashMap<>();
  private final long maxRows;
  private boolean limited;
  private boolean reckoning;
  private long heldRows;

  /**
   * @param scope the statement
   * @param parameters values in internal form, already of their parameter's type
   * @param now what CURRENT_TIMESTAMP and its kin return
   * @param maxRows how many rows the caller will take at most; 0 means all
   */
  public Execution(
      StatementScope scope,
      List<? extends @Nullable Object> parameters,
      Instant now,
      long maxRows) {
    this.scope = scope;
    this.maxRows = maxRows;
    this.parameters = new ArrayList<>(parameters);
    this.nowMillis = now.toEpochMilli();
  }

  /** An execution whose caller takes all rows. */
  public Execution(StatementScope scope, List<? extends @Nullable Object> parameters, Instant now) {
    this(scope, parameters, now, 0);
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

  /** Returns how many rows the caller will take at most; 0 means all. */
  public long maxRows() {
    return maxRows;
  }

  /** Tells that parameters and keys stand for values that are not known yet. */
  public void reckon() {
    reckoning = true;
  }

  /** Returns whether an expression that reads no row is true; not so as long as it is not known. */
  boolean isTrue(Scalar expression) {
    return !reckoning && Boolean.TRUE.equals(expression.eval(NO_ROW, this));
  }

  /** Returns whether an expression that reads no row is known not to be true. */
  boolean isNotTrue(Scalar expression) {
    return !reckoning && !isTrue(expression);
  }

  /** Tells that a limit in the statement may end the reading of any table. */
  public void expectLimit() {
    limited = true;
  }

  /** Returns whether whatever is begun is read to its end, as far as can be known. */
  boolean readsAll() {
    return !limited && !stopsEarly();
  }

  /** Returns whether the caller may stop before the last row. */
  boolean stopsEarly() {
    return maxRows > 0;
  }

  /**
   * Binds the columns of a slot to the keys of the other side of a join, or unbinds them.
   *
   * @param keys distinct non-null values in internal form, or null
   */
  public void bindKeys(int slot, @Nullable List<Object> keys) {
    if (keys == null) {
      boundKeys.remove(slot);
    } else {
      boundKeys.put(slot, keys);
    }
  }

  /** Returns the keys bound to a slot, or null if it is not bound. */
  @Nullable List<Object> boundKeys(int slot) {
    return boundKeys.get(slot);
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
