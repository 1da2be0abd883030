package dev.turntable.plan.statement;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.plan.error.Suggestions;
import dev.turntable.plan.error.ValidationErrors;
import dev.turntable.plan.scan.SourceTable;
import dev.turntable.plan.syntax.ReturningClause;
import dev.turntable.plan.type.SourceColumns;
import dev.turntable.run.InternalForm;
import dev.turntable.source.Column;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.ReturningInserter;
import dev.turntable.source.TableDef;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a write returns of each of its rows.
 *
 * @param columns in order
 * @param infos describes them
 */
record ReturningColumns(List<Column<?>> columns, List<ColumnInfo> infos) {
  ReturningColumns {
    columns = List.copyOf(columns);
    infos = List.copyOf(infos);
  }

  /**
   * Finds what RETURNING names.
   *
   * @param alias another name of the table in the statement, or null
   * @param inserts whether the rows are inserted: then what only the answer tells can be named, too
   */
  static ReturningColumns of(
      ReturningClause clause,
      SqlStatement statement,
      SourceTable table,
      @Nullable String alias,
      boolean inserts) {
    List<Column<?>> columns = new ArrayList<>();
    List<ColumnInfo> infos = new ArrayList<>();
    for (ReturningClause.Item item : clause.items()) {
      String place = ValidationErrors.place(statement.lines(), item.at());
      int names = item.path().size() - (item.all() ? 0 : 1);
      if (names > 0
          && !item.path().get(names - 1).equalsIgnoreCase(table.definition().name())
          && !item.path().get(names - 1).equalsIgnoreCase(alias)) {
        throw new TurntableException(
            ErrorKind.UNKNOWN_TABLE,
            place
                + "RETURNING gives columns of "
                + table
                + ", not of '"
                + item.path().get(names - 1)
                + "'");
      }
      if (item.all()) {
        for (Column<?> column : table.definition().columns()) {
          columns.add(column);
          infos.add(info(table, column, column.name()));
        }
        continue;
      }
      String name = item.path().get(item.path().size() - 1);
      Column<?> column = find(table, name, inserts, place);
      columns.add(column);
      infos.add(info(table, column, item.alias() == null ? column.name() : item.alias()));
    }
    return new ReturningColumns(columns, infos);
  }

  /** The columns of these names, for a client that asks for them as generated keys. */
  static ReturningColumns of(List<String> names, SourceTable table) {
    List<Column<?>> columns = new ArrayList<>();
    List<ColumnInfo> infos = new ArrayList<>();
    for (String name : names) {
      Column<?> column = find(table, name, true, "");
      columns.add(column);
      infos.add(info(table, column, column.name()));
    }
    return new ReturningColumns(columns, infos);
  }

  private static Column<?> find(SourceTable table, String name, boolean inserts, String place) {
    List<Column<?>> all = new ArrayList<>(table.definition().columns());
    if (inserts && table.definition().inserter() instanceof ReturningInserter returning) {
      all.addAll(returning.answerColumns());
    }
    Column<?> found = null;
    for (Column<?> column : all) {
      if (column.name().equals(name)) {
        return column;
      }
      if (found == null && column.name().equalsIgnoreCase(name)) {
        found = column;
      }
    }
    if (found == null) {
      List<String> names = all.stream().map(Column::name).toList();
      throw new TurntableException(
          ErrorKind.UNKNOWN_COLUMN,
          place
              + table
              + " has no column '"
              + name
              + ValidationErrors.RETURNS
              + String.join(", ", names)
              + Suggestions.nearest(name, names));
    }
    return found;
  }

  /** As in a query, a column under another name is one of its own. */
  private static ColumnInfo info(SourceTable table, Column<?> column, String label) {
    TableDef<?> definition = table.definition();
    ColumnInfo info = SourceColumns.info(table.schema(), definition, column);
    boolean own =
        label.equalsIgnoreCase(column.name())
            && definition.columns().stream().anyMatch(each -> each.name().equals(column.name()));
    return own
        ? info
        : new ColumnInfo(label, null, info.type(), info.precision(), info.scale(), true);
  }

  /** What only INSERT knows is returned as it was given. */
  static boolean isGiven(Column<?> column) {
    return column.use() == Column.Use.INSERT_ONLY
        || column.use() == Column.Use.INSERT_ONLY_REQUIRED;
  }

  /** Returns the names of the columns, each once. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    columns.forEach(column -> names.add(column.name()));
    return names;
  }

  /**
   * Returns the row of a result, as a driver expects it.
   *
   * @param values by the names of the columns, as a source gives them
   */
  List<@Nullable Object> row(Map<String, ? extends @Nullable Object> values) {
    List<@Nullable Object> row = new ArrayList<>();
    for (Column<?> column : columns) {
      Object value = InternalForm.ofSource(column.type(), values.get(column.name()));
      row.add(SourceColumns.form(column.type()).apply(value));
    }
    return row;
  }
}
