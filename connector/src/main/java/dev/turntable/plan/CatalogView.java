package dev.turntable.plan;

import dev.turntable.engine.Catalog;
import dev.turntable.source.TableDef;
import java.util.List;

/** The catalog as metadata shows it. */
final class CatalogView implements Catalog {
  private final SourceSet sources;

  CatalogView(SourceSet sources) {
    this.sources = sources;
  }

  @Override
  public List<String> schemas() {
    return List.copyOf(sources.schemas().keySet());
  }

  @Override
  public boolean isLazy(String schema) {
    SourceCatalogSchema found = sources.schemas().get(schema);
    return found != null && found.source().lazy();
  }

  @Override
  public List<TableInfo> tables(String schema) {
    WarmUp.await(); // the types of the columns are Calcite's
    SourceCatalogSchema found = sources.schemas().get(schema);
    return found == null
        ? List.of()
        : found.definitions().stream().map(table -> describe(schema, table)).toList();
  }

  private static TableInfo describe(String schema, TableDef<?> table) {
    return new TableInfo(
        schema,
        table.name(),
        table.remarks(),
        table.columns().stream()
            .map(
                column ->
                    new CatalogColumn(
                        Types.describe(schema, table, column),
                        column.remarks(),
                        column.use().insertable()))
            .toList(),
        table.primaryKey(),
        table.foreignKeys(),
        schema.equals(SystemTables.SCHEMA));
  }
}
