package dev.turntable.source;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How rows are inserted into a table. A row is written at most once; an ambiguous failure is never
 * answered by sending it again.
 */
public interface Inserter {

  /**
   * One row to insert.
   *
   * @param values by column name; a column that the statement does not name, or names with null,
   *     has no entry
   * @param keysWanted whether the statement asked for generated keys
   * @param madeKey the key made for it by {@link #keyed}, or null
   */
  record Row(Map<String, Object> values, boolean keysWanted, @Nullable String madeKey) {
    public Row {
      values = Map.copyOf(values);
    }

    public Row(Map<String, Object> values, boolean keysWanted) {
      this(values, keysWanted, null);
    }

    /** Returns the same under that key. */
    public Row withMadeKey(String key) {
      return new Row(values, keysWanted, key);
    }

    /** Returns the value of a column, or null if none was given. */
    public @Nullable Object value(String column) {
      return values.get(column);
    }
  }

  /** Returns the columns of the generated keys. */
  List<String> generatedKeys();

  /**
   * Returns columns that INSERT may name though the table does not list them, to be refused by a reason
   * of the table's own. None unless overridden.
   */
  default List<Column<?>> unlistedColumns() {
    return List.of();
  }

  /**
   * Checks all rows of a statement before the first request of the statement's writes.
   *
   * @throws TurntableException if a row cannot be written
   */
  void check(List<Row> rows, StatementScope scope);

  /** Returns what inserting these rows sends. */
  List<RequestEstimate> estimate(List<Row> rows);

  /**
   * Returns what a row must be written in the order of: rows with equal lanes are written one after
   * the other, in their order. Null if the order does not matter.
   */
  default @Nullable Object lane(Row row) {
    return null;
  }

  /**
   * Returns a row with the key that it is to have, where this makes one: it can then be noted before
   * anything is sent. The same row where the service makes keys.
   */
  default Row keyed(Row row) {
    return row;
  }

  /** Returns by what a row is known again, or null if by its key or not at all. */
  default @Nullable WriteTrace trace(Row row) {
    return null;
  }

  /**
   * Returns a content as {@link WriteTrace#content} has it, so that equal ones are equal texts.
   *
   * @param read as its column shows it
   */
  default String traceContent(String read) {
    return read;
  }

  /**
   * Writes one row and returns the values of {@link #generatedKeys()}, null where not known.
   *
   * @throws TurntableException if the row was not written, or, as {@link
   *     ErrorKind#OUTCOME_UNKNOWN}, if that cannot be known
   */
  List<@Nullable Object> insert(Row row, StatementScope scope);
}
