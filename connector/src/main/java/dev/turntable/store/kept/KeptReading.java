package dev.turntable.store.kept;

import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import dev.turntable.source.KeptDatabase;
import dev.turntable.source.KeptRows;
import dev.turntable.store.file.Query;
import dev.turntable.store.file.Sql;
import dev.turntable.store.read.Selection;
import dev.turntable.store.read.StatementReading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The rows of a reading, all of which are in the store.
 *
 * @param database the store
 * @param reading reads it for one statement
 * @param selection which columns are wanted, and a part of what the rows must fulfil
 * @param rows FROM and WHERE of the rows {@code t}
 * @param readAt when the oldest was read
 * @param transaction in which all of them are there
 * @param found what was found of the order of texts
 * @param leavesOut returns which of some values of a column are not looked at
 * @param told tells what a reading tells
 */
public record KeptReading(
    KeptDatabase database,
    StatementReading reading,
    Selection selection,
    Query rows,
    Instant readAt,
    long transaction,
    Map<Set<String>, Boolean> found,
    BiFunction<String, Set<Object>, Set<Object>> leavesOut,
    Runnable told)
    implements KeptRows {
  private static final String FIRST_MISPLACED = "\\x{E000}";

  @Override
  public Set<Object> missing(String column, Set<Object> keys) {
    return leavesOut.apply(column, keys);
  }

  @Override
  public void tell() {
    told.run();
  }

  /** Returns the query of the rows, each value in the form that operators have it in. */
  Query relation() {
    String list =
        selection.table().columns().stream()
            .filter(column -> selection.columns().contains(column.name()))
            .map(KeptReading::value)
            .collect(Collectors.joining(", "));
    return new Query()
        .add("SELECT " + (list.isEmpty() ? "1 AS _" : list))
        .add(rows)
        .add(selection.where());
  }

  private static String value(Column<?> column) {
    String name = Sql.name(column.name());
    String value = "t." + name;
    return switch (column.type()) {
      case TIMESTAMP -> millis("epoch_us(" + value + ")") + " AS " + name;
      case DECIMAL -> "CAST(" + value + " AS DECIMAL(38, 6)) AS " + name;
      default -> value;
    };
  }

  /** Rounds down, before 1970 too. */
  private static String millis(String micros) {
    return "CASE WHEN %1$s >= 0 THEN %1$s // 1000 ELSE -((999 - %1$s) // 1000) END"
        .formatted(micros);
  }

  /** Those of two bytes that come after half a character are the ones that UTF-16 orders otherwise. */
  @Override
  public boolean ordersTextsByBytes(Set<String> columns) {
    String high =
        selection.table().columns().stream()
            .filter(column -> columns.contains(column.name()))
            .filter(
                column -> column.type() == ColumnType.VARCHAR || column.type() == ColumnType.JSON)
            .map(column -> "t." + Sql.name(column.name()))
            .map(
                text ->
                    "(strlen(%1$s) <> length(%1$s) AND regexp_matches(%1$s, '[%2$s-\\x{FFFF}]'))"
                        .formatted(text, FIRST_MISPLACED))
            .collect(Collectors.joining(" OR "));
    if (high.isEmpty()) {
      return true;
    }
    return found.computeIfAbsent(
        Set.copyOf(columns), any -> !reading.<Boolean>ask(connection -> exists(connection, high)));
  }

  private boolean exists(Connection connection, String condition) throws SQLException {
    Query query = new Query().add("SELECT 1").add(rows).add(" AND (" + condition + ") LIMIT 1");
    try (PreparedStatement statement = query.prepare(connection);
        ResultSet row = statement.executeQuery()) {
      return row.next();
    }
  }
}
