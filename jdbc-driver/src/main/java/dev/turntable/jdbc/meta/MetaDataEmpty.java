package dev.turntable.jdbc.meta;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import org.jspecify.annotations.Nullable;

/** Metadata: lists that are empty, each with the columns that JDBC names. */
public interface MetaDataEmpty extends DatabaseMetaData {
  @Override
  default ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schema, @Nullable String name) {
    return MetaShape.of(
            "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME RESERVED1 RESERVED2 RESERVED3 REMARKS"
                + " PROCEDURE_TYPE:s SPECIFIC_NAME")
        .empty();
  }

  @Override
  default ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String name,
      @Nullable String column) {
    return MetaShape.of(
            "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME COLUMN_NAME COLUMN_TYPE:s DATA_TYPE:i"
                + " TYPE_NAME PRECISION:i LENGTH:i SCALE:s RADIX:s NULLABLE:s REMARKS COLUMN_DEF"
                + " SQL_DATA_TYPE:i SQL_DATETIME_SUB:i CHAR_OCTET_LENGTH:i ORDINAL_POSITION:i"
                + " IS_NULLABLE SPECIFIC_NAME")
        .empty();
  }

  @Override
  default ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String name,
      @Nullable String column) {
    return MetaShape.of(
            "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME COLUMN_NAME COLUMN_TYPE:s DATA_TYPE:i"
                + " TYPE_NAME PRECISION:i LENGTH:i SCALE:s RADIX:s NULLABLE:s REMARKS"
                + " CHAR_OCTET_LENGTH:i ORDINAL_POSITION:i IS_NULLABLE SPECIFIC_NAME")
        .empty();
  }

  @Override
  default ResultSet getColumnPrivileges(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column) {
    return MetaShape.of(
            "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE")
        .empty();
  }

  @Override
  default ResultSet getTablePrivileges(
      @Nullable String catalog, @Nullable String schema, @Nullable String table) {
    return MetaShape.of("TABLE_CAT TABLE_SCHEM TABLE_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE")
        .empty();
  }

  @Override
  default ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schema, @Nullable String table) {
    return MetaShape.of(
            "SCOPE:s COLUMN_NAME DATA_TYPE:i TYPE_NAME COLUMN_SIZE:i BUFFER_LENGTH:i"
                + " DECIMAL_DIGITS:s PSEUDO_COLUMN:s")
        .empty();
  }

  @Override
  default ResultSet getUDTs(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String name,
      int @Nullable [] types) {
    return MetaShape.of("TYPE_CAT TYPE_SCHEM TYPE_NAME CLASS_NAME DATA_TYPE:i REMARKS BASE_TYPE:s")
        .empty();
  }

  @Override
  default ResultSet getSuperTypes(
      @Nullable String catalog, @Nullable String schema, @Nullable String name) {
    return MetaShape.of(
            "TYPE_CAT TYPE_SCHEM TYPE_NAME SUPERTYPE_CAT SUPERTYPE_SCHEM SUPERTYPE_NAME")
        .empty();
  }

  @Override
  default ResultSet getSuperTables(
      @Nullable String catalog, @Nullable String schema, @Nullable String name) {
    return MetaShape.of("TABLE_CAT TABLE_SCHEM TABLE_NAME SUPERTABLE_NAME").empty();
  }

  @Override
  default ResultSet getAttributes(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String type,
      @Nullable String attribute) {
    return MetaShape.of(
            "TYPE_CAT TYPE_SCHEM TYPE_NAME ATTR_NAME DATA_TYPE:i ATTR_TYPE_NAME ATTR_SIZE:i"
                + " DECIMAL_DIGITS:i NUM_PREC_RADIX:i NULLABLE:i REMARKS ATTR_DEF SQL_DATA_TYPE:i"
                + " SQL_DATETIME_SUB:i CHAR_OCTET_LENGTH:i ORDINAL_POSITION:i IS_NULLABLE"
                + " SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE:s")
        .empty();
  }

  @Override
  default ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column) {
    return MetaShape.of(
            "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:i COLUMN_SIZE:i"
                + " DECIMAL_DIGITS:i NUM_PREC_RADIX:i COLUMN_USAGE REMARKS CHAR_OCTET_LENGTH:i"
                + " IS_NULLABLE")
        .empty();
  }

  @Override
  default ResultSet getClientInfoProperties() {
    return MetaShape.of("NAME MAX_LEN:i DEFAULT_VALUE DESCRIPTION").empty();
  }
}
