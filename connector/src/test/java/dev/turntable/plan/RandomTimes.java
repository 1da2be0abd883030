package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Type;
import java.util.List;
import java.util.Map;

/** Makes times, dates, what is added to them and read off them. */
final class RandomTimes {
  private static final Map<String, Integer> SECONDS =
      Map.of("DAY", 86400, "HOUR", 3600, "MINUTE", 60, "SECOND", 1);

  private final RandomExpressions expressions;

  RandomTimes(RandomExpressions expressions) {
    this.expressions = expressions;
  }

  TwoSql time(RandomScope scope, int depth) {
    TwoSql inner = expressions.value(scope, Type.TIME, depth - 1);
    String unit = expressions.pick(List.of("DAY", "HOUR", "MONTH", "YEAR"));
    return switch (expressions.below(7)) {
      case 0, 1 ->
          TwoSql.of(
                  "FLOOR(# TO " + unit + ")",
                  "CAST(DATE_TRUNC('" + unit + "', #) AS TIMESTAMP)",
                  inner)
              .made("FLOOR TO", inner);
      case 2 -> ceiling(inner, unit);
      case 3 -> {
        TwoSql date = expressions.value(scope, Type.DATE, depth - 1);
        yield expressions.oneIn(2)
            ? TwoSql.of("CAST(# AS TIMESTAMP)", date).made("cast date to time", inner)
            : TwoSql.of("(#)::timestamp", date).made(":: date to time", inner);
      }
      case 4 -> {
        String compound = "'" + expressions.below(3) + " 0" + expressions.below(9) + ":30:15'";
        yield TwoSql.of(
                "(# + INTERVAL " + compound + " DAY TO SECOND)",
                "(# + INTERVAL " + compound.replace(" ", " days ") + ")",
                inner)
            .made("INTERVAL DAY TO SECOND", inner);
      }
      default -> added(scope, inner, depth).made("time and interval", inner);
    };
  }

  private TwoSql ceiling(TwoSql inner, String unit) {
    String floor = "CAST(DATE_TRUNC('" + unit + "', #1) AS TIMESTAMP)";
    return TwoSql.of(
            "CEIL(# TO " + unit + ")",
            "(CASE WHEN #1 = "
                + floor
                + " THEN #1 ELSE "
                + floor
                + " + INTERVAL '1' "
                + unit
                + " END)",
            inner)
        .made("CEIL TO", inner);
  }

  TwoSql date(RandomScope scope, int depth) {
    TwoSql inner = expressions.value(scope, Type.DATE, depth - 1);
    return switch (expressions.below(7)) {
      case 0 -> {
        TwoSql time = expressions.value(scope, Type.TIME, depth - 1);
        yield expressions.oneIn(2)
            ? TwoSql.of("CAST(# AS DATE)", time).made("cast time to date", inner)
            : TwoSql.of("(#)::date", time).made(":: time to date", inner);
      }
      case 1 ->
          TwoSql.of(
                  "LAST_DAY(#)",
                  "LAST_DAY(#)",
                  "CAST(DATE_TRUNC('month', CAST(# AS TIMESTAMP)) + INTERVAL '1 month'"
                      + " - INTERVAL '1 day' AS DATE)",
                  inner)
              .made("LAST_DAY", inner);
      case 2 -> {
        String unit = expressions.pick(List.of("MONTH", "YEAR"));
        yield TwoSql.of(
                "FLOOR(# TO " + unit + ")",
                "CAST(DATE_TRUNC('" + unit + "', CAST(# AS TIMESTAMP)) AS DATE)",
                inner)
            .made("FLOOR TO", inner);
      }
      case 3 -> {
        TwoSql days = TwoSql.of("MOD(#, 400)", expressions.value(scope, Type.WHOLE, depth - 1));
        String sign = expressions.oneIn(2) ? "-" : "+";
        String judges = "(# " + sign + " CAST(# AS INTEGER))";
        yield TwoSql.of("(# " + sign + " #)", judges, inner, days).made("date and days", inner);
      }
      default -> {
        TwoSql sum = added(scope, inner, depth);
        // A date is a date to us, a timestamp to them.
        yield TwoSql.of("#", "CAST(# AS DATE)", sum).made("date and interval", inner);
      }
    };
  }

  /** A date that no session spells in another way. */
  TwoSql wholeDate(RandomScope scope, int depth) {
    return expressions.value(scope, Type.DATE, depth - 1);
  }

  /** Whole days, months and years: a date takes them too. */
  private TwoSql added(RandomScope scope, TwoSql inner, int depth) {
    String sign = expressions.oneIn(3) ? "-" : "+";
    String unit = expressions.pick(List.of("DAY", "MONTH", "MONTH", "YEAR"));
    int number = 1 + expressions.below(unit.equals("YEAR") ? 5 : 40);
    return switch (expressions.below(5)) {
      case 0 -> {
        TwoSql count = TwoSql.of("MOD(#, 40)", expressions.value(scope, Type.WHOLE, depth - 1));
        yield TwoSql.of(
            "TIMESTAMPADD(" + unit + ", CAST(# AS INTEGER), #)",
            "(#2 + CAST(#1 AS INTEGER) * INTERVAL '1' " + unit + ")",
            count,
            inner);
      }
      case 1 -> TwoSql.of("(# " + sign + " " + number + " * INTERVAL '1' " + unit + ")", inner);
      case 2 -> TwoSql.of("(# " + sign + " INTERVAL '" + number + " " + unit + "')", inner);
      case 3 -> {
        String years = "'1-" + expressions.below(12) + "'";
        yield TwoSql.of(
            "(# " + sign + " INTERVAL " + years + " YEAR TO MONTH)",
            "(# "
                + sign
                + " INTERVAL '"
                + years.replace("'", "").replace("-", " year ")
                + " month')",
            inner);
      }
      default -> TwoSql.of("(# " + sign + " INTERVAL '" + number + "' " + unit + ")", inner);
    };
  }

  /** A number read off a date or a time. */
  TwoSql field(RandomScope scope, int depth) {
    boolean date = expressions.oneIn(2);
    TwoSql inner = expressions.value(scope, date ? Type.DATE : Type.TIME, depth - 1);
    String unit =
        expressions.pick(
            date
                ? List.of("YEAR", "MONTH", "DAY", "QUARTER", "DOY", "WEEK", "ISODOW", "DOW")
                : List.of("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "QUARTER", "DOY", "WEEK"));
    // The days of the week are counted from 1 here, from 0 there.
    String more = unit.equals("DOW") ? " + 1" : "";
    return TwoSql.of(
            "EXTRACT(" + unit + " FROM #)",
            "(EXTRACT(" + unit + " FROM #)" + more + ")",
            "CAST(EXTRACT(" + unit + " FROM #)" + more + " AS BIGINT)",
            inner)
        .made("EXTRACT " + unit, "0");
  }

  /** Whole units that have passed. */
  TwoSql difference(RandomScope scope, int depth) {
    TwoSql from = expressions.value(scope, Type.TIME, depth - 1);
    TwoSql to = expressions.value(scope, Type.TIME, depth - 1);
    if (expressions.oneIn(4)) {
      return months(from, to);
    }
    String unit = expressions.pick(List.of("DAY", "HOUR", "MINUTE", "SECOND"));
    return TwoSql.of(
            "TIMESTAMPDIFF(" + unit + ", #, #)",
            "DATE_SUB('" + unit + "', #, #)",
            "CAST(TRUNC(EXTRACT(EPOCH FROM (#2 - #1)) / " + SECONDS.get(unit) + ") AS BIGINT)",
            from,
            to)
        .made("TIMESTAMPDIFF", "0");
  }

  /** The last day of a month ends it for DuckDB, not for PostgreSQL and us; so not by DATE_SUB. */
  private TwoSql months(TwoSql from, TwoSql to) {
    boolean years = expressions.oneIn(3);
    String unit = years ? "YEAR" : "MONTH";
    String age = "(EXTRACT(YEAR FROM AGE(#2, #1)) * 12 + EXTRACT(MONTH FROM AGE(#2, #1)))";
    String whole =
        years ? "CAST(EXTRACT(YEAR FROM AGE(#2, #1)) AS BIGINT)" : "CAST(" + age + " AS BIGINT)";
    return TwoSql.of("TIMESTAMPDIFF(" + unit + ", #, #)", whole, from, to)
        .made("TIMESTAMPDIFF " + unit, "0");
  }
}
