package dev.turntable.jdbc.meta;

import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.jdbc.error.Wrapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Metadata: what comes from the catalog. Every argument named catalog is ignored, as some clients
 * pass the schema there.
 */
public final class TurntableMetaData
    implements MetaDataEmpty,
        MetaDataIdentifiers,
        MetaDataLimits,
        MetaDataProduct,
        MetaDataResults,
        MetaDataSql,
        MetaDataTransactions,
        Wrapping {
  private final MetaSource connection;

  /** The metadata of a connection. */
  public TurntableMetaData(MetaSource connection) {
    this.connection = connection;
  }

  private MetaTables tables() throws SQLException {
    return new MetaTables(connection.catalog());
  }

  private MetaKeys keys() throws SQLException {
    return new MetaKeys(tables());
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  @Override
  public String getURL() {
    return connection.url();
  }

  @Override
  public String getUserName() {
    return "";
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return connection.isReadOnly();
  }

  @Override
  public ResultSet getCatalogs() throws SQLException {
    connection.ensureOpen();
    return MetaTables.catalogs();
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return getSchemas(null, null);
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String schema)
      throws SQLException {
    MetaTables tables = tables();
    return SqlErrors.guard(() -> tables.schemas(NamePattern.like(schema)));
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    connection.ensureOpen();
    return MetaTables.tableTypes();
  }

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      String @Nullable [] types)
      throws SQLException {
    MetaTables tables = tables();
    return SqlErrors.guard(
        () -> tables.tables(NamePattern.like(schema), NamePattern.like(table), types));
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column)
      throws SQLException {
    MetaTables tables = tables();
    return SqlErrors.guard(
        () ->
            tables.columns(
                NamePattern.like(schema), NamePattern.like(table), NamePattern.like(column)));
  }

  @Override
  public ResultSet getPrimaryKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    MetaKeys keys = keys();
    return SqlErrors.guard(
        () -> keys.primary(NamePattern.exactly(schema), NamePattern.exactly(table)));
  }

  @Override
  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      boolean unique,
      boolean approximate)
      throws SQLException {
    MetaKeys keys = keys();
    return SqlErrors.guard(
        () -> keys.index(NamePattern.exactly(schema), NamePattern.exactly(table)));
  }

  @Override
  public ResultSet getBestRowIdentifier(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      int scope,
      boolean nullable)
      throws SQLException {
    MetaKeys keys = keys();
    return SqlErrors.guard(
        () -> keys.bestRowIdentifier(NamePattern.exactly(schema), NamePattern.exactly(table)));
  }

  @Override
  public ResultSet getImportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    MetaKeys keys = keys();
    return SqlErrors.guard(
        () -> keys.imported(NamePattern.exactly(schema), NamePattern.exactly(table)));
  }

  @Override
  public ResultSet getExportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    MetaKeys keys = keys();
    return SqlErrors.guard(
        () -> keys.exported(NamePattern.exactly(schema), NamePattern.exactly(table)));
  }

  @Override
  public ResultSet getCrossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parentTable,
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table)
      throws SQLException {
    MetaKeys keys = keys();
    return SqlErrors.guard(
        () ->
            keys.cross(
                NamePattern.exactly(parentSchema),
                NamePattern.exactly(parentTable),
                NamePattern.exactly(schema),
                NamePattern.exactly(table)));
  }

  @Override
  public ResultSet getTypeInfo() throws SQLException {
    connection.ensureOpen();
    return MetaTypes.all();
  }

  @Override
  public ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schema, @Nullable String name)
      throws SQLException {
    connection.ensureOpen();
    return MetaFunctions.functions(NamePattern.like(name));
  }
}
