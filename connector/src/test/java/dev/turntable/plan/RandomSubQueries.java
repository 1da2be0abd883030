package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Field;
import dev.turntable.plan.RandomScope.Type;
import dev.turntable.plan.RandomSources.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes predicates and values of sub-queries, most of them correlated, up to three levels deep, which
 * name columns of every level.
 */
final class RandomSubQueries implements RandomExpressions.SubQueries {
  private static final int DEEPEST = 3;

  private final RandomExpressions expressions;
  private final RandomSources sources;
  private final RandomOutputs outputs;
  private int level;

  RandomSubQueries(RandomExpressions expressions, RandomSources sources, RandomOutputs outputs) {
    this.expressions = expressions;
    this.sources = sources;
    this.outputs = outputs;
  }

  @Override
  public TwoSql predicate(RandomScope outer) {
    level++;
    TwoSql predicate = made(outer);
    level--;
    return predicate;
  }

  @Override
  public TwoSql value(RandomScope outer, Type type) {
    level++;
    Source inner = inner();
    RandomScope scope = inner.scope().within(outer);
    TwoSql value =
        TwoSql.of(
                "(SELECT # FROM # WHERE #)",
                outputs.aggregate(scope, type),
                inner.sql(),
                where(inner.scope(), outer))
            .made("scalar sub-query, level " + level, RandomLiterals.nothing(type));
    level--;
    return value;
  }

  private Source inner() {
    return expressions.oneIn(3) ? sources.values() : sources.table();
  }

  private TwoSql made(RandomScope outer) {
    Source inner = inner();
    Field field = expressions.pick(outer.fields());
    String not = expressions.oneIn(3) ? "NOT " : "";
    List<Field> same = alike(inner.scope(), field);
    String depth = ", level " + level;
    if (same.isEmpty() || expressions.oneIn(3)) {
      return TwoSql.of(not + "EXISTS (#)", exists(inner, outer))
          .made(not + "EXISTS" + depth, "TRUE");
    }
    TwoSql rows = rows(expressions.pick(same).reference(), inner, outer, field);
    return switch (expressions.below(6)) {
      case 0, 1 -> {
        String quantifier =
            expressions.pick(List.of("=", "<>", "<", "<=", ">", ">="))
                + expressions.pick(List.of(" ANY", " SOME", " ALL"));
        yield TwoSql.of(
                "# " + quantifier + " (#)",
                "# " + quantifier.replace("SOME", "ANY") + " (#)",
                field.reference(),
                rows)
            .made(quantifier.replaceFirst(".* ", "") + depth, "TRUE");
      }
      case 2 -> pair(field, inner, outer, not);
      default ->
          TwoSql.of("# " + not + "IN (#)", field.reference(), rows)
              .made(not + "IN" + depth, "TRUE");
    };
  }

  /** Two columns at once. */
  private TwoSql pair(Field first, Source inner, RandomScope outer, String not) {
    Field second = expressions.pick(outer.fields());
    List<Field> seconds = alike(inner.scope(), second);
    Field other = expressions.pick(alike(inner.scope(), first));
    if (seconds.isEmpty() || second.type() == Type.TRUTH) {
      return TwoSql.of("# IS " + not + "NULL", first.reference());
    }
    return TwoSql.of(
            "(#, #) " + not + "IN (SELECT #, # FROM # WHERE #)",
            first.reference(),
            second.reference(),
            other.reference(),
            expressions.pick(seconds).reference(),
            inner.sql(),
            where(inner.scope(), outer))
        .made("pair " + not + "IN, level " + level, "TRUE");
  }

  private static List<Field> alike(RandomScope inner, Field field) {
    return inner.fields().stream()
        .filter(f -> f.type() == field.type())
        .filter(f -> field.domain().isEmpty() || f.domain().equals(field.domain()))
        .toList();
  }

  private TwoSql exists(Source inner, RandomScope outer) {
    RandomScope scope = inner.scope().within(outer);
    TwoSql where = where(inner.scope(), outer);
    return switch (expressions.below(5)) {
      case 0 ->
          TwoSql.of(
              "SELECT # FROM # WHERE # GROUP BY # HAVING #",
              expressions.pick(List.of(TwoSql.of("1"), TwoSql.of("COUNT(*)"))),
              inner.sql(),
              where,
              expressions.pick(inner.scope().fields()).reference(),
              outputs.aggregate(scope, Type.TRUTH).made("grouping in sub-queries", "TRUE"));
      case 1 -> {
        Source other = inner();
        String operation = operation();
        yield TwoSql.of(
                "SELECT # FROM # WHERE # " + operation + " SELECT # FROM # WHERE #",
                expressions.simple(scope, Type.WHOLE, 1),
                inner.sql(),
                where,
                expressions.simple(other.scope().within(outer), Type.WHOLE, 1),
                other.sql(),
                where(other.scope(), outer))
            .made(operation + " in a sub-query", TwoSql.of("SELECT 1"));
      }
      default ->
          TwoSql.of(
              "SELECT " + expressions.pick(List.of("1", "*", "NULL")) + " FROM # WHERE #",
              inner.sql(),
              where);
    };
  }

  /** The rows of a sub-query of one column. */
  private TwoSql rows(TwoSql column, Source inner, RandomScope outer, Field like) {
    TwoSql where = where(inner.scope(), outer);
    TwoSql simple = TwoSql.of("SELECT # FROM # WHERE #", column, inner.sql(), where);
    return switch (expressions.below(8)) {
      case 0 -> {
        Source other = inner();
        List<Field> others = alike(other.scope(), like);
        if (others.isEmpty()) {
          yield simple;
        }
        String operation = operation();
        yield TwoSql.of(
                "# " + operation + " SELECT # FROM # WHERE #",
                simple,
                expressions.pick(others).reference(),
                other.sql(),
                where(other.scope(), outer))
            .made(operation + " in a sub-query", simple);
      }
      case 1 -> TwoSql.of("SELECT DISTINCT # FROM # WHERE #", column, inner.sql(), where);
      case 2 -> TwoSql.of("# GROUP BY #", simple, column).made("grouping in sub-queries", simple);
      case 3 -> TwoSql.of("# LIMIT 1000", simple);
      case 4 ->
          like.type() == Type.TRUTH
              ? simple
              : TwoSql.of("SELECT MAX(#) FROM # WHERE #", column, inner.sql(), where)
                  .made("aggregate in a sub-query", simple);
      default -> simple;
    };
  }

  private String operation() {
    return expressions.pick(
        List.of(
            "UNION",
            "UNION ALL",
            "UNION DISTINCT",
            "INTERSECT",
            "INTERSECT ALL",
            "EXCEPT",
            "EXCEPT ALL"));
  }

  /** A condition of a sub-query, in most cases correlated. */
  private TwoSql where(RandomScope inner, RandomScope outer) {
    RandomScope scope = inner.within(outer);
    List<TwoSql> links = new ArrayList<>();
    for (Field a : inner.fields()) {
      for (Field b : scope.outer()) {
        if (!a.domain().isEmpty() && a.domain().equals(b.domain())) {
          links.add(TwoSql.of("# = #", a.reference(), b.reference()));
        }
      }
    }
    TwoSql own =
        level < DEEPEST && expressions.oneIn(4)
            ? predicate(scope)
            : expressions.simple(scope, Type.TRUTH, expressions.below(2));
    if (links.isEmpty() || expressions.oneIn(4)) {
      return own;
    }
    TwoSql link = expressions.pick(links).made("correlated", "TRUE");
    return expressions.oneIn(3) ? link : TwoSql.of("# AND #", link, own);
  }
}
