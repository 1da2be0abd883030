package dev.turntable.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The columns that an expression may name.
 *
 * @param fields the columns
 * @param keys references that together are unique, empty if not known
 * @param rows about how many rows there are
 * @param outer the columns of every query around this one, the nearest first
 */
record RandomScope(List<Field> fields, List<TwoSql> keys, int rows, List<Field> outer) {
  /** Families of types that may be compared. */
  enum Type {
    TEXT,
    WHOLE,
    REAL,
    DECIMAL,
    DATE,
    TIME,
    TRUTH;

    /** Its name in SQL, on every side. */
    TwoSql sql() {
      return switch (this) {
        case TEXT -> TwoSql.of("VARCHAR");
        case WHOLE -> TwoSql.of("BIGINT");
        case REAL -> TwoSql.of("DOUBLE", "DOUBLE", "DOUBLE PRECISION");
        case DECIMAL -> TwoSql.of("DECIMAL(18, 6)");
        case DATE -> TwoSql.of("DATE");
        case TIME -> TwoSql.of("TIMESTAMP(3)");
        case TRUTH -> TwoSql.of("BOOLEAN");
      };
    }
  }

  /**
   * A column.
   *
   * @param reference how to name it
   * @param domain what it identifies, so that joins on it find something; empty for nothing
   * @param samples some values that it has
   */
  record Field(TwoSql reference, Type type, String domain, List<Object> samples) {
    Field as(String alias, String name) {
      return new Field(TwoSql.of(alias + "." + name).typed(type), type, domain, samples);
    }
  }

  RandomScope(List<Field> fields, List<TwoSql> keys, int rows) {
    this(fields, keys, rows, List.of());
  }

  List<Field> fields(Type type) {
    return fields.stream().filter(field -> field.type() == type).toList();
  }

  /** Those of the queries around it. */
  List<Field> outer(Type type) {
    return outer.stream().filter(field -> field.type() == type).toList();
  }

  /** This as the scope of a query inside another one, whose columns it may name too. */
  RandomScope within(RandomScope around) {
    List<Field> all = new ArrayList<>(around.fields);
    all.addAll(around.outer);
    return new RandomScope(fields, keys, rows, List.copyOf(all));
  }

  /** Both, side by side. */
  RandomScope and(RandomScope other, int newRows) {
    List<Field> all = new ArrayList<>(fields);
    all.addAll(other.fields);
    List<TwoSql> allKeys = new ArrayList<>();
    if (!keys.isEmpty() && !other.keys.isEmpty()) {
      allKeys.addAll(keys);
      allKeys.addAll(other.keys);
    }
    return new RandomScope(all, allKeys, newRows, outer);
  }
}
