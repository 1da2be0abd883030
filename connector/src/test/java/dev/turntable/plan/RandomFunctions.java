package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Type;
import java.util.List;

/** Makes calls of functions and operators, by the type that they give. */
final class RandomFunctions {
  private final RandomExpressions expressions;
  private final RandomTimes times;

  RandomFunctions(RandomExpressions expressions) {
    this.expressions = expressions;
    times = new RandomTimes(expressions);
  }

  /** A call. */
  TwoSql of(RandomScope scope, Type type, int depth) {
    return switch (type) {
      case TEXT -> text(scope, depth);
      case WHOLE -> whole(scope, depth);
      case REAL -> real(scope, depth);
      case DECIMAL -> decimal(scope, depth);
      case DATE -> times.date(scope, depth);
      case TIME -> times.time(scope, depth);
      case TRUTH -> expressions.predicate(scope, depth - 1);
    };
  }

  private TwoSql text(RandomScope scope, int depth) {
    TwoSql inner = expressions.value(scope, Type.TEXT, depth - 1);
    return switch (expressions.below(12)) {
      case 0 -> TwoSql.of("UPPER(#)", inner).made("UPPER", inner);
      case 1 -> TwoSql.of("LOWER(#)", "LOWER(REPLACE(#, 'İ', 'i̇'))", inner); // two letters
      case 2 ->
          TwoSql.of("(# || #)", inner, expressions.value(scope, Type.TEXT, depth - 1))
              .made("||", inner);
      case 3 ->
          TwoSql.of(
                  "SUBSTRING(# FROM "
                      + (1 + expressions.below(6))
                      + " FOR "
                      + (1 + expressions.below(9))
                      + ")",
                  inner)
              .made("SUBSTRING", inner);
      case 4 -> TwoSql.of("TRIM(#)", inner).made("TRIM", inner);
      case 5 -> cast(expressions.value(scope, Type.WHOLE, depth - 1), "VARCHAR", "whole to text");
      case 6 -> TwoSql.of("REPLACE(#, 'e', 'ab')", inner).made("REPLACE", inner);
      case 7 -> cast(times.wholeDate(scope, depth), "VARCHAR", "date to text");
      case 8 -> TwoSql.of("LEFT(#, " + expressions.below(5) + ")", inner).made("LEFT", inner);
      case 9 -> TwoSql.of("RIGHT(#, " + expressions.below(5) + ")", inner).made("RIGHT", inner);
      case 10 -> {
        TwoSql truth = expressions.value(scope, Type.TRUTH, depth - 1);
        yield TwoSql.of("CAST(# AS VARCHAR)", "UPPER(CAST(# AS VARCHAR))", truth)
            .made("cast truth to text", "'x'");
      }
      default -> TwoSql.of("TRIM(LEADING 't' FROM #)", "LTRIM(#, 't')", inner);
    };
  }

  /** By CAST or by {@code ::}, which binds tightest: what it is for stands in parentheses. */
  private TwoSql cast(TwoSql value, String type, String kind) {
    return expressions.oneIn(2)
        ? TwoSql.of("CAST(# AS " + type + ")", value).made("cast " + kind, "NULL")
        : TwoSql.of("(#)::" + type, value).made(":: " + kind, "NULL");
  }

  private TwoSql whole(RandomScope scope, int depth) {
    TwoSql inner = expressions.value(scope, Type.WHOLE, depth - 1);
    int small = 1 + expressions.below(9);
    return switch (expressions.below(17)) {
      case 0 -> TwoSql.of("(# + #)", inner, expressions.value(scope, Type.WHOLE, depth - 1));
      case 1 -> TwoSql.of("(# - #)", inner, expressions.value(scope, Type.WHOLE, depth - 1));
      case 2 -> TwoSql.of("(# * " + small + ")", inner);
      case 3 ->
          TwoSql.of("(# / " + small + ")", "(# // " + small + ")", "(# / " + small + ")", inner)
              .made("whole division", inner);
      case 4 ->
          TwoSql.of(expressions.oneIn(2) ? "MOD(#, " + small + ")" : "(# % " + small + ")", inner)
              .made("MOD", inner);
      case 5 -> TwoSql.of("ABS(#)", inner).made("ABS", inner);
      case 6 -> TwoSql.of("CHAR_LENGTH(#)", expressions.value(scope, Type.TEXT, depth - 1));
      case 7 -> TwoSql.of("POSITION('e' IN #)", expressions.value(scope, Type.TEXT, depth - 1));
      case 8, 9 -> times.field(scope, depth);
      case 10, 11 -> times.difference(scope, depth);
      case 12 ->
          cast(
              TwoSql.of("CAST(# AS VARCHAR)", inner),
              expressions.oneIn(2) ? "BIGINT" : "DECIMAL(19, 0)",
              "text to number");
      case 13 ->
          // DuckDB and PostgreSQL round halves of a DOUBLE to even, Turntable away from zero, as
          // all three do it with a DECIMAL.
          TwoSql.of(
                  "CAST(# AS BIGINT)",
                  "CAST(ROUND(#) AS BIGINT)",
                  "CAST(CAST(# AS NUMERIC) AS BIGINT)",
                  expressions.value(scope, Type.REAL, depth - 1))
              .made("cast real to whole", "0");
      case 14 -> {
        String ours = expressions.oneIn(2) ? "CAST(# AS BIGINT)" : "(#)::BIGINT";
        // A quotient of decimals is a double in DuckDB, which rounds to even.
        yield TwoSql.of(
                ours,
                "CAST(ROUND(#) AS BIGINT)",
                ours,
                expressions.value(scope, Type.DECIMAL, depth - 1))
            .made("cast decimal to whole", "0");
      }
      case 15 -> {
        // A sum of casts: what binds less than :: does.
        TwoSql other = expressions.value(scope, Type.WHOLE, depth - 1);
        yield TwoSql.of("(# - (#)::integer::bigint)", inner, TwoSql.of("MOD(#, 1000)", other))
            .made(":: in a sum", inner);
      }
      default -> TwoSql.of("-(#)", inner);
    };
  }

  private TwoSql real(RandomScope scope, int depth) {
    TwoSql inner = expressions.value(scope, Type.REAL, depth - 1);
    return switch (expressions.below(7)) {
      case 0 ->
          toReal(expressions.value(scope, Type.WHOLE, depth - 1)).made("whole to real", inner);
      case 1 -> TwoSql.of("(# + #)", inner, expressions.value(scope, Type.REAL, depth - 1));
      case 2 -> TwoSql.of("(# / 7)", inner).made("real division", inner);
      case 3 -> TwoSql.of("FLOOR(#)", inner).made("FLOOR", inner);
      case 4 ->
          toReal(expressions.value(scope, Type.DECIMAL, depth - 1)).made("decimal to real", inner);
      case 5 ->
          TwoSql.of(
                  "(# / #)",
                  toReal(expressions.value(scope, Type.WHOLE, depth - 1)),
                  TwoSql.of("4::#", Type.REAL.sql()))
              .made(":: after an operator", inner);
      default -> TwoSql.of("SQRT(ABS(#))", inner).made("SQRT", inner);
    };
  }

  private static TwoSql toReal(TwoSql value) {
    return TwoSql.of("CAST(# AS #)", value, Type.REAL.sql());
  }

  /** Not more than eleven digits before the point: what is multiplied does not overflow. */
  private TwoSql decimal(RandomScope scope, int depth) {
    TwoSql inner = expressions.value(scope, Type.DECIMAL, depth - 1);
    int digits = expressions.below(4);
    return switch (expressions.below(10)) {
      case 0 ->
          TwoSql.of(
                  "CAST(MOD(#, 10000) AS DECIMAL(18, 6))",
                  expressions.value(scope, Type.WHOLE, depth - 1))
              .made("whole to decimal", inner);
      case 1 -> TwoSql.of("(# + #)", inner, expressions.value(scope, Type.DECIMAL, depth - 1));
      case 2 -> TwoSql.of("(# - #)", inner, expressions.value(scope, Type.DECIMAL, depth - 1));
      case 3 -> TwoSql.of("(# * 2.5)", inner).made("decimal product", inner);
      case 4 ->
          TwoSql.of("(# / " + expressions.pick(List.of("8", "0.5", "1.25", "-4.0")) + ")", inner)
              .made("decimal division", inner);
      case 5 -> cut(TwoSql.of("# / 7", inner), 6).made("decimal division", inner);
      case 6 -> TwoSql.of("ROUND(#, " + digits + ")", cut(inner, 6)).made("ROUND", inner);
      case 7 ->
          TwoSql.of("TRUNCATE(#, " + digits + ")", "TRUNC(#, " + digits + ")", cut(inner, 6))
              .made("TRUNCATE", inner);
      case 8 -> cut(inner, 2).made("decimal rescaled", inner);
      default -> TwoSql.of("ABS(#)", inner);
    };
  }

  /** DuckDB's quotients are doubles, which do not hold the halves that are rounded here; its texts do. */
  private static TwoSql cut(TwoSql value, int scale) {
    String type = "DECIMAL(18, " + scale + ")";
    String cast = "CAST(# AS " + type + ")";
    return TwoSql.of(cast, "CAST(CAST(# AS VARCHAR) AS " + type + ")", cast, value);
  }
}
