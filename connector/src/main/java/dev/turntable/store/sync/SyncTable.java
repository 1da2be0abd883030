package dev.turntable.store.sync;

import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.ForeignKey;
import dev.turntable.source.KnownKeysPath;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.TableDef;
import dev.turntable.source.TaskSource;
import dev.turntable.store.parquet.ParquetTable;
import dev.turntable.store.read.SourceStore;
import dev.turntable.store.table.StoreAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table that can be brought up to date, and how its rows are found.
 *
 * @param schema its schema
 * @param name its name
 * @param kind how its rows are found
 * @param column the column that finds them: the key of a catalogue, that of the parent of a part, the time
 *     of a history; for a list the time of its rows, or null
 * @param list the name of the path that lists a history, else empty
 * @param parent the column that names rows of a catalogue, or null
 * @param isLog whether its rows tell what happened to those, and stay
 */
public record SyncTable(
    String schema,
    String name,
    Kind kind,
    @Nullable String column,
    String list,
    @Nullable String parent,
    boolean isLog) {
  /** How the rows of a table are found. */
  public enum Kind {
    /** One request lists all rows, or a few. */
    LIST,
    /** A list that can be cut into spans of time. */
    HISTORY,
    /** One by one, by the keys that are known. */
    CATALOGUE,
    /** Those of each row of a catalogue. */
    PART
  }

  /** Returns the name as SQL has it. */
  public String qualifiedName() {
    return schema + "." + name;
  }

  /** Where reading some columns may give less than a record, statements do not tell what is whole. */
  static List<SyncTable> of(TaskSource source) {
    if (!source.readsWholeRecords()) {
      return List.of();
    }
    List<SourceSchema> schemas = source.schemas().stream().filter(each -> !each.lazy()).toList();
    List<String> catalogues =
        schemas.stream().flatMap(schema -> catalogues(schema).stream()).toList();
    List<SyncTable> tables = new ArrayList<>();
    for (SourceSchema schema : schemas) {
      for (TableDef<?> table : schema.fixedTables()) {
        SyncTable each = of(schema, table, catalogues);
        if (each != null) {
          tables.add(each);
        }
      }
    }
    return tables;
  }

  /** Returns the tables whose rows are known by their keys only, as {@code schema.table}. */
  public static List<String> catalogues(SourceSchema schema) {
    return schema.fixedTables().stream()
        .filter(SyncTable::isCatalogued)
        .map(table -> schema.name() + "." + table.name())
        .toList();
  }

  private static boolean isCatalogued(TableDef<?> table) {
    for (AccessPath<?> path : table.paths()) {
      if (path instanceof KnownKeysPath<?> known
          && table.primaryKey().equals(List.of(known.keyColumn()))) {
        return true;
      }
    }
    return false;
  }

  /** Returns what can be brought up to date, or null if rows of the table are not kept. */
  static @Nullable SyncTable of(SourceSchema schema, TableDef<?> table, List<String> catalogues) {
    if (table.primaryKey().isEmpty()) {
      return null;
    }
    String parent = parent(table, catalogues);
    boolean log = parent != null && !table.primaryKey().contains(parent);
    for (AccessPath<?> path : table.paths()) {
      if (path instanceof KnownKeysPath<?> known) {
        boolean own = table.primaryKey().equals(List.of(known.keyColumn()));
        return new SyncTable(
            schema.name(),
            table.name(),
            own ? Kind.CATALOGUE : Kind.PART,
            known.keyColumn(),
            "",
            own ? null : parent,
            false);
      }
    }
    for (AccessPath<?> path : table.paths()) {
      if (path.keys().isEmpty() && path.timeColumn() != null) {
        return new SyncTable(
            schema.name(), table.name(), Kind.HISTORY, path.timeColumn(), path.name(), parent, log);
      }
    }
    return table.paths().stream().anyMatch(path -> path.keys().isEmpty())
        ? new SyncTable(schema.name(), table.name(), Kind.LIST, time(table), "", parent, log)
        : null;
  }

  private static @Nullable String parent(TableDef<?> table, List<String> catalogues) {
    for (ForeignKey key : table.foreignKeys()) {
      if (key.columns().size() == 1 && catalogues.contains(key.schema() + "." + key.table())) {
        return key.columns().get(0);
      }
    }
    return null;
  }

  private static @Nullable String time(TableDef<?> table) {
    return table.columns().stream()
        .filter(column -> column.type() == dev.turntable.source.ColumnType.TIMESTAMP)
        .map(column -> column.name())
        .findFirst()
        .orElse(null);
  }

  /** Returns its declaration. */
  TableDef<?> definition(TaskSource source) {
    return source.schemas().stream()
        .filter(each -> each.name().equals(schema))
        .flatMap(each -> each.fixedTables().stream())
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Returns it as it is written: by the day of its first time, as a rule that when a row was made. */
  ParquetTable parquet(SourceStore store, StoreAccount account) {
    TableDef<?> definition = definition(store.source());
    List<Column<?>> kept = new ArrayList<>();
    for (Column<?> each : definition.columns()) {
      if (!store.settings().leftOut().contains(name + "." + each.name())
          || definition.primaryKey().contains(each.name())) {
        kept.add(each);
      }
    }
    boolean history = kind == Kind.HISTORY;
    return new ParquetTable(
        account, schema, name, kept, history ? column : time(definition), history ? list : null);
  }

  /** Returns {@link #column} where the kind has one. */
  String keyColumn() {
    return Objects.requireNonNull(column, "column");
  }
}
