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
    return List.copyOf(sources.tables().keySet());
  }

  @Override
  public boolean isLazy(String schema) {
    SchemaTables found = sources.tables().get(schema);
    return found != null && found.source().lazy();
  }

  @Override
  public List<TableInfo> tables(String schema) {
    SchemaTables found = sources.tables().get(schema);
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
                    new CatalogColumn(
                        SourceColumns.info(schema, table, column),
                        column.remarks(),
                        column.use().insertable()))
            .toList(),
        table.primaryKey(),
        table.foreignKeys(),
        schema.equals(SystemTables.SCHEMA));
  }
}
