package dev.turntable.plan.generated;

import dev.turntable.plan.type.SqlTypeFactory;
import dev.turntable.run.Execution;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * What generated code sees of an execution.
 *
 * @param execution the execution
 * @param stash objects that the code refers to by name
 * @param own where the code keeps the rows so far of a recursive query
 */
record ExecutionContext(Execution execution, Map<String, Object> stash, SchemaPlus own)
    implements DataContext {
  /** The name under which scans find the execution. */
  static final String EXECUTION = "turntable.execution";

  ExecutionContext(Execution execution, Map<String, Object> stash) {
    this(execution, stash, CalciteSchema.createRootSchema(false).plus());
  }

  /** Returns the execution that generated code belongs to. */
  static Execution execution(DataContext context) {
    return (Execution) Objects.requireNonNull(context.get(EXECUTION), EXECUTION);
  }

  @Override
  public SchemaPlus getRootSchema() {
    return own;
  }

  @Override
  public JavaTypeFactory getTypeFactory() {
    return SqlTypeFactory.INSTANCE;
  }

  @Override
  public @Nullable QueryProvider getQueryProvider() {
    return null;
  }

  @Override
  public @Nullable Object get(String name) {
    if (name.equals(EXECUTION)) {
      return execution;
    }
    if (name.startsWith("?") && name.length() > 1 && Character.isDigit(name.charAt(1))) {
      return execution.parameter(Integer.parseInt(name.substring(1)));
    }
    if (name.equals(Variable.UTC_TIMESTAMP.camelName)
        || name.equals(Variable.CURRENT_TIMESTAMP.camelName)
        || name.equals(Variable.LOCAL_TIMESTAMP.camelName)) {
      return execution.nowMillis();
    }
    if (name.equals(Variable.TIME_ZONE.camelName)) {
      return java.util.TimeZone.getTimeZone("UTC");
    }
    if (name.equals(Variable.LOCALE.camelName)) {
      return java.util.Locale.ROOT;
    }
    if (name.equals(Variable.CANCEL_FLAG.camelName)) {
      return null;
    }
    Object value = stash.get(name);
    return value instanceof RecursionTable table ? table.fresh() : value;
  }
}
