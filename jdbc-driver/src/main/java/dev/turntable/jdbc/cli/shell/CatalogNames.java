package dev.turntable.jdbc.cli.shell;

import dev.turntable.engine.Catalog;
import dev.turntable.engine.Catalog.TableInfo;
import dev.turntable.jdbc.meta.MetaSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** The names that a connection knows without sending a request. */
final class CatalogNames {
  private final Catalog catalog;
  private final MetaSource connection;
  private final String schema;

  private CatalogNames(Catalog catalog, MetaSource connection, String schema) {
    this.catalog = catalog;
    this.connection = connection;
    this.schema = schema;
  }

  static CatalogNames of(Connection connection) throws SQLException {
    MetaSource source = connection.unwrap(MetaSource.class);
    return new CatalogNames(source.catalog(), source, connection.getSchema());
  }

  List<String> schemas() {
    return catalog.schemas();
  }

  /** Returns the functions of SQL, which are looked up only when they are wanted. */
  List<String> functions() throws SQLException {
    return connection.functions();
  }

  boolean isSchema(String name) {
    return catalog.schemas().stream().anyMatch(name::equalsIgnoreCase);
  }

  /** Returns the tables of a schema; none where listing them would send a request. */
  List<TableInfo> tables(String name) {
    return catalog.schemas().stream()
        .filter(name::equalsIgnoreCase)
        .filter(catalog::isKnown)
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
