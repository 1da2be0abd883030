package dev.turntable.plan.statement;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.engine.UpdateResult;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * COMMIT and the like, which tools send although every statement is its own transaction here, and USE.
 *
 * @param schemaToUse the schema of unqualified names from now on, or null if it stays
 * @param mayLackSchema whether a schema that does not exist changes nothing
 */
record NoOpSql(@Nullable String schemaToUse, boolean mayLackSchema) implements PreparedSql {
  @Override
  public Kind kind() {
    return Kind.NOTHING;
  }

  @Override
  public List<ColumnInfo> columns() {
    return List.of();
  }

  @Override
  public List<ColumnInfo> parameters() {
    return List.of();
  }

  @Override
  public RowCursor query(
      List<? extends @Nullable Object> parameters, long maxRows, StatementScope scope) {
    throw new TurntableException(ErrorKind.INVALID_STATEMENT, "the statement returns no rows");
  }

  @Override
  public UpdateResult update(
      List<? extends List<? extends @Nullable Object>> parameterSets,
      boolean keysWanted,
      StatementScope scope) {
    return new UpdateResult(parameterSets.stream().map(set -> 0L).toList(), List.of(), List.of());
  }
}
