package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Field;
import dev.turntable.plan.RandomScope.Type;
import java.util.List;

/** Makes conditions on one column each. */
final class RandomPredicates {
  private final RandomExpressions expressions;
  private final RandomLiterals literals;

  RandomPredicates(RandomExpressions expressions, RandomLiterals literals) {
    this.expressions = expressions;
    this.literals = literals;
  }

  TwoSql leaf(RandomScope scope) {
    Field field =
        !scope.outer().isEmpty() && expressions.oneIn(8)
            ? expressions.pick(scope.outer())
            : expressions.pick(scope.fields());
    Type type = field.type();
    TwoSql column = field.reference();
    String not = expressions.oneIn(3) ? "NOT " : "";
    if (type == Type.TRUTH) {
      return column;
    }
    return switch (expressions.below(18)) {
      case 0 -> TwoSql.of("# IS " + not + "NULL", column).made("IS NULL", "FALSE");
      case 1 ->
          TwoSql.of("# IS " + not + "DISTINCT FROM #", column, literals.literal(field))
              .made("IS DISTINCT FROM", "TRUE");
      case 2 ->
          TwoSql.of(
                  "# " + not + "IN (#)",
                  column,
                  TwoSql.join(
                      ", ",
                      List.of(
                          literals.literal(field),
                          literals.literal(field),
                          literals.literal(field))))
              .made(not + "IN list", "TRUE");
      case 3 ->
          TwoSql.of(
                  "# " + not + "BETWEEN # AND #",
                  column,
                  literals.literal(field),
                  literals.literal(field))
              .made(not + "BETWEEN", "TRUE");
      case 4 ->
          TwoSql.of(
              "(# = # OR # = #)", column, literals.literal(field), column, literals.literal(field));
      case 5 ->
          TwoSql.of(
              "(# = # AND # = #)",
              column,
              literals.literal(field),
              column,
              literals.literal(field));
      case 6 -> TwoSql.of("# " + comparison() + " #", literals.literal(field), column);
      case 7 -> TwoSql.of("# " + comparison() + " #", column, expressions.simple(scope, type, 1));
      case 8 ->
          TwoSql.of(
              expressions.pick(
                  List.of("1 = 0", "1 = 1", "TRUE", "FALSE", "CAST(NULL AS BOOLEAN)")));
      case 9 -> cast(field);
      case 10 ->
          TwoSql.of("# " + not + "IN (#, NULL)", column, literals.literal(field))
              .made(not + "IN list with NULL", "TRUE");
      case 11 ->
          expressions.oneIn(3)
              ? rows(scope, field)
              : TwoSql.of("# " + comparison() + " #", column, literals.literal(field));
      case 12 -> symmetric(scope, field, not);
      case 13, 14 ->
          type == Type.TEXT
              ? like(field, not)
              : TwoSql.of("# " + comparison() + " #", column, literals.literal(field));
      default ->
          TwoSql.of("# " + comparison() + " #", column, literals.literal(field))
              .made("comparison with a value", "TRUE");
    };
  }

  private TwoSql cast(Field field) {
    TwoSql column = field.reference();
    return switch (field.type()) {
      case TEXT -> TwoSql.of("CAST(# AS VARCHAR(400)) = #", column, literals.literal(field));
      case TIME ->
          expressions.oneIn(2)
              ? TwoSql.of("CAST(# AS DATE) " + comparison() + " #", column, day())
              : TwoSql.of("#::date = #", column, day()).made(":: before an operator", "TRUE");
      case DATE ->
          TwoSql.of(
              "CAST(# AS TIMESTAMP) " + comparison() + " #",
              column,
              RandomLiterals.literal(expressions.pick(RandomLiterals.TIMES)));
      case WHOLE, REAL, DECIMAL ->
          TwoSql.of(
              "CAST(# AS #) " + comparison() + " #",
              column,
              Type.REAL.sql(),
              literals.literal(field));
      case TRUTH -> column;
    };
  }

  private TwoSql day() {
    return TwoSql.of("DATE '2026-06-0" + (1 + expressions.below(9)) + "'").typed(Type.DATE);
  }

  /** Rows of values, compared. */
  private TwoSql rows(RandomScope scope, Field first) {
    List<Field> others = scope.fields().stream().filter(f -> f.type() != Type.TRUTH).toList();
    Field second = others.isEmpty() ? first : expressions.pick(others);
    String operator = expressions.pick(List.of("=", "<>"));
    return TwoSql.of(
            "(#, #) " + operator + " (#, #)",
            // DuckDB compares rows with NULLs as values.
            operator.equals("=") ? "(#1 = #3 AND #2 = #4)" : "(#1 <> #3 OR #2 <> #4)",
            first.reference(),
            second.reference(),
            literals.literal(first),
            literals.literal(second))
        .made("row comparison", "TRUE");
  }

  private TwoSql symmetric(RandomScope scope, Field field, String not) {
    TwoSql column = field.reference();
    return TwoSql.of(
            "# " + not + "BETWEEN SYMMETRIC # AND #",
            not + "((#1 >= #2 AND #1 <= #3) OR (#1 >= #3 AND #1 <= #2))",
            "#1 " + not + "BETWEEN SYMMETRIC #2 AND #3",
            column,
            literals.literal(field),
            expressions.oneIn(4)
                ? RandomLiterals.nothing(field.type())
                : expressions.simple(scope, field.type(), 1))
        .made(not + "BETWEEN SYMMETRIC", "TRUE");
  }

  private TwoSql like(Field field, String not) {
    String sample = field.samples().isEmpty() ? "tsk" : (String) expressions.pick(field.samples());
    int start =
        sample.isEmpty()
            ? 0
            : sample.offsetByCodePoints(
                0, expressions.below(Math.min(5, sample.codePointCount(0, sample.length()))));
    int codePoints = sample.codePointCount(start, sample.length());
    String piece =
        codePoints == 0
            ? ""
            : sample.substring(
                start,
                sample.offsetByCodePoints(start, 1 + expressions.below(Math.min(4, codePoints))));
    String pattern =
        expressions.pick(
            List.of("%" + piece + "%", piece + "%", "%" + piece, "_" + piece + "%", piece));
    boolean escaped = expressions.oneIn(4);
    String given = escaped ? pattern.replace("!", "!!").replace("_", "!_") : pattern;
    String escape = escaped ? " ESCAPE '!'" : "";
    return TwoSql.of(
            "# " + not + "LIKE #" + escape,
            "# " + not + "LIKE #" + escape,
            // PostgreSQL has an escape character unless told otherwise.
            "# " + not + "LIKE #" + (escaped ? escape : " ESCAPE ''"),
            field.reference(),
            literals.literalOrParameter(given, Type.TEXT))
        .made(not + "LIKE" + (escaped ? " ESCAPE" : ""), "TRUE");
  }

  String comparison() {
    return expressions.pick(List.of("=", "=", "=", "<>", "<", "<=", ">", ">="));
  }
}
