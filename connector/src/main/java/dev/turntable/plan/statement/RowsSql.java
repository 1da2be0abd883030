package dev.turntable.plan.statement;

import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.UpdateResult;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that reads: it has rows and no update count. */
public interface RowsSql extends PreparedSql {
  @Override
  default Kind kind() {
    return Kind.QUERY;
  }

  @Override
  default UpdateResult update(
      List<? extends List<? extends @Nullable Object>> parameterSets,
      boolean keysWanted,
      StatementScope scope) {
    throw new TurntableException(
        ErrorKind.INVALID_STATEMENT, "the statement returns rows, not an update count");
  }
}
