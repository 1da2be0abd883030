package dev.turntable.plan.statement;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.RowCursor;
import dev.turntable.plan.type.Parameters;
import dev.turntable.plan.type.SqlTypeFactory;
import dev.turntable.plan.type.Types;
import dev.turntable.run.Execution;
import dev.turntable.source.FileContents;
import dev.turntable.source.StatementScope;
import java.util.Iterator;
import java.util.List;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * EXPLAIN: one column {@code plan}, one row per line. Sends nothing.
 *
 * @param explained the statement to explain
 * @param store whether what a store would be asked is told, and nothing else
 */
record ExplainSql(PlannedSql explained, boolean store) implements RowsSql {
  @Override
  public List<ColumnInfo> columns() {
    return List.of(
        Types.info("plan", null, SqlTypeFactory.INSTANCE.createSqlType(SqlTypeName.VARCHAR)));
  }

  @Override
  public List<ColumnInfo> parameters() {
    return explained.parameters();
  }

  @Override
  public RowCursor query(
      List<? extends @Nullable Object> parameters, long maxRows, StatementScope scope) {
    PlannedSql typed = explained.with(parameters, scope);
    Execution execution = Parameters.execution(typed.typedParameters(), parameters, maxRows, scope);
    List<String> lines = store ? typed.explainStore(execution) : typed.explain(execution);
    return new Lines(
        lines.stream()
            .map(scope.connection().secrets()::mask)
            .map(FileContents::hidden)
            .iterator());
  }

  private static final class Lines implements RowCursor {
    private final Iterator<String> lines;
    private @Nullable String line;

    Lines(Iterator<String> lines) {
      this.lines = lines;
    }

    @Override
    public boolean next() {
      line = lines.hasNext() ? lines.next() : null;
      return line != null;
    }

    @Override
    public @Nullable Object value(int column) {
      return line;
    }

    @Override
    public void close() {}
  }
}
