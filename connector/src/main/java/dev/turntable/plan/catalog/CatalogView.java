package dev.turntable.plan.catalog;

import dev.turntable.engine.Catalog;
import dev.turntable.plan.type.SourceColumns;
import dev.turntable.source.TableDef;
import java.util.List;
import java.util.Map;

/** The catalog as metadata shows it. */
public final class CatalogView implements Catalog {
  private final Map<String, SchemaTables> schemas;

  public CatalogView(Map<String, SchemaTables> schemas) {
    this.schemas = schemas;
  }

  @Override
  public List<String> schemas() {
    return List.copyOf(schemas.keySet());
  }

  @Override
  public boolean isLazy(String schema) {
    SchemaTables found = schemas.get(schema);
    return found != null && found.source().lazy();
  }

  @Override
  public boolean isKnown(String schema) {
    SchemaTables found = schemas.get(schema);
    return found == null || found.isKnown();
  }

  @Override
  public List<TableInfo> tables(String schema) {
    SchemaTables found = schemas.get(schema);
    return found == null
        ? List.of()
        : found.definitions().values().stream().map(table -> describe(schema, table)).toList();
  }

  private static TableInfo describe(String schema, TableDef<?> table) {
    return new TableInfo(
        schema,
        table.name(),
        table.remarks(),
        table.columns().stream()
            .map(
                column ->
                    new CatalogColumn(SourceColumns.info(schema, table, column), column.remarks()))
            .toList(),
        new Keys(table.primaryKey(), table.foreignKeys()),
        schema.equals(SystemTables.SCHEMA));
  }
}
