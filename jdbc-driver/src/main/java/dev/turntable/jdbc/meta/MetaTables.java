package dev.turntable.jdbc.meta;

import dev.turntable.engine.Catalog;
import dev.turntable.engine.Catalog.CatalogColumn;
import dev.turntable.engine.Catalog.TableInfo;
import dev.turntable.engine.ColumnInfo;
import dev.turntable.jdbc.result.Columns;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Schemas, tables and columns as JDBC lists them. There are no catalogs. */
final class MetaTables {
  private static final String TABLE = "TABLE";
  private static final String SYSTEM_TABLE = "SYSTEM TABLE";

  private static final MetaShape CATALOGS = MetaShape.of("TABLE_CAT");
  private static final MetaShape SCHEMAS = MetaShape.of("TABLE_SCHEM TABLE_CATALOG");
  private static final MetaShape TYPES = MetaShape.of("TABLE_TYPE");
  private static final MetaShape TABLES =
      MetaShape.of(
          "TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME"
              + " SELF_REFERENCING_COL_NAME REF_GENERATION");
  private static final MetaShape COLUMNS =
      MetaShape.of(
          "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:i TYPE_NAME COLUMN_SIZE:i"
              + " BUFFER_LENGTH:i DECIMAL_DIGITS:i NUM_PREC_RADIX:i NULLABLE:i REMARKS COLUMN_DEF"
              + " SQL_DATA_TYPE:i SQL_DATETIME_SUB:i CHAR_OCTET_LENGTH:i ORDINAL_POSITION:i"
              + " IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE:s"
              + " IS_AUTOINCREMENT IS_GENERATEDCOLUMN");

  private final Catalog catalog;

  MetaTables(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Returns the tables that match, by schema and name. Loads the lazy schemas that match. */
  List<TableInfo> find(NamePattern schema, NamePattern table) {
    List<TableInfo> found = new ArrayList<>();
    for (String name : schema.of(catalog.schemas(), Function.identity())) {
      found.addAll(table.of(catalog.tables(name), TableInfo::name));
    }
    found.sort(Comparator.comparing(TableInfo::schema).thenComparing(TableInfo::name));
    return found;
  }

  /** Returns the tables of all schemas that are known without a request. */
  List<TableInfo> known() {
    List<TableInfo> found = new ArrayList<>();
    for (String name : catalog.schemas()) {
      if (!catalog.isLazy(name)) {
        found.addAll(catalog.tables(name));
      }
    }
    return found;
  }

  static ResultSet catalogs() {
    return CATALOGS.empty();
  }

  ResultSet schemas(NamePattern pattern) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    pattern.of(catalog.schemas(), Function.identity()).stream()
        .sorted()
        .forEach(name -> rows.add(new @Nullable Object[] {name, null}));
    return SCHEMAS.rows(rows);
  }

  static ResultSet tableTypes() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    rows.add(new @Nullable Object[] {SYSTEM_TABLE});
    rows.add(new @Nullable Object[] {TABLE});
    return TYPES.rows(rows);
  }

  private static String type(TableInfo table) {
    return table.system() ? SYSTEM_TABLE : TABLE;
  }

  ResultSet tables(NamePattern schema, NamePattern name, String @Nullable [] types) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    if (types != null && Arrays.stream(types).noneMatch(MetaTables::isType)) {
      return TABLES.empty();
    }
    for (TableInfo table : find(schema, name)) {
      if (types == null || Arrays.stream(types).anyMatch(type(table)::equalsIgnoreCase)) {
        rows.add(
            new @Nullable Object[] {
              null,
              table.schema(),
              table.name(),
              type(table),
              table.remarks(),
              null,
              null,
              null,
              null,
              null
            });
      }
    }
    rows.sort(Comparator.comparing(row -> String.valueOf(row[3])));
    return TABLES.rows(rows);
  }

  private static boolean isType(@Nullable String type) {
    return TABLE.equalsIgnoreCase(type) || SYSTEM_TABLE.equalsIgnoreCase(type);
  }

  ResultSet columns(NamePattern schema, NamePattern table, NamePattern name) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (TableInfo info : find(schema, table)) {
      for (CatalogColumn column : name.of(info.columns(), each -> each.info().name())) {
        rows.add(row(info, column, info.columns().indexOf(column) + 1));
      }
    }
    return COLUMNS.rows(rows);
  }

  private static @Nullable Object[] row(TableInfo table, CatalogColumn column, int position) {
    ColumnInfo info = column.info();
    boolean text = Columns.isText(info.type());
    boolean number = Columns.isNumeric(info.type());
    int size = Columns.precision(info);
    return new @Nullable Object[] {
      null,
      table.schema(),
      table.name(),
      info.name(),
      info.type().getVendorTypeNumber(),
      info.typeName(),
      size,
      null,
      text ? null : Columns.scale(info),
      number ? 10 : null,
      info.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
      column.remarks(),
      null,
      null,
      null,
      text ? (int) Math.min(4L * size, Integer.MAX_VALUE) : null,
      position,
      info.nullable() ? "YES" : "NO",
      null,
      null,
      null,
      null,
      "NO",
      "NO"
    };
  }
}
