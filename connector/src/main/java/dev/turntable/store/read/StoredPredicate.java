package dev.turntable.store.read;

import dev.turntable.source.Column;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.ColumnType;
import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.Sql;
import dev.turntable.store.table.TimeSpan;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A predicate on a column that means the same in DuckDB: a comparison of integers or times, or the equality
 * of a text or truth value. Texts are not compared for order, which DuckDB does by their bytes.
 *
 * @param sql over a row of {@code t}
 * @param words as EXPLAIN tells it
 */
record StoredPredicate(String sql, String words) {
  /** Longer lists are checked above. */
  private static final int LONGEST_LIST = 1_000;

  private static final Set<ColumnType> EQUAL =
      Set.of(ColumnType.VARCHAR, ColumnType.BOOLEAN, ColumnType.INTEGER, ColumnType.BIGINT);
  private static final Set<ColumnType> ORDERED =
      Set.of(ColumnType.INTEGER, ColumnType.BIGINT, ColumnType.TIMESTAMP);

  /** Returns null if it does not mean the same. */
  static @Nullable StoredPredicate of(Column<?> column, ColumnFilter filter) {
    return filter instanceof ColumnFilter.OneOf oneOf
        ? oneOf(column, oneOf.values())
        : range(column, (ColumnFilter.Range) filter);
  }

  private static @Nullable StoredPredicate oneOf(Column<?> column, List<Object> values) {
    if (!EQUAL.contains(column.type()) || values.size() > LONGEST_LIST) {
      return null;
    }
    // A text that DuckDB cannot hold equals none that is kept.
    List<Object> possible =
        values.stream()
            .filter(value -> !(value instanceof String text) || JsonText.isKept(text))
            .toList();
    String texts =
        possible.stream().map(StoredPredicate::literal).collect(Collectors.joining(", "));
    String shown = values.size() == 1 ? " = " + texts : " IN (" + texts + ")";
    return new StoredPredicate(
        possible.isEmpty() ? "FALSE" : name(column) + " IN (" + texts + ")",
        column.name() + (values.size() > 10 ? " IN (" + values.size() + " values)" : shown));
  }

  private static @Nullable StoredPredicate range(Column<?> column, ColumnFilter.Range range) {
    if (!ORDERED.contains(column.type())) {
      return null;
    }
    StringBuilder sql = new StringBuilder();
    StringBuilder words = new StringBuilder();
    bound(column, range.lower(), range.lowerInclusive() ? " >= " : " > ", sql, words);
    bound(column, range.upper(), range.upperInclusive() ? " <= " : " < ", sql, words);
    return new StoredPredicate(sql.toString(), words.toString());
  }

  private static void bound(
      Column<?> column,
      @Nullable Object value,
      String operator,
      StringBuilder sql,
      StringBuilder words) {
    if (value != null) {
      String and = sql.length() == 0 ? "" : " AND ";
      sql.append(and).append(name(column)).append(operator).append(literal(value));
      words.append(and).append(column.name()).append(operator).append(shown(value));
    }
  }

  private static String name(Column<?> column) {
    return "t." + Sql.name(column.name());
  }

  private static String shown(Object value) {
    return value instanceof Instant ? "'" + value + "'" : literal(value);
  }

  private static String literal(Object value) {
    if (value instanceof Instant time) {
      return "make_timestamp(" + Micros.of(within(time)) + ")";
    }
    return value instanceof String text ? Sql.text(text) : value.toString();
  }

  /** No row is of another time. */
  private static Instant within(Instant time) {
    if (time.isBefore(TimeSpan.ALL.from())) {
      return TimeSpan.ALL.from();
    }
    return time.isAfter(TimeSpan.ALL.to()) ? TimeSpan.ALL.to() : time;
  }
}
