package dev.turntable.source;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database on this machine that has rows of tables, and computes what they say itself. */
public interface KeptDatabase {
  /**
   * Runs a query in the transaction of the statement.
   *
   * @param sql names each relation, whose columns are those that were asked for: times as the
   *     milliseconds since 1970, decimals with six digits behind the point
   * @param relations by name, the rows of each, without a row twice
   * @param types what each column of the result is read as; none of them TIMESTAMP
   * @return the rows, or null if a value cannot be computed there, for whatever reason
   * @throws TurntableException if the database cannot be used, or the statement has ended
   */
  @Nullable Rows query(String sql, Map<String, List<KeptRows>> relations, List<ColumnType> types);

  /** The rows of a result, in order. */
  interface Rows extends AutoCloseable {
    /** Returns the next row, or null at the end. */
    @Nullable Object @Nullable [] next();

    @Override
    void close();
  }
}
