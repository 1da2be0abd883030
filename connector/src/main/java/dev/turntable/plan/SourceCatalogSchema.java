package dev.turntable.plan;

import com.google.common.collect.ImmutableMap;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.jspecify.annotations.Nullable;

/** A schema of a source as Calcite sees it; a lazy one loads its tables when first asked. */
final class SourceCatalogSchema extends AbstractSchema {
  private final SourceSchema schema;
  private final Supplier<StatementScope> scopes;
  private final Semaphore loading = new Semaphore(1);
  private volatile @Nullable ImmutableMap<String, Table> tables;

  /**
   * @param schema the schema
   * @param scopes opens a scope for what loading the tables sends
   */
  SourceCatalogSchema(SourceSchema schema, Supplier<StatementScope> scopes) {
    this.schema = schema;
    this.scopes = scopes;
  }

  SourceSchema source() {
    return schema;
  }

  /** Loads once; a failure is not kept, so that the next statement asks again. */
  private ImmutableMap<String, Table> loaded() {
    ImmutableMap<String, Table> known = tables;
    if (known != null) {
      return known;
    }
    try (StatementScope scope = scopes.get()) {
      scope.acquire(loading);
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

  private ImmutableMap<String, Table> load(StatementScope scope) {
    Map<String, Table> result = new LinkedHashMap<>();
    for (TableDef<?> definition : schema.loader().apply(scope)) {
      result.put(definition.name(), new SourceTable(schema.name(), definition, scopes));
    }
    return ImmutableMap.copyOf(result);
  }

  List<TableDef<?>> definitions() {
    return loaded().values().stream()
        .<TableDef<?>>map(table -> ((SourceTable) table).definition())
        .toList();
  }

  @Override
  protected Map<String, Table> getTableMap() {
    return loaded();
  }
}
