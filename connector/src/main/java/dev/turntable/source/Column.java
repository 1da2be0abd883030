package dev.turntable.source;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table over records of type {@code T}.
 *
 * @param name the name, lower case by convention
 * @param type the SQL type
 * @param nullable whether a value may be null when read
 * @param use whether INSERT may or must give it
 * @param remarks the meaning, with unit, as the service documents it; shown as REMARKS
 * @param reader takes the value out of a record; its class is {@link ColumnType#javaType()}
 */
public record Column<T>(
    String name,
    ColumnType type,
    boolean nullable,
    Use use,
    String remarks,
    Function<T, @Nullable Object> reader) {

  /** How a column takes part in reading and in INSERT. */
  public enum Use {
    /** Read only. */
    READ,
    /** Read, and may be given in INSERT. */
    INSERTABLE,
    /** Read, and must be given in INSERT. */
    REQUIRED,
    /** May be given in INSERT; null when read. */
    INSERT_ONLY,
    /** Must be given in INSERT; null when read. */
    INSERT_ONLY_REQUIRED;

    /** Returns whether INSERT may name the column. */
    public boolean insertable() {
      return this != READ;
    }

    /** Returns whether INSERT must give a value. */
    public boolean required() {
      return this == REQUIRED || this == INSERT_ONLY_REQUIRED;
    }
  }

  public Column {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    requireNonNull(use, "use");
    requireNonNull(remarks, "remarks");
    requireNonNull(reader, "reader");
  }

  public static <T> Column<T> varchar(String name, Function<T, @Nullable String> reader) {
    return of(name, ColumnType.VARCHAR, reader);
  }

  /** A column of JSON text. */
  public static <T> Column<T> json(String name, Function<T, @Nullable String> reader) {
    return of(name, ColumnType.JSON, reader);
  }

  public static <T> Column<T> bool(String name, Function<T, @Nullable Boolean> reader) {
    return of(name, ColumnType.BOOLEAN, reader);
  }

  public static <T> Column<T> integer(String name, Function<T, @Nullable Integer> reader) {
    return of(name, ColumnType.INTEGER, reader);
  }

  public static <T> Column<T> bigint(String name, Function<T, @Nullable Long> reader) {
    return of(name, ColumnType.BIGINT, reader);
  }

  public static <T> Column<T> dbl(String name, Function<T, @Nullable Double> reader) {
    return of(name, ColumnType.DOUBLE, reader);
  }

  public static <T> Column<T> decimal(String name, Function<T, @Nullable BigDecimal> reader) {
    return of(name, ColumnType.DECIMAL, reader);
  }

  public static <T> Column<T> timestamp(String name, Function<T, @Nullable Instant> reader) {
    return of(name, ColumnType.TIMESTAMP, reader);
  }

  /** A column that only INSERT knows. */
  public static <T> Column<T> insertOnly(String name, ColumnType type) {
    return new Column<>(name, type, true, Use.INSERT_ONLY, "", row -> null);
  }

  /** A nullable, read-only column without remarks. */
  public static <T> Column<T> of(
      String name, ColumnType type, Function<T, ? extends @Nullable Object> reader) {
    return new Column<>(name, type, true, Use.READ, "", reader::apply);
  }

  /**
   * Takes the values of some columns out of a record.
   *
   * @param names the columns that are wanted; others than those given are left out
   */
  public static <T> Map<String, @Nullable Object> values(
      List<Column<T>> columns, T row, Set<String> names) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Column<T> column : columns) {
      if (names.contains(column.name())) {
        values.put(column.name(), column.reader().apply(row));
      }
    }
    return values;
  }

  public Column<T> notNull() {
    return new Column<>(name, type, false, use, remarks, reader);
  }

  public Column<T> use(Use newUse) {
    return new Column<>(name, type, nullable, newUse, remarks, reader);
  }

  public Column<T> remarks(String newRemarks) {
    return new Column<>(name, type, nullable, use, newRemarks, reader);
  }
}
