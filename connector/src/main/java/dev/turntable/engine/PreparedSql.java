package dev.turntable.engine;

import dev.turntable.source.StatementScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that is ready to run, any number of times, by several threads at once. */
public interface PreparedSql {
  /** A tree of the planner and what runs it, of a short text and of each further character. */
  int TREE = 16 << 10;

  /** See {@link #TREE}. */
  int TREE_PER_CHARACTER = 24;

  /** What executing it gives. */
  enum Kind {
    /** Rows. */
    QUERY,
    /** An update count. */
    UPDATE,
    /** An update count, and columns of the rows that were written: it has RETURNING. */
    RETURNING,
    /** Neither: COMMIT and the like, which are accepted and do nothing, and USE. */
    NOTHING
  }

  Kind kind();

  /**
   * Returns about how many bytes it takes in memory.
   *
   * @param sql its text
   */
  default long size(String sql) {
    return TREE + (long) TREE_PER_CHARACTER * sql.length();
  }

  /** Returns the schema that unqualified names are to mean from now on, or null if that stays. */
  default @Nullable String schemaToUse() {
    return null;
  }

  /** Returns whether it is no error if there is no such schema: a warning is enough. */
  default boolean mayLackSchema() {
    return false;
  }

  /** Returns the names of the columns of the table that it writes to; empty if it writes to none. */
  default List<String> targetColumns() {
    return List.of();
  }

  /**
   * Returns the statement that gives these columns of the rows that it writes, as generated keys. One
   * that does not write, or says itself what it returns, stays as it is.
   *
   * @param columns names of columns of the table that it writes to, in any case
   */
  default PreparedSql returning(List<String> columns) {
    return this;
  }

  /** Returns the columns of the rows; empty unless it is a query or has RETURNING. */
  List<ColumnInfo> columns();

  /** Returns the parameters in order. */
  List<ColumnInfo> parameters();

  /**
   * Returns the statement for values such as these. Where its text does not tell the type of a
   * parameter, the value does; columns and parameters are then of other types.
   *
   * @param parameters as for {@link #query}
   */
  default PreparedSql with(List<? extends @Nullable Object> parameters, StatementScope scope) {
    return this;
  }

  /**
   * Runs a query. The first rows may be fetched before this returns. A statement with RETURNING gives
   * the rows that it writes, in their order, each as soon as it is written; it writes on whether or
   * not they are read, and closing the cursor waits until it has.
   *
   * @param parameters one value per parameter: null, or any of the Java types that JDBC maps to SQL
   *     types, {@code java.time} included; converted to the type of the parameter
   * @param maxRows at most so many rows; 0 means all
   */
  RowCursor query(List<? extends @Nullable Object> parameters, long maxRows, StatementScope scope);

  /**
   * Runs an INSERT or DELETE, once per set of parameters, as one write of many rows. The generated
   * keys of one with RETURNING are what it returns.
   *
   * @param parameterSets one list per execution; one empty list for a statement without parameters
   * @param keysWanted whether generated keys are asked for
   * @throws WriteFailedException if a row failed, or its outcome is unknown, after a write began
   */
  UpdateResult update(
      List<? extends List<? extends @Nullable Object>> parameterSets,
      boolean keysWanted,
      StatementScope scope);
}
