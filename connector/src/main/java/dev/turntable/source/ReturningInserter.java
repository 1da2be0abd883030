package dev.turntable.source;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An inserter that tells more of a new row than its generated keys, for {@code RETURNING}: what the
 * answer to the write holds, and what it reads of the rest. Where an {@link Inserter} is none of
 * these, the columns that RETURNING names are read by the generated keys, as a SELECT would.
 */
public interface ReturningInserter extends Inserter {
  /**
   * Returns columns that the table has not and RETURNING knows all the same, since only the answer to
   * the write tells them. None unless overridden.
   */
  default List<Column<?>> answerColumns() {
    return List.of();
  }

  /**
   * Returns what reading the columns of the written rows sends, beyond {@link #estimate(List)}: what
   * the answers to the writes hold is not read.
   *
   * @param columns the names of the columns that are wanted
   */
  List<RequestEstimate> estimateReadings(List<Row> rows, Set<String> columns);

  /**
   * Writes one row and returns the values of the columns that are wanted, each of the Java type of its
   * column, null where the service knows none.
   *
   * @param columns the names of the columns that are wanted, at least one
   * @throws NotReturnedException if the row was written, but not all of the columns could be read
   * @throws TurntableException as of {@link #insert(Row, StatementScope)}
   */
  Map<String, @Nullable Object> insert(Row row, Set<String> columns, StatementScope scope);
}
