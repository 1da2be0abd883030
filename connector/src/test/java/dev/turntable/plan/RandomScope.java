package dev.turntable.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The columns that an expression may name.
 *
 * @param fields the columns
 * @param keys references that together are unique, empty if not known
 * @param rows about how many rows there are
 */
record RandomScope(List<Field> fields, List<TwoSql> keys, int rows) {
  /** Families of types that may be compared. */
  enum Type {
    TEXT,
    WHOLE,
    REAL,
    TIME,
    TRUTH
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
      return new Field(TwoSql.of(alias + "." + name), type, domain, samples);
    }
  }

  List<Field> fields(Type type) {
    return fields.stream().filter(field -> field.type() == type).toList();
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
    return new RandomScope(all, allKeys, newRows);
  }
}
