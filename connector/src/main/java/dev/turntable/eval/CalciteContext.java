package dev.turntable.eval;

import dev.turntable.run.Execution;
import java.util.Locale;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/** What Calcite's generated code may ask for while it computes one expression on one row. */
final class CalciteContext implements DataContext {
  private final @Nullable Object[] row;
  private final Execution execution;

  CalciteContext(@Nullable Object[] row, Execution execution) {
    this.row = row;
    this.execution = execution;
  }

  @Override
  public @Nullable SchemaPlus getRootSchema() {
    return null;
  }

  @Override
  public JavaTypeFactory getTypeFactory() {
    return new JavaTypeFactoryImpl();
  }

  @Override
  public QueryProvider getQueryProvider() {
    throw new UnsupportedOperationException("an expression runs no query");
  }

  @Override
  public @Nullable Object get(String name) {
    return switch (name) {
      case "inputRecord" -> row;
      case "utcTimestamp", "currentTimestamp", "localTimestamp", "sysTimestamp" ->
          execution.nowMillis();
      case "timeZone" -> DateTimeUtils.UTC_ZONE;
      case "locale" -> Locale.ROOT;
      case "user", "systemUser" -> "turntable";
      default -> null;
    };
  }
}
