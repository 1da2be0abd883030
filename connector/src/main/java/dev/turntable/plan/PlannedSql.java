package dev.turntable.plan;

import dev.turntable.engine.PreparedSql;
import dev.turntable.run.Execution;
import java.util.List;

/** A statement that can tell what it will do. */
interface PlannedSql extends PreparedSql {
  /** Returns the lines of EXPLAIN. Sends nothing. */
  List<String> explain(Execution execution);

  /** Returns the parameters with their types. */
  List<Parameter> typedParameters();
}
