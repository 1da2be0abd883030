package dev.turntable.plan.type;

import dev.turntable.source.StatementScope;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The statement that is planned in this thread: Calcite calls us back with none at hand. */
public final class PlannedStatement {
  private static final ThreadLocal<StatementScope> CURRENT = new ThreadLocal<>();

  private PlannedStatement() {}

  /** Returns the statement that is planned in this thread, or null if none is. */
  public static @Nullable StatementScope current() {
    return CURRENT.get();
  }

  /**
   * Looks whether to go on with what is planned in this thread; cheap enough for every step.
   *
   * @throws dev.turntable.source.TurntableException if the statement was cancelled or ran out of time
   */
  public static void check() {
    StatementScope statement = CURRENT.get();
    if (statement != null) {
      statement.check();
    }
  }

  /** Runs the planning of a statement in this thread. */
  public static <V> V planning(StatementScope statement, Supplier<V> action) {
    CURRENT.set(statement);
    try {
      return action.get();
    } finally {
      CURRENT.remove();
    }
  }

  /**
   * Runs the planning of a statement in a thread of ours. The calling one leaves it when the statement
   * ends: Calcite looks for that in few places, and Java's compiler in none.
   */
  public static <V> V planningElsewhere(StatementScope statement, Supplier<V> action) {
    return statement.elsewhere(() -> planning(statement, action));
  }
}
