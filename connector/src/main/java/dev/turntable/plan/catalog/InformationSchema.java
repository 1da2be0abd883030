package dev.turntable.plan.catalog;

import dev.turntable.engine.Catalog;
import dev.turntable.engine.Catalog.CatalogColumn;
import dev.turntable.engine.Catalog.TableInfo;
import dev.turntable.engine.ColumnInfo;
import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.Fetch;
import dev.turntable.source.ForeignKey;
import dev.turntable.source.Page;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import java.sql.JDBCType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The schema {@code information_schema}, for clients that read the catalog by SQL. Not among the
 * schemas of metadata. Sends nothing, but for what a lazy schema needs that {@code table_schema = …}
 * does not leave out.
 */
final class InformationSchema {
  static final String NAME = "information_schema";
  private static final String TABLE_SCHEMA = "table_schema";

  private InformationSchema() {}

  /** A column of a table and its place. */
  private record Place(TableInfo table, int position) {
    CatalogColumn column() {
      return table.columns().get(position - 1);
    }

    ColumnInfo info() {
      return column().info();
    }
  }

  /** A primary or foreign key. */
  private record Constraint(
      TableInfo table, String name, List<String> columns, @Nullable ForeignKey to) {
    static Stream<Constraint> of(TableInfo table) {
      Stream<Constraint> primary =
          table.keys().primary().isEmpty()
              ? Stream.empty()
              : Stream.of(
                  new Constraint(table, table.name() + "_pk", table.keys().primary(), null));
      return Stream.concat(
          primary,
          table.keys().foreign().stream()
              .map(
                  key ->
                      new Constraint(
                          table,
                          table.name() + "_" + String.join("_", key.columns()) + "_fk",
                          key.columns(),
                          key)));
    }
  }

  /** A column of a key. */
  private record KeyColumn(Constraint key, int position) {
    @Nullable String referenced() {
      ForeignKey to = key.to();
      return to == null ? null : to.referenced().get(position - 1);
    }
  }

  static SourceSchema schema(Catalog catalog) {
    return new SourceSchema(
        NAME,
        "Schemas, tables, columns and keys",
        false,
        scope ->
            List.of(
                schemata(catalog),
                tables(catalog),
                columns(catalog),
                constraints(catalog),
                keyColumns(catalog)));
  }

  private static TableDef<String> schemata(Catalog catalog) {
    AccessPath<String> path =
        new Listed<>(Map.of()) {
          @Override
          List<String> rows(ScanRequest request) {
            return catalog.schemas();
          }
        };
    return TableDef.readOnly(
        "schemata",
        "The schemas",
        List.of(
            Column.<String>varchar("catalog_name", row -> null).remarks("Always null"),
            Column.<String>varchar("schema_name", row -> row).notNull().remarks("Name")),
        List.of("schema_name"),
        List.of(path));
  }

  private static TableDef<TableInfo> tables(Catalog catalog) {
    return table(
        "tables",
        "The tables",
        catalog,
        Stream::of,
        row -> row,
        List.of(
            text(
                "table_type",
                row -> row.system() ? "SYSTEM TABLE" : "TABLE",
                "TABLE, SYSTEM TABLE"),
            text("remarks", TableInfo::remarks, "Meaning")));
  }

  private static TableDef<Place> columns(Catalog catalog) {
    return table(
        "columns",
        "The columns of the tables",
        catalog,
        table ->
            IntStream.rangeClosed(1, table.columns().size()).mapToObj(i -> new Place(table, i)),
        Place::table,
        List.of(
            text("column_name", row -> row.info().name(), "Name"),
            Column.integer("ordinal_position", Place::position).notNull().remarks("Place, from 1"),
            Column.<Place>varchar("column_default", row -> null).remarks("Always null"),
            text("is_nullable", row -> row.info().nullable() ? "YES" : "NO", "YES or NO"),
            text("data_type", row -> row.info().typeName(), "SQL type"),
            Column.integer("character_maximum_length", size(JDBCType.VARCHAR))
                .remarks("Characters"),
            Column.integer("numeric_precision", InformationSchema::digits).remarks("Digits"),
            Column.<Place>integer(
                    "numeric_scale", row -> digits(row) == null ? null : row.info().scale())
                .remarks("Digits after the point"),
            Column.<Place>integer(
                    "datetime_precision", row -> isTime(row) ? row.info().scale() : null)
                .remarks("Digits of the seconds' fraction"),
            text("remarks", row -> row.column().remarks(), "Meaning and unit")));
  }

  private static Function<Place, @Nullable Integer> size(JDBCType type) {
    return row -> row.info().type() == type ? row.info().precision() : null;
  }

  private static boolean isTime(Place row) {
    return row.info().type() == JDBCType.TIMESTAMP;
  }

  private static @Nullable Integer digits(Place row) {
    return switch (row.info().type()) {
      case INTEGER, BIGINT, DOUBLE, DECIMAL -> row.info().precision();
      default -> null;
    };
  }

  private static TableDef<Constraint> constraints(Catalog catalog) {
    return table(
        "table_constraints",
        "The primary and foreign keys",
        catalog,
        Constraint::of,
        Constraint::table,
        List.of(
            text("constraint_name", Constraint::name, "Name"),
            text(
                "constraint_type",
                row -> row.to() == null ? "PRIMARY KEY" : "FOREIGN KEY",
                "PRIMARY KEY or FOREIGN KEY")));
  }

  private static TableDef<KeyColumn> keyColumns(Catalog catalog) {
    return table(
        "key_column_usage",
        "The columns of the primary and foreign keys",
        catalog,
        table ->
            Constraint.of(table)
                .flatMap(
                    key ->
                        IntStream.rangeClosed(1, key.columns().size())
                            .mapToObj(i -> new KeyColumn(key, i))),
        row -> row.key().table(),
        List.of(
            text("constraint_name", row -> row.key().name(), "Name of the key"),
            text("column_name", row -> row.key().columns().get(row.position() - 1), "Column"),
            Column.integer("ordinal_position", KeyColumn::position)
                .notNull()
                .remarks("Place in the key, from 1"),
            Column.<KeyColumn>varchar(
                    "referenced_table_schema",
                    row -> row.key().to() == null ? null : row.key().to().schema())
                .remarks("Schema that a foreign key refers to"),
            Column.<KeyColumn>varchar(
                    "referenced_table_name",
                    row -> row.key().to() == null ? null : row.key().to().table())
                .remarks("Table that a foreign key refers to"),
            Column.varchar("referenced_column_name", KeyColumn::referenced)
                .remarks("Column that a foreign key refers to")));
  }

  private static <T> Column<T> text(String name, Function<T, String> reader, String remarks) {
    return Column.<T>varchar(name, reader).notNull().remarks(remarks);
  }

  /** A table whose rows belong to tables, which come first among its columns. */
  private static <T> TableDef<T> table(
      String name,
      String remarks,
      Catalog catalog,
      Function<TableInfo, Stream<T>> rows,
      Function<T, TableInfo> owner,
      List<Column<T>> further) {
    List<Column<T>> columns = new ArrayList<>();
    columns.add(Column.<T>varchar("table_catalog", row -> null).remarks("Always null"));
    columns.add(text(TABLE_SCHEMA, row -> owner.apply(row).schema(), "Schema"));
    columns.add(text("table_name", row -> owner.apply(row).name(), "Table"));
    columns.addAll(further);
    AccessPath<T> path =
        new Listed<>(
            Map.of(TABLE_SCHEMA, Set.of(AccessPath.Operator.EQUALS, AccessPath.Operator.IN))) {
          @Override
          List<T> rows(ScanRequest request) {
            return catalog.schemas().stream()
                .filter(schema -> wanted(request.filter(TABLE_SCHEMA), schema))
                .flatMap(schema -> catalog.tables(schema).stream())
                .flatMap(rows)
                .toList();
          }
        };
    return TableDef.readOnly(name, remarks, columns, List.of(), List.of(path));
  }

  private static boolean wanted(@Nullable ColumnFilter filter, String schema) {
    return !(filter instanceof ColumnFilter.OneOf oneOf) || oneOf.values().contains(schema);
  }

  /** Rows that are at hand. */
  private abstract static class Listed<T> implements AccessPath<T> {
    private final Map<String, Set<Operator>> serves;

    Listed(Map<String, Set<Operator>> serves) {
      this.serves = serves;
    }

    abstract List<T> rows(ScanRequest request);

    @Override
    public String name() {
      return "in memory";
    }

    @Override
    public Map<String, Set<Operator>> serves() {
      return serves;
    }

    @Override
    public List<RequestEstimate> estimate(ScanRequest request) {
      return List.of();
    }

    @Override
    public List<Fetch<T>> open(ScanRequest request, StatementScope scope) {
      return List.of(step -> Page.last(rows(request)));
    }
  }
}
