package dev.turntable.plan.statement;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.RowCursor;
import dev.turntable.engine.UpdateResult;
import dev.turntable.plan.scan.SourceTable;
import dev.turntable.plan.type.Parameter;
import dev.turntable.source.Column;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that writes: it has an update count, and rows only with RETURNING. */
interface WriteSql extends PlannedSql {
  @Override
  default Kind kind() {
    return returning() == null ? Kind.UPDATE : Kind.RETURNING;
  }

  /** Returns what it returns of the rows it writes, or null if nothing. */
  @Nullable ReturningColumns returning();

  /** Returns the table that it writes to. */
  SourceTable table();

  @Override
  default List<String> targetColumns() {
    return table().definition().columns().stream().map(Column::name).toList();
  }

  @Override
  default List<ColumnInfo> columns() {
    ReturningColumns returning = returning();
    return returning == null ? List.of() : returning.infos();
  }

  @Override
  default List<ColumnInfo> parameters() {
    return typedParameters().stream().map(Parameter::info).toList();
  }

  /** Returns the names of the columns that are returned, for EXPLAIN; empty if none are. */
  default List<String> returnedNames() {
    ReturningColumns returning = returning();
    return returning == null ? List.of() : returning.columns().stream().map(Column::name).toList();
  }

  /** Checks the rows of all sets of parameters, and returns what writes them. */
  RowWrites<?> writes(
      List<? extends List<? extends @Nullable Object>> parameterSets,
      boolean keysWanted,
      StatementScope scope);

  @Override
  default UpdateResult update(
      List<? extends List<? extends @Nullable Object>> parameterSets,
      boolean keysWanted,
      StatementScope scope) {
    return writes(parameterSets, keysWanted, scope).run();
  }

  @Override
  default RowCursor query(
      List<? extends @Nullable Object> parameters, long maxRows, StatementScope scope) {
    if (returning() != null) {
      return WrittenRows.start(writes(List.of(parameters), true, scope), maxRows, scope);
    }
    throw new TurntableException(
        ErrorKind.INVALID_STATEMENT, "the statement returns an update count, not rows");
  }
}
