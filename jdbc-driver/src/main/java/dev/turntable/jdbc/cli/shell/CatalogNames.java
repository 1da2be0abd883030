package dev.turntable.jdbc.cli.shell;

import dev.turntable.engine.Catalog;
import dev.turntable.engine.Catalog.TableInfo;
import dev.turntable.jdbc.meta.MetaSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The names that a connection knows without sending a request. */
final class CatalogNames {
  private final Catalog catalog;
  private final String schema;
  private final List<String> functions;

  private CatalogNames(Catalog catalog, String schema, List<String> functions) {
    this.catalog = catalog;
    this.schema = schema;
    this.functions = functions;
  }

  static CatalogNames of(Connection connection) throws SQLException {
    TreeSet<String> functions = new TreeSet<>(SqlWords.AGGREGATES);
    try (ResultSet rows = connection.getMetaData().getFunctions(null, null, "%")) {
      while (rows.next()) {
        functions.add(String.valueOf(rows.getString("FUNCTION_NAME")));
      }
    }
    return new CatalogNames(
        connection.unwrap(MetaSource.class).catalog(),
        connection.getSchema(),
        List.copyOf(functions));
  }

  List<String> schemas() {
    return catalog.schemas();
  }

  List<String> functions() {
    return functions;
  }

  /** Returns the tables of a schema; none where listing them would send a request. */
  List<TableInfo> tables(String name) {
    return catalog.schemas().stream()
        .filter(name::equalsIgnoreCase)
        .filter(each -> !catalog.isLazy(each))
        .flatMap(each -> catalog.tables(each).stream())
        .toList();
  }

  /** Returns the tables that need no schema in front. */
  List<TableInfo> tables() {
    return tables(schema);
  }

  /** Returns the tables of all schemas. */
  Stream<TableInfo> all() {
    return catalog.schemas().stream().flatMap(each -> tables(each).stream());
  }

  /** Returns the columns of a table, whose name may have its schema in front. */
  List<String> columns(String table) {
    int dot = table.lastIndexOf('.');
    return (dot < 0 ? tables() : tables(table.substring(0, dot)))
        .stream()
            .filter(each -> each.name().equalsIgnoreCase(table.substring(dot + 1)))
            .flatMap(each -> each.columns().stream())
            .map(column -> column.info().name())
            .toList();
  }
}
