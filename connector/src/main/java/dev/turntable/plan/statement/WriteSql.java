package dev.turntable.plan.statement;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.RowCursor;
import dev.turntable.plan.scan.SourceTable;
import dev.turntable.plan.type.Parameter;
import dev.turntable.source.Column;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that writes: it has an update count and no rows. */
interface WriteSql extends PlannedSql {
  @Override
  default Kind kind() {
    return Kind.UPDATE;
  }

  /** Returns the table that it writes to. */
  SourceTable table();

  @Override
  default List<String> targetColumns() {
    return table().definition().columns().stream().map(Column::name).toList();
  }

  @Override
  default List<ColumnInfo> columns() {
    return List.of();
  }

  @Override
  default List<ColumnInfo> parameters() {
    return typedParameters().stream().map(Parameter::info).toList();
  }

  @Override
  default RowCursor query(
      List<? extends @Nullable Object> parameters, long maxRows, StatementScope scope) {
    throw new TurntableException(
        ErrorKind.INVALID_STATEMENT, "the statement returns an update count, not rows");
  }
}
