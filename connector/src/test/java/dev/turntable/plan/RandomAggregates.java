package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Field;
import dev.turntable.plan.RandomScope.Type;
import java.util.List;

/** Makes aggregates. Their arguments name a column of the query itself, not only of those around it. */
final class RandomAggregates {
  private final RandomExpressions expressions;

  RandomAggregates(RandomExpressions expressions) {
    this.expressions = expressions;
  }

  /** A value over all rows of a group. */
  TwoSql of(RandomScope scope, Type type) {
    return switch (type) {
      case TEXT ->
          expressions.oneIn(4) ? listed(scope) : filtered(scope, extreme(scope, type), "#");
      case TIME, DATE -> filtered(scope, extreme(scope, type), "#");
      case WHOLE -> whole(scope);
      case DECIMAL ->
          expressions.oneIn(2)
              ? filtered(scope, extreme(scope, type), "#")
              : filtered(scope, distinct("SUM", argument(scope, type)), TwoSql.DUCK_DECIMAL, "#");
      case REAL -> real(scope);
      case TRUTH -> truth(scope);
    };
  }

  /** An argument: without a column of its own query an aggregate would be that of an outer one. */
  private TwoSql argument(RandomScope scope, Type type) {
    TwoSql value = expressions.simple(scope, type, 1);
    if (mentions(scope, value)) {
      return value;
    }
    List<Field> own = scope.fields(type);
    if (!own.isEmpty()) {
      return expressions.pick(own).reference();
    }
    return TwoSql.of(
        "CASE WHEN # IS NULL THEN # ELSE # END",
        expressions.pick(scope.fields()).reference(),
        RandomLiterals.nothing(type),
        value);
  }

  private static boolean mentions(RandomScope scope, TwoSql value) {
    String text = value.ours();
    return scope.fields().stream().anyMatch(f -> text.contains(f.reference().ours()));
  }

  private TwoSql extreme(RandomScope scope, Type type) {
    return TwoSql.of(expressions.pick(List.of("MIN", "MAX")) + "(#)", argument(scope, type));
  }

  private TwoSql distinct(String name, TwoSql argument) {
    TwoSql all = TwoSql.of(name + "(#)", argument);
    return expressions.oneIn(3)
        ? TwoSql.of(name + "(DISTINCT #)", argument).made(name + " DISTINCT", all)
        : all;
  }

  /**
   * With a FILTER or without.
   *
   * @param format what PostgreSQL makes of the aggregate, so that it has the type that we give it
   */
  private TwoSql filtered(RandomScope scope, TwoSql call, String format) {
    return filtered(scope, call, "#", format);
  }

  private TwoSql filtered(RandomScope scope, TwoSql call, String duck, String postgres) {
    return filtered(scope, "#", call, duck, postgres);
  }

  private TwoSql filtered(
      RandomScope scope, String ours, TwoSql call, String duck, String postgres) {
    TwoSql whole =
        expressions.oneIn(3)
            ? TwoSql.of("# FILTER (WHERE #)", call, expressions.simple(own(scope), Type.TRUTH, 1))
                .made(
                    call.construct().endsWith("DISTINCT") ? "DISTINCT with FILTER" : "FILTER", call)
            : call;
    return TwoSql.of(ours, duck, postgres, whole);
  }

  private static RandomScope own(RandomScope scope) {
    return new RandomScope(scope.fields(), scope.keys(), scope.rows());
  }

  private TwoSql listed(RandomScope scope) {
    TwoSql text = argument(own(scope), Type.TEXT);
    return TwoSql.of(
            "LISTAGG(#, ',') WITHIN GROUP (ORDER BY #)",
            "STRING_AGG(#1, ',' ORDER BY #2)",
            text,
            text)
        .made("LISTAGG", TwoSql.of("MAX(#)", text));
  }

  private TwoSql whole(RandomScope scope) {
    Field any = expressions.pick(scope.fields());
    return switch (expressions.below(10)) {
      case 0, 1 -> filtered(scope, TwoSql.of("COUNT(*)"), "#");
      case 2, 3 -> filtered(scope, distinct("COUNT", any.reference()), "#");
      case 4 -> filtered(scope, extreme(scope, Type.WHOLE), "#");
      case 5 -> {
        TwoSql field = any.reference();
        TwoSql other = expressions.pick(scope.fields()).reference();
        yield filtered(
            scope,
            TwoSql.of("COUNT(DISTINCT CASE WHEN # IS NULL THEN # END)", other, field)
                .made("COUNT DISTINCT", TwoSql.of("COUNT(#)", field)),
            "#");
      }
      default -> filtered(scope, distinct("SUM", argument(scope, Type.WHOLE)), "CAST(# AS BIGINT)");
    };
  }

  private TwoSql real(RandomScope scope) {
    String toReal = "CAST(# AS DOUBLE PRECISION)";
    // DuckDB reckons in doubles: what is equal differs in its last digits, in one group and in
    // order.
    String rounded = "ROUND(#, 12)";
    String shorter = "ROUND(#, 6)";
    String toShorterReal = "CAST(ROUND(CAST(# AS NUMERIC), 6) AS DOUBLE PRECISION)";
    return switch (expressions.below(6)) {
      case 0, 1 -> filtered(scope, distinct("AVG", argument(scope, Type.WHOLE)), toReal);
      case 2 ->
          filtered(
              scope,
              TwoSql.of("AVG(#)", argument(scope, Type.DECIMAL)).made("AVG of decimals", "NULL"),
              rounded,
              toReal);
      case 3 ->
          filtered(
              scope,
              shorter,
              TwoSql.of(
                      expressions.pick(List.of("STDDEV_POP", "VAR_SAMP", "STDDEV_SAMP", "VAR_POP"))
                          + "(#)",
                      argument(scope, Type.WHOLE))
                  .made("variance", "NULL"),
              shorter,
              toShorterReal);
      case 4 ->
          filtered(
              scope,
              shorter,
              TwoSql.of("COVAR_POP(#, #)", argument(scope, Type.WHOLE), argument(scope, Type.WHOLE))
                  .made("COVAR_POP", "NULL"),
              shorter,
              toShorterReal);
      default -> filtered(scope, extreme(scope, Type.REAL), "#");
    };
  }

  private TwoSql truth(RandomScope scope) {
    Field any = expressions.pick(scope.fields());
    return switch (expressions.below(4)) {
      case 0 -> TwoSql.of("COUNT(*) > " + expressions.below(4));
      case 1 -> TwoSql.of("COUNT(#) BETWEEN 1 AND 5", any.reference());
      case 2 -> {
        String name = expressions.pick(List.of("EVERY", "BOOL_OR"));
        yield filtered(
            own(scope),
            TwoSql.of(
                    name + "(#)",
                    name.replace("EVERY", "BOOL_AND") + "(#)",
                    argument(own(scope), Type.TRUTH))
                .made(name, "NULL"),
            "#");
      }
      default ->
          any.type() == Type.TRUTH
              ? TwoSql.of("BOOL_OR(#) IS NULL", any.reference())
              : TwoSql.of("MAX(#) IS NULL", any.reference());
    };
  }
}
