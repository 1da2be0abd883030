package dev.turntable.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * One piece of SQL in two dialects.
 *
 * @param ours as Turntable reads it
 * @param duck as DuckDB reads it, with literals where ours has parameters
 * @param values the values of the parameters of {@code ours}, in the order of the text
 */
record TwoSql(String ours, String duck, List<Object> values) {

  /** The same text in both; every {@code #} stands for the next part. */
  static TwoSql of(String format, TwoSql... parts) {
    return of(format, format, parts);
  }

  /** Another text in each, with the same parts in the same order. */
  static TwoSql of(String ours, String duck, TwoSql... parts) {
    List<Object> values = new ArrayList<>();
    StringBuilder oursText = new StringBuilder();
    StringBuilder duckText = new StringBuilder();
    String[] oursPieces = ours.split("#", -1);
    String[] duckPieces = duck.split("#", -1);
    if (oursPieces.length != parts.length + 1 || duckPieces.length != parts.length + 1) {
      throw new IllegalArgumentException(ours + " does not take " + parts.length + " parts");
    }
    for (int i = 0; i <= parts.length; i++) {
      oursText.append(oursPieces[i]);
      duckText.append(duckPieces[i]);
      if (i < parts.length) {
        oursText.append(parts[i].ours);
        duckText.append(parts[i].duck);
        values.addAll(parts[i].values);
      }
    }
    return new TwoSql(oursText.toString(), duckText.toString(), List.copyOf(values));
  }

  /** A text of its own on each side, without parts. */
  static TwoSql each(String ours, String duck) {
    return new TwoSql(ours, duck, List.of());
  }

  /** A parameter here, a literal there. */
  static TwoSql parameter(Object value, TwoSql literal) {
    return new TwoSql("?", literal.duck, List.of(value));
  }

  static TwoSql join(String separator, List<TwoSql> parts) {
    return of(
        String.join(separator, parts.stream().map(part -> "#").toList()),
        parts.toArray(new TwoSql[0]));
  }
}
