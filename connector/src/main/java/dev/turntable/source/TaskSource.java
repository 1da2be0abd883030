package dev.turntable.source;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An opened service of one connection. Safe for use by several threads. */
public interface TaskSource extends AutoCloseable {
  /** Returns the schemas; the first is named as the source. Sends nothing. */
  List<SourceSchema> schemas();

  /** Returns the tasks that the connection knows of where the service lists none. Sends nothing. */
  default List<KnownTask> knownTasks() {
    return List.of();
  }

  /**
   * Returns whose rows the source reads, or null if all its properties together tell. May send what is
   * needed to find out.
   */
  default @Nullable Account account(StatementScope scope) {
    return knownAccount();
  }

  /** As {@link #account}, without sending anything; null also if it is not known yet. */
  default @Nullable Account knownAccount() {
    return null;
  }

  /**
   * Returns whether every record has the values of all columns, whatever columns were asked for. If not,
   * only what was read for all columns is kept beyond the connection.
   */
  default boolean readsWholeRecords() {
    return false;
  }

  /**
   * Returns whether a row can hardly change any more.
   *
   * @param table the qualified name of its table
   * @param row gives the value of a column, as {@link Column#reader()} does
   */
  default boolean isFinal(String table, Function<String, @Nullable Object> row) {
    return false;
  }

  /** Returns the columns that tell how many rows other tables have. Sends nothing. */
  default List<RowCount> rowCounts() {
    return List.of();
  }

  /**
   * Asks the service whether the connection is usable, by one cheap read. Any answer but a refusal of
   * the key is a yes.
   */
  boolean isValid(StatementScope scope);

  /** Frees what the source holds. Requests under way fail. */
  @Override
  void close();
}
