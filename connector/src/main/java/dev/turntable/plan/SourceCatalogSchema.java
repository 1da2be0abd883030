package dev.turntable.plan;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** A schema of a source as Calcite sees it; a lazy one loads its tables when first asked. */
final class SourceCatalogSchema extends AbstractSchema {
  private final SourceSchema schema;
  private final java.util.function.Supplier<StatementScope> scopes;
  private final Supplier<ImmutableMap<String, Table>> tables = Suppliers.memoize(this::load);

  /**
   * @param schema the schema
   * @param scopes opens a scope for what loading the tables sends
   */
  SourceCatalogSchema(
      SourceSchema schema, java.util.function.Supplier<StatementScope> scopes) {
    this.schema = schema;
    this.scopes = scopes;
  }

  SourceSchema source() {
    return schema;
  }

  private ImmutableMap<String, Table> load() {
    List<TableDef<?>> definitions;
    try (StatementScope scope = scopes.get()) {
      definitions = schema.loader().apply(scope);
    }
    Map<String, Table> result = new LinkedHashMap<>();
    for (TableDef<?> definition : definitions) {
      result.put(definition.name(), new SourceTable(schema.name(), definition, scopes));
    }
    return ImmutableMap.copyOf(result);
  }

  List<TableDef<?>> definitions() {
    return tables.get().values().stream()
        .<TableDef<?>>map(table -> ((SourceTable) table).definition())
        .toList();
  }

  @Override
  protected Map<String, Table> getTableMap() {
    return tables.get();
  }
}
