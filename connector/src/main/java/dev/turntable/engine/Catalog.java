package dev.turntable.engine;

import dev.turntable.source.ForeignKey;
import java.util.List;

/** The schemas and tables of a connection, for metadata. */
public interface Catalog {
  /** Returns the names of the schemas in order. Sends nothing. */
  List<String> schemas();

  /** Returns whether listing the tables of a schema may need requests. */
  boolean isLazy(String schema);

  /** Returns whether the tables of a schema are known, so that listing them sends nothing. */
  boolean isKnown(String schema);

  /** Returns the tables of a schema, in order. Sends what a lazy schema needs, once. */
  List<TableInfo> tables(String schema);

  /**
   * A table.
   *
   * @param schema its schema
   * @param name its name
   * @param remarks its meaning
   * @param columns its columns, in order
   * @param keys what identifies its rows, and those of others in it
   * @param system whether it describes the connection itself
   */
  record TableInfo(
      String schema,
      String name,
      String remarks,
      List<CatalogColumn> columns,
      Keys keys,
      boolean system) {}

  /**
   * The keys of a table.
   *
   * @param primary the columns that identify a row; empty if none do
   * @param foreign references to other tables
   */
  record Keys(List<String> primary, List<ForeignKey> foreign) {}

  /**
   * A column of a table.
   *
   * @param info name and type
   * @param remarks its meaning
   */
  record CatalogColumn(ColumnInfo info, String remarks) {}
}
