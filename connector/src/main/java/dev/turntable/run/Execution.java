package dev.turntable.run;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan: parameters, the fixed time, correlated values, what is kept. Used by the
 * thread that pulls rows.
 */
public final class Execution {
  private static final int MAX_COLUMNS = 1000;

  /** The input of expressions that read no row. */
  public static final @Nullable Object[] NO_ROW = {};

  private final StatementScope scope;
  private final List<@Nullable Object> parameters;
  private final long nowMillis;

  /** What a correlation variable stands for while planning: as many fields as it may have. */
  private static final @Nullable Object[] UNKNOWN_ROW = unknownRow();

  private final Map<String, OuterRow> outerRows = new HashMap<>();
  private final IdentityHashMap<RowNode, NodeState> kept = new IdentityHashMap<>();
  private final IdentityHashMap<RowNode, Operator> supplied = new IdentityHashMap<>();
  private final Map<Integer, List<Object>> boundKeys = new HashMap<>();
  private final long maxRows;
  private final KnownRows knownRows;
  private CachedLists lists;
  private StatementScope watched;
  private boolean limited;
  private boolean estimating;

  /**
   * @param scope the statement
   * @param parameters values in internal form, already of their parameter's type
   * @param now what CURRENT_TIMESTAMP and the like return
   * @param maxRows how many rows the caller will take at most; 0 means all
   */
  public Execution(
      StatementScope scope,
      List<? extends @Nullable Object> parameters,
      Instant now,
      long maxRows) {
    this(scope, Collections.unmodifiableList(new ArrayList<>(parameters)), maxRows, now);
  }

  /**
   * @param parameters of which no copy is made
   */
  private Execution(
      StatementScope scope, List<@Nullable Object> parameters, long maxRows, Instant now) {
    this.scope = scope;
    this.watched = scope;
    this.maxRows = maxRows;
    this.knownRows = new KnownRows(scope);
    this.lists = new CachedLists(scope, Map.of());
    this.parameters = parameters;
    this.nowMillis = now.toEpochMilli();
  }

  /** An execution whose caller takes all rows. */
  public Execution(StatementScope scope, List<? extends @Nullable Object> parameters, Instant now) {
    this(scope, parameters, now, 0);
  }

  /**
   * An execution that stands for one while planning: its parameters and keys stand for values that are
   * not known yet.
   *
   * @param parameters never changed, and not copied: planning makes an execution for every estimate
   */
  public static Execution estimating(
      StatementScope scope, List<@Nullable Object> parameters, Instant now) {
    Execution execution = new Execution(scope, parameters, 0, now);
    execution.estimating = true;
    return execution;
  }

  public StatementScope scope() {
    return scope;
  }

  /**
   * Looks whether to go on; cheap enough for every step of a loop.
   *
   * @throws TurntableException if the statement, or the one that this stands for while planning, was
   *     cancelled or ran out of time
   */
  public void check() {
    watched.check();
  }

  /** Runs what cannot look itself whether to go on in a thread that this one leaves at the end. */
  public <V> V elsewhere(Supplier<V> work) {
    return watched.elsewhere(work);
  }

  /** Lets {@link #check} look at another statement: the one that is planned. */
  public void watch(StatementScope statement) {
    watched = statement;
  }

  /** Returns what tells of tables that are not read whole. */
  KnownRows knownRows() {
    return knownRows;
  }

  public @Nullable Object parameter(int index) {
    return parameters.get(index);
  }

  /** Returns the values of all parameters, in internal form. */
  public List<@Nullable Object> parameters() {
    return parameters;
  }

  public long nowMillis() {
    return nowMillis;
  }

  /** Returns how many rows the caller will take at most; 0 means all. */
  public long maxRows() {
    return maxRows;
  }

  /** Returns whether parameters and keys stand for values that are not known yet. */
  boolean isReckoning() {
    return estimating;
  }

  /** Returns whether an expression that reads no row is true; not so as long as it is not known. */
  boolean isTrue(Scalar expression) {
    return !estimating && Boolean.TRUE.equals(expression.eval(NO_ROW, this));
  }

  /** Returns whether an expression that reads no row is known not to be true. */
  boolean isNotTrue(Scalar expression) {
    return !estimating && !isTrue(expression);
  }

  /**
   * Tells which tables are read more than once.
   *
   * @param columns the positions of the columns that are wanted of them, by their qualified names
   */
  public void expectAgain(Map<String, Set<Integer>> columns) {
    lists = new CachedLists(scope, columns);
  }

  /** Returns the lists that were read and are read again. */
  CachedLists lists() {
    return lists;
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

  /** Returns what a correlation variable, such as {@code $cor0}, stands for. */
  OuterRow outerRow(String variable) {
    return outerRows.computeIfAbsent(variable, name -> new OuterRow());
  }

  /** Sets the values that a correlation variable stands for. */
  public void correlate(String variable, @Nullable Object[] values) {
    outerRow(variable).set(values);
  }

  public @Nullable Object[] correlated(String variable) {
    @Nullable Object @Nullable [] values = outerRow(variable).values();
    if (values != null) {
      return values;
    }
    if (estimating) {
      return UNKNOWN_ROW;
    }
    throw new TurntableException(ErrorKind.INTERNAL, "unbound correlation " + variable);
  }

  private static @Nullable Object[] unknownRow() {
    @Nullable Object[] row = new Object[MAX_COLUMNS];
    java.util.Arrays.fill(row, "?outer");
    return row;
  }

  /** Gives the rows that a node will open, which come from elsewhere. */
  public void supply(RowNode node, Operator rows) {
    supplied.put(node, rows);
  }

  /** Returns the rows given for a node. */
  public Operator supplied(RowNode node) {
    return java.util.Objects.requireNonNull(supplied.remove(node), "rows from elsewhere");
  }

  /** Returns what a node keeps from one opening to the next. */
  <K extends NodeState> K kept(RowNode node, Supplier<K> first) {
    @SuppressWarnings("unchecked") // a node keeps things of one class
    K known = (K) kept.computeIfAbsent(node, any -> first.get());
    return known;
  }

  /** Gives up what a node keeps. */
  void giveUp(RowNode node) {
    NodeState known = kept.remove(node);
    if (known != null) {
      known.close();
    }
  }
}
