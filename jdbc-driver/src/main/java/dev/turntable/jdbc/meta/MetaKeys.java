package dev.turntable.jdbc.meta;

import dev.turntable.engine.Catalog.CatalogColumn;
import dev.turntable.engine.Catalog.TableInfo;
import dev.turntable.engine.ColumnInfo;
import dev.turntable.jdbc.result.Columns;
import dev.turntable.source.ForeignKey;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Primary and foreign keys, and the unique index that a primary key is. */
final class MetaKeys {
  private static final MetaShape PRIMARY =
      MetaShape.of("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ:s PK_NAME");
  private static final MetaShape FOREIGN =
      MetaShape.of(
          "PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM"
              + " FKTABLE_NAME FKCOLUMN_NAME KEY_SEQ:s UPDATE_RULE:s DELETE_RULE:s FK_NAME PK_NAME"
              + " DEFERRABILITY:s");
  private static final MetaShape INDEX =
      MetaShape.of(
          "TABLE_CAT TABLE_SCHEM TABLE_NAME NON_UNIQUE:b INDEX_QUALIFIER INDEX_NAME TYPE:s"
              + " ORDINAL_POSITION:s COLUMN_NAME ASC_OR_DESC CARDINALITY:l PAGES:l"
              + " FILTER_CONDITION");
  private static final MetaShape ROW_ID =
      MetaShape.of(
          "SCOPE:s COLUMN_NAME DATA_TYPE:i TYPE_NAME COLUMN_SIZE:i BUFFER_LENGTH:i"
              + " DECIMAL_DIGITS:s PSEUDO_COLUMN:s");

  private final MetaTables tables;

  MetaKeys(MetaTables tables) {
    this.tables = tables;
  }

  private static String keyName(String table) {
    return table + "_pk";
  }

  ResultSet primary(NamePattern schema, NamePattern table) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (TableInfo info : tables.find(schema, table)) {
      int sequence = 0;
      for (String column : info.keys().primary()) {
        rows.add(
            new @Nullable Object[] {
              null, info.schema(), info.name(), column, ++sequence, keyName(info.name())
            });
      }
    }
    rows.sort(Comparator.comparing(row -> String.valueOf(row[3])));
    return PRIMARY.rows(rows);
  }

  ResultSet index(NamePattern schema, NamePattern table) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (TableInfo info : tables.find(schema, table)) {
      int sequence = 0;
      for (String column : info.keys().primary()) {
        rows.add(
            new @Nullable Object[] {
              null,
              info.schema(),
              info.name(),
              false,
              null,
              keyName(info.name()),
              (int) DatabaseMetaData.tableIndexOther,
              ++sequence,
              column,
              null,
              0L,
              0L,
              null
            });
      }
    }
    return INDEX.rows(rows);
  }

  ResultSet bestRowIdentifier(NamePattern schema, NamePattern table) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (TableInfo info : tables.find(schema, table)) {
      for (CatalogColumn column : info.columns()) {
        ColumnInfo type = column.info();
        if (info.keys().primary().contains(type.name())) {
          rows.add(
              new @Nullable Object[] {
                DatabaseMetaData.bestRowSession,
                type.name(),
                type.type().getVendorTypeNumber(),
                type.typeName(),
                Columns.precision(type),
                null,
                Columns.scale(type),
                DatabaseMetaData.bestRowNotPseudo
              });
        }
      }
    }
    return ROW_ID.rows(rows);
  }

  /** Returns what the tables that match refer to. */
  ResultSet imported(NamePattern schema, NamePattern table) {
    List<@Nullable Object[]> rows = rows(tables.find(schema, table), (info, key) -> true);
    rows.sort(byName(1));
    return FOREIGN.rows(rows);
  }

  /** Returns what refers to the tables that match. Asks no service for further tables. */
  ResultSet exported(NamePattern schema, NamePattern table) {
    List<@Nullable Object[]> rows =
        rows(
            tables.known(),
            (info, key) -> schema.matches(key.schema()) && table.matches(key.table()));
    rows.sort(byName(5));
    return FOREIGN.rows(rows);
  }

  ResultSet cross(
      NamePattern parentSchema, NamePattern parent, NamePattern schema, NamePattern table) {
    List<@Nullable Object[]> rows =
        rows(
            tables.find(schema, table),
            (info, key) -> parentSchema.matches(key.schema()) && parent.matches(key.table()));
    rows.sort(byName(5));
    return FOREIGN.rows(rows);
  }

  /** Orders by schema, table and then the position in the key, as JDBC asks. */
  private static Comparator<@Nullable Object[]> byName(int schema) {
    return Comparator.comparing((@Nullable Object[] row) -> String.valueOf(row[schema]))
        .thenComparing(row -> String.valueOf(row[schema + 1]))
        .thenComparing(row -> String.valueOf(row[11]))
        .thenComparingInt(row -> (Integer) row[8]);
  }

  private static List<@Nullable Object[]> rows(
      List<TableInfo> tables, BiPredicate<TableInfo, ForeignKey> wanted) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (TableInfo info : tables) {
      for (ForeignKey key : info.keys().foreign()) {
        if (wanted.test(info, key)) {
          add(rows, info, key);
        }
      }
    }
    return rows;
  }

  private static void add(List<@Nullable Object[]> rows, TableInfo info, ForeignKey key) {
    for (int i = 0; i < key.columns().size(); i++) {
      rows.add(
          new @Nullable Object[] {
            null,
            key.schema(),
            key.table(),
            key.referenced().get(i),
            null,
            info.schema(),
            info.name(),
            key.columns().get(i),
            i + 1,
            DatabaseMetaData.importedKeyNoAction,
            DatabaseMetaData.importedKeyNoAction,
            info.name() + "_" + String.join("_", key.columns()) + "_fk",
            keyName(key.table()),
            DatabaseMetaData.importedKeyNotDeferrable
          });
    }
  }
}
