package dev.turntable.plan.catalog;

import dev.turntable.plan.type.Names;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tables of a schema by name; a lazy one loads them when first asked. */
public final class SchemaTables {
  private final SourceSchema schema;
  private final Supplier<StatementScope> scopes;
  private final Semaphore loading = new Semaphore(1);
  private volatile @Nullable Map<String, TableDef<?>> tables;

  /**
   * @param schema the schema
   * @param scopes opens a scope for what loading the tables sends
   */
  SchemaTables(SourceSchema schema, Supplier<StatementScope> scopes) {
    this.schema = schema;
    this.scopes = scopes;
  }

  public SourceSchema source() {
    return schema;
  }

  StatementScope newScope() {
    return scopes.get();
  }

  /** Returns a table by its name, without the others if it is declared alone; null if there is none. */
  public @Nullable TableDef<?> find(String name) {
    Function<String, @Nullable TableDef<?>> finder = schema.finder();
    TableDef<?> alone = finder == null ? null : finder.apply(name);
    return alone == null ? Names.find(definitions(), name) : alone;
  }

  /** Returns whether the tables are there without a request. */
  boolean isKnown() {
    return tables != null || !schema.lazy();
  }

  /**
   * Returns the tables in their order. Loads once; a failure is not kept, so that the next statement
   * asks again.
   */
  public Map<String, TableDef<?>> definitions() {
    Map<String, TableDef<?>> known = tables;
    if (known != null) {
      return known;
    }
    try (StatementScope scope = scopes.get()) {
      scope.acquire(
          loading, () -> "the tables of " + schema.name() + ", which another statement loads");
      try {
        known = tables;
        if (known == null) {
          known = load(scope);
          tables = known;
        }
        return known;
      } finally {
        loading.release();
      }
    }
  }

  private Map<String, TableDef<?>> load(StatementScope scope) {
    Map<String, TableDef<?>> result = new LinkedHashMap<>();
    for (TableDef<?> definition : schema.loader().apply(scope)) {
      result.put(definition.name(), definition);
    }
    return Collections.unmodifiableMap(result);
  }
}
