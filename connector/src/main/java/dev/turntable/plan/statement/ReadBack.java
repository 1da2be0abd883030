package dev.turntable.plan.statement;

import dev.turntable.plan.scan.SourceTable;
import dev.turntable.plan.syntax.SqlText;
import dev.turntable.plan.type.Parameters;
import dev.turntable.run.Execution;
import dev.turntable.run.InternalForm;
import dev.turntable.run.Operator;
import dev.turntable.source.Column;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a row that was just written by its generated keys, where the table cannot tell of itself what
 * it wrote.
 *
 * @param query selects the columns by the keys, which are its parameters
 * @param columns those that it selects
 */
record ReadBack(QuerySql query, List<Column<?>> columns) {

  /**
   * Plans the reading.
   *
   * @param keys the generated keys
   * @param columns what is wanted beside them
   */
  static ReadBack plan(
      SourceTable table, List<String> keys, List<Column<?>> columns, QueryPlanner planner) {
    String sql =
        "SELECT "
            + columns.stream().map(c -> quoted(c.name())).collect(Collectors.joining(", "))
            + " FROM "
            + quoted(table.schema())
            + "."
            + quoted(table.definition().name())
            + " WHERE "
            + keys.stream().map(k -> quoted(k) + " = ?").collect(Collectors.joining(" AND "));
    return new ReadBack(
        planner.query(SqlText.parse(SqlStatement.of(sql), table.schema()), table.schema()),
        List.copyOf(columns));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * Returns the columns of a row by their names, as a source gives them.
   *
   * @throws TurntableException if there is not exactly one such row
   */
  Map<String, @Nullable Object> read(
      SourceTable table, List<? extends @Nullable Object> keys, StatementScope scope) {
    Execution execution = Parameters.execution(query.typedParameters(), keys, 0, scope);
    try (Operator rows = query.open(execution)) {
      @Nullable Object[] row = rows.next();
      if (row == null) {
        throw new TurntableException(ErrorKind.BAD_ANSWER, table + " does not show the row");
      }
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        Object value = row[i];
        values.put(
            columns.get(i).name(),
            value == null ? null : InternalForm.toSource(columns.get(i).type(), value));
      }
      return values;
    }
  }
}
