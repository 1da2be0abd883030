package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Field;
import dev.turntable.plan.RandomScope.Type;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** Makes random values and predicates that mean the same in both dialects. */
final class RandomExpressions {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  /** Makes predicates and values out of further queries. */
  interface SubQueries {
    TwoSql predicate(RandomScope outer);

    TwoSql value(RandomScope outer, Type type);
  }

  private final Random random;
  private final SubQueries subQueries;
  private boolean parameters;
  private boolean plain;

  /** How many CASE, COALESCE and NULLIF are open; see {@link #parameter}. */
  private int branches;

  RandomExpressions(Random random, SubQueries subQueries) {
    this.random = random;
    this.subQueries = subQueries;
  }

  /** Writes some literals as parameters from now on, or none. */
  void parameters(boolean on) {
    parameters = on;
  }

  /** Makes an expression that may stand twice in a statement: no parameter, no sub-query. */
  TwoSql plain(RandomScope scope, Type type, int depth) {
    boolean before = plain;
    plain = true;
    TwoSql result = value(scope, type, depth);
    plain = before;
    return result;
  }

  TwoSql value(RandomScope scope, Type type, int depth) {
    if (depth <= 0 || oneIn(3)) {
      return type == Type.TRUTH ? leaf(scope) : fieldOr(scope, type);
    }
    int choice = random.nextInt(6);
    branches += choice <= 2 ? 1 : 0;
    TwoSql result = value(choice, scope, type, depth);
    branches -= choice <= 2 ? 1 : 0;
    return result;
  }

  private TwoSql value(int choice, RandomScope scope, Type type, int depth) {
    return switch (choice) {
      case 0 ->
          TwoSql.of(
              "CASE WHEN # THEN # ELSE # END",
              predicate(scope, depth - 1),
              value(scope, type, depth - 1),
              value(scope, type, depth - 1));
      case 1 ->
          TwoSql.of("COALESCE(#, #)", value(scope, type, depth - 1), value(scope, type, depth - 1));
      case 2 ->
          TwoSql.of("NULLIF(#, #)", value(scope, type, depth - 1), literal(scope, type, false));
      default -> {
        if (!plain && oneIn(12)) {
          yield subQueries.value(scope, type);
        }
        yield switch (type) {
          case TEXT -> text(scope, depth);
          case WHOLE -> whole(scope, depth);
          case REAL -> real(scope, depth);
          case TIME -> time(scope, depth);
          case TRUTH -> predicate(scope, depth - 1);
        };
      }
    };
  }

  private TwoSql text(RandomScope scope, int depth) {
    TwoSql inner = value(scope, Type.TEXT, depth - 1);
    return switch (random.nextInt(8)) {
      case 0 -> TwoSql.of("UPPER(#)", inner);
      case 1 -> TwoSql.of("LOWER(#)", "LOWER(REPLACE(#, 'İ', 'i̇'))", inner); // two letters
      case 2 -> TwoSql.of("(# || #)", inner, value(scope, Type.TEXT, depth - 1));
      case 3 ->
          TwoSql.of(
              "SUBSTRING(# FROM "
                  + (1 + random.nextInt(6))
                  + " FOR "
                  + (1 + random.nextInt(9))
                  + ")",
              inner);
      case 4 -> TwoSql.of("TRIM(#)", inner);
      case 5 -> TwoSql.of("CAST(# AS VARCHAR)", value(scope, Type.WHOLE, depth - 1));
      case 6 -> TwoSql.of("REPLACE(#, 'e', 'ab')", inner);
      default -> TwoSql.of("TRIM(LEADING 't' FROM #)", "LTRIM(#, 't')", inner);
    };
  }

  private TwoSql whole(RandomScope scope, int depth) {
    TwoSql inner = value(scope, Type.WHOLE, depth - 1);
    int small = 1 + random.nextInt(9);
    return switch (random.nextInt(11)) {
      case 0 -> TwoSql.of("(# + #)", inner, value(scope, Type.WHOLE, depth - 1));
      case 1 -> TwoSql.of("(# - #)", inner, value(scope, Type.WHOLE, depth - 1));
      case 2 -> TwoSql.of("(# * " + small + ")", inner);
      case 3 -> TwoSql.of("(# / " + small + ")", "(# // " + small + ")", inner);
      case 4 -> TwoSql.of("MOD(#, " + small + ")", inner);
      case 5 -> TwoSql.of("ABS(#)", inner);
      case 6 -> TwoSql.of("CHAR_LENGTH(#)", value(scope, Type.TEXT, depth - 1));
      case 7 -> TwoSql.of("POSITION('e' IN #)", value(scope, Type.TEXT, depth - 1));
      case 8 ->
          TwoSql.of(
              "EXTRACT("
                  + pick(List.of("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "QUARTER", "DOY"))
                  + " FROM #)",
              value(scope, Type.TIME, depth - 1));
      case 9 -> {
        String unit = pick(List.of("DAY", "HOUR", "MINUTE", "SECOND"));
        yield TwoSql.of(
            "TIMESTAMPDIFF(" + unit + ", #, #)",
            "DATE_SUB('" + unit + "', #, #)",
            value(scope, Type.TIME, depth - 1),
            value(scope, Type.TIME, depth - 1));
      }
      default -> TwoSql.of("-(#)", inner);
    };
  }

  private TwoSql real(RandomScope scope, int depth) {
    return switch (random.nextInt(5)) {
      case 0 -> TwoSql.of("CAST(# AS DOUBLE)", value(scope, Type.WHOLE, depth - 1));
      case 1 ->
          TwoSql.of(
              "(# + #)", value(scope, Type.REAL, depth - 1), value(scope, Type.REAL, depth - 1));
      case 2 -> TwoSql.of("(# / 7)", value(scope, Type.REAL, depth - 1));
      case 3 -> TwoSql.of("FLOOR(#)", value(scope, Type.REAL, depth - 1));
      default -> TwoSql.of("SQRT(ABS(#))", value(scope, Type.REAL, depth - 1));
    };
  }

  private TwoSql time(RandomScope scope, int depth) {
    TwoSql inner = value(scope, Type.TIME, depth - 1);
    String unit = pick(List.of("DAY", "HOUR", "MONTH", "YEAR"));
    return oneIn(2)
        ? TwoSql.of(
            "FLOOR(# TO " + unit + ")", "CAST(DATE_TRUNC('" + unit + "', #) AS TIMESTAMP)", inner)
        : TwoSql.of("(# + INTERVAL '" + (1 + random.nextInt(40)) + "' " + unit + ")", inner);
  }

  /** A condition, of three values as all in SQL. */
  TwoSql predicate(RandomScope scope, int depth) {
    if (depth <= 0) {
      return leaf(scope);
    }
    TwoSql first = predicate(scope, depth - 1);
    return switch (random.nextInt(9)) {
      case 0, 1 -> TwoSql.of("(# AND #)", first, predicate(scope, depth - 1));
      case 2, 3 -> TwoSql.of("(# OR #)", first, predicate(scope, depth - 1));
      case 4 -> TwoSql.of("NOT (#)", first);
      case 5 ->
          TwoSql.of(
              "(#) IS "
                  + pick(List.of("TRUE", "FALSE", "NOT TRUE", "NOT FALSE", "NULL", "NOT NULL")),
              first);
      case 6 -> plain ? first : oneIn(2) ? subQueries.predicate(scope) : first;
      default -> leaf(scope);
    };
  }

  private TwoSql leaf(RandomScope scope) {
    Field field = pick(scope.fields());
    Type type = field.type();
    TwoSql column = field.reference();
    String not = oneIn(3) ? "NOT " : "";
    if (type == Type.TRUTH) {
      return TwoSql.of("#", column);
    }
    return switch (random.nextInt(16)) {
      case 0 -> TwoSql.of("# IS " + not + "NULL", column);
      case 1 -> TwoSql.of("# IS " + not + "DISTINCT FROM #", column, literal(field));
      case 2 ->
          TwoSql.of(
              "# " + not + "IN (#, #, #)", column, literal(field), literal(field), literal(field));
      case 3 -> TwoSql.of("# " + not + "BETWEEN # AND #", column, literal(field), literal(field));
      case 4 -> TwoSql.of("(# = # OR # = #)", column, literal(field), column, literal(field));
      case 5 -> TwoSql.of("(# = # AND # = #)", column, literal(field), column, literal(field));
      case 6 -> TwoSql.of("# " + comparison() + " #", literal(field), column);
      case 7 -> TwoSql.of("# " + comparison() + " #", column, value(scope, type, 1));
      case 8 ->
          TwoSql.of(pick(List.of("1 = 0", "1 = 1", "TRUE", "FALSE", "CAST(NULL AS BOOLEAN)")));
      case 9 ->
          type == Type.TEXT
              ? TwoSql.of("CAST(# AS VARCHAR(400)) = #", column, literal(field))
              : TwoSql.of(
                  "CAST(# AS "
                      + (type == Type.TIME ? "DATE" : "DOUBLE")
                      + ") "
                      + comparison()
                      + " #",
                  column,
                  type == Type.TIME
                      ? TwoSql.of("DATE '2026-06-0" + (1 + random.nextInt(9)) + "'")
                      : literal(field));
      case 10 -> TwoSql.of("# IN (#, NULL)", column, literal(field));
      case 11, 12 ->
          type == Type.TEXT
              ? like(field, not)
              : TwoSql.of("# " + comparison() + " #", column, literal(field));
      default -> TwoSql.of("# " + comparison() + " #", column, literal(field));
    };
  }

  private TwoSql like(Field field, String not) {
    String sample = field.samples().isEmpty() ? "tsk" : (String) pick(field.samples());
    int start =
        sample.isEmpty()
            ? 0
            : sample.offsetByCodePoints(
                0, random.nextInt(Math.min(5, sample.codePointCount(0, sample.length()))));
    int codePoints = sample.codePointCount(start, sample.length());
    String piece =
        codePoints == 0
            ? ""
            : sample.substring(
                start,
                sample.offsetByCodePoints(start, 1 + random.nextInt(Math.min(4, codePoints))));
    String pattern =
        pick(List.of("%" + piece + "%", piece + "%", "%" + piece, "_" + piece + "%", piece));
    boolean escaped = oneIn(4);
    TwoSql text = textLiteral(escaped ? pattern.replace("!", "!!").replace("_", "!_") : pattern);
    TwoSql given =
        usesParameter()
            ? parameter(
                escaped ? pattern.replace("!", "!!").replace("_", "!_") : pattern, text, Type.TEXT)
            : text;
    return TwoSql.of(
        "# " + not + "LIKE #" + (escaped ? " ESCAPE '!'" : ""), field.reference(), given);
  }

  private TwoSql fieldOr(RandomScope scope, Type type) {
    List<Field> fields = scope.fields(type);
    return fields.isEmpty() || oneIn(5) ? literal(scope, type, true) : pick(fields).reference();
  }

  /** A literal, or NULL with its type. */
  private TwoSql literal(RandomScope scope, Type type, boolean orNull) {
    if (orNull && oneIn(6)) {
      return TwoSql.of("CAST(NULL AS " + name(type) + ")");
    }
    List<Field> fields = scope.fields(type);
    Object value = sample(fields.isEmpty() ? List.of() : pick(fields).samples(), type);
    TwoSql literal = literal(value);
    return usesParameter()
        ? TwoSql.of("CAST(# AS " + name(type) + ")", TwoSql.parameter(value, literal))
        : literal;
  }

  /** A value to compare with a column. */
  private TwoSql literal(Field field) {
    Object value = sample(field.samples(), field.type());
    TwoSql literal = literal(value);
    return usesParameter() ? parameter(value, literal, field.type()) : literal;
  }

  /**
   * A parameter where its type can be told. Below CASE and what is short for it, Calcite asks for the
   * type before it infers it, and refuses the statement: there it takes a cast.
   */
  private TwoSql parameter(Object value, TwoSql literal, Type type) {
    TwoSql parameter = TwoSql.parameter(value, literal);
    return branches > 0 ? TwoSql.of("CAST(# AS " + name(type) + ")", parameter) : parameter;
  }

  private boolean usesParameter() {
    return parameters && !plain && oneIn(2);
  }

  private Object sample(List<Object> samples, Type type) {
    if (!samples.isEmpty() && !oneIn(6)) {
      return pick(samples);
    }
    return switch (type) {
      case TEXT -> pick(List.of("", "a", "abc", "completed", "api", "0"));
      case WHOLE -> (long) random.nextInt(12) - 3;
      case REAL -> random.nextInt(1000) / 8.0;
      case TIME -> LocalDateTime.of(2026, 4 + random.nextInt(4), 1 + random.nextInt(28), 7, 30);
      case TRUTH -> random.nextBoolean();
    };
  }

  static TwoSql literal(Object value) {
    if (value instanceof String text) {
      return textLiteral(text);
    }
    if (value instanceof LocalDateTime time) {
      return TwoSql.of("TIMESTAMP '" + TIME.format(time) + "'");
    }
    return TwoSql.of(
        value instanceof Double number
            ? number + (number.toString().contains("E") ? "" : "E0")
            : value.toString().toUpperCase(Locale.ROOT));
  }

  private static TwoSql textLiteral(String text) {
    return new TwoSql(
        "'" + text.replace("'", "''") + "'", "'" + text.replace("'", "''") + "'", List.of());
  }

  static String name(Type type) {
    return switch (type) {
      case TEXT -> "VARCHAR";
      case WHOLE -> "BIGINT";
      case REAL -> "DOUBLE";
      case TIME -> "TIMESTAMP(3)";
      case TRUTH -> "BOOLEAN";
    };
  }

  private String comparison() {
    return pick(Stream.of("=", "=", "=", "<>", "<", "<=", ">", ">=").toList());
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
