package dev.turntable.plan;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another database that holds the same tables and says what is right. */
interface Judge extends AutoCloseable {
  String name();

  /** Which text of a statement it reads. */
  TwoSql.Reader reader();

  void load(RandomSources.Table table, List<List<@Nullable Object>> rows) throws SQLException;

  /**
   * Runs a query.
   *
   * @throws SQLException if the judge cannot
   */
  List<List<@Nullable Object>> rows(String sql) throws SQLException;

  /** Whether the failure says that the judge lacks something, not that the statement is wrong. */
  boolean cannot(SQLException failure);

  @Override
  void close() throws SQLException;
}
