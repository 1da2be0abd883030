package dev.turntable.store.read;

import dev.turntable.source.Column;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.ColumnType;
import dev.turntable.source.Ordering;
import dev.turntable.source.ScanRequest;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.Sql;
import dev.turntable.store.table.RowTable;
import dev.turntable.store.table.StoredRow;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which columns and rows of a table are asked of DuckDB: of a predicate and a limit as much as means the
 * same there. What is left of the predicate is checked above, on the rows that come.
 *
 * @param table the table
 * @param columns the names of the columns that are read
 * @param predicates what the rows fulfil
 * @param order which of them come first
 * @param limit how many of the first are enough; empty if more is checked than the predicates, or the
 *     order is another one there
 */
public record Selection(
    RowTable table,
    Set<String> columns,
    List<StoredPredicate> predicates,
    List<Ordering> order,
    OptionalLong limit)
    implements RowForm {
  private static final Set<ColumnType> ORDERED =
      Set.of(ColumnType.INTEGER, ColumnType.BIGINT, ColumnType.BOOLEAN, ColumnType.TIMESTAMP);

  private static final int FIRST_COLUMN = 2;

  public Selection {
    columns = Set.copyOf(columns);
    predicates = List.copyOf(predicates);
    order = List.copyOf(order);
  }

  /**
   * Returns as much of a request as means the same to DuckDB.
   *
   * @param keys the columns whose values the rows are looked up by
   */
  public static Selection of(RowTable table, ScanRequest request, List<String> keys) {
    List<StoredPredicate> predicates = new ArrayList<>();
    boolean all = true;
    for (Map.Entry<String, ColumnFilter> entry : request.atHand().predicate().entrySet()) {
      if (keys.contains(entry.getKey())) {
        continue;
      }
      StoredPredicate predicate =
          StoredPredicate.of(table.column(entry.getKey()), entry.getValue());
      if (predicate == null) {
        all = false;
      } else {
        predicates.add(predicate);
      }
    }
    Set<String> columns = new LinkedHashSet<>(request.columns());
    columns.addAll(table.table().primaryKey()); // by which rows that come twice are known
    List<Ordering> order = request.atHand().order();
    all &= order.stream().allMatch(each -> ORDERED.contains(table.column(each.column()).type()));
    return new Selection(
        table,
        columns,
        predicates,
        all ? order : List.of(),
        all ? request.atHand().limit() : OptionalLong.empty());
  }

  /** Returns what is read of the rows of {@code t}, in SQL; where that is no column, that they are there. */
  String list() {
    return "1"
        + table.columns().stream()
            .filter(column -> columns.contains(column.name()))
            .map(Selection::value)
            .collect(Collectors.joining());
  }

  private static String value(Column<?> column) {
    String name = "t." + Sql.name(column.name());
    return column.type() == ColumnType.TIMESTAMP ? ", epoch_us(" + name + ")" : ", " + name;
  }

  /** Returns the columns that are read, of the rows {@code t}. */
  public String columnsOfRow() {
    return table.columns().stream()
        .filter(column -> columns.contains(column.name()))
        .map(column -> "t." + Sql.name(column.name()))
        .collect(Collectors.joining(", "));
  }

  /** Returns the predicates, in SQL, each after AND. */
  public String where() {
    return predicates.stream().map(each -> " AND " + each.sql()).collect(Collectors.joining());
  }

  /**
   * Returns ORDER BY and LIMIT, in SQL.
   *
   * @param then the order of the rows of which the order says nothing
   */
  String orderBy(String then) {
    StringBuilder by = new StringBuilder(" ORDER BY ");
    order.forEach(each -> by.append(orderBy(each)));
    return by.append(then).append(limitSql()).toString();
  }

  /** Times are compared as they are shown, to the millisecond. */
  private String orderBy(Ordering each) {
    Column<?> column = table.column(each.column());
    String value = "t." + Sql.name(column.name());
    return (column.type() == ColumnType.TIMESTAMP
            ? "date_trunc('millisecond', " + value + ")"
            : value)
        + (each.descending() ? " DESC NULLS FIRST, " : " ASC NULLS LAST, ");
  }

  private String limitSql() {
    return limit.isPresent() ? " LIMIT " + limit.getAsLong() : "";
  }

  /** Returns, in SQL, whether a row of {@code t} lacks a column that is read. */
  String lacks() {
    return "(t._left_out <> '' AND list_has_any(string_split(t._left_out, ','), ["
        + columns.stream().sorted().map(Sql::text).collect(Collectors.joining(", "))
        + "]))";
  }

  /** Returns what DuckDB does, as EXPLAIN tells it, or null if it only reads. */
  public @Nullable String words() {
    List<String> words = new ArrayList<>();
    if (!predicates.isEmpty()) {
      words.add(
          predicates.stream().map(StoredPredicate::words).collect(Collectors.joining(" AND ")));
    }
    if (!order.isEmpty()) {
      words.add(
          "order by "
              + order.stream()
                  .map(each -> each.column() + (each.descending() ? " DESC" : ""))
                  .collect(Collectors.joining(", ")));
    }
    limit.ifPresent(rows -> words.add("limit " + rows));
    return words.isEmpty() ? null : String.join(", ", words);
  }

  @Override
  public int width() {
    return table.columns().size();
  }

  /** Reads the current row of a result of {@link #list}. */
  @Override
  public StoredRow read(ResultSet row) throws SQLException {
    @Nullable Object[] values = new Object[table.columns().size()];
    int at = FIRST_COLUMN;
    for (int i = 0; i < values.length; i++) {
      Column<?> column = table.columns().get(i);
      if (columns.contains(column.name())) {
        values[i] = value(row, at++, column.type());
      }
    }
    return new StoredRow(Arrays.asList(values));
  }

  public static @Nullable Object value(ResultSet row, int at, ColumnType type) throws SQLException {
    Object value =
        switch (type) {
          case VARCHAR, JSON -> row.getString(at);
          case DECIMAL -> {
            String text = row.getString(at);
            yield text == null ? null : new BigDecimal(text);
          }
          case BOOLEAN -> row.getBoolean(at);
          case INTEGER -> row.getInt(at);
          case BIGINT -> row.getLong(at);
          case DOUBLE -> row.getDouble(at);
          case TIMESTAMP -> Micros.time(row.getLong(at));
        };
    return row.wasNull() ? null : value;
  }
}
