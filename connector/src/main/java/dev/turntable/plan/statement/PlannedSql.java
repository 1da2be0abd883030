package dev.turntable.plan.statement;

import dev.turntable.engine.PreparedSql;
import dev.turntable.plan.type.Parameter;
import dev.turntable.run.Execution;
import dev.turntable.source.StatementScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that can tell what it will do. */
interface PlannedSql extends PreparedSql {
  /** Returns the lines of EXPLAIN. Sends nothing. */
  List<String> explain(Execution execution);

  /** Returns the SQL that a store would be asked, or why it would not be asked for the whole. */
  default List<String> explainStore(Execution execution) {
    return List.of("not for the store: a statement that writes");
  }

  /** Returns the parameters with their types. */
  List<Parameter> typedParameters();

  @Override
  default PlannedSql returning(List<String> columns) {
    return this;
  }

  @Override
  default PlannedSql with(List<? extends @Nullable Object> parameters, StatementScope scope) {
    return this;
  }
}
