package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Field;
import dev.turntable.plan.RandomScope.Type;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Makes literals, many of them values that the tables hold, and parameters in their places. */
final class RandomLiterals {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  /** Where months are added and days are lost. */
  static final List<Object> DATES =
      List.of(
          LocalDate.of(2024, 1, 31),
          LocalDate.of(2024, 2, 29),
          LocalDate.of(2023, 2, 28),
          LocalDate.of(2024, 3, 31),
          LocalDate.of(2025, 12, 31),
          LocalDate.of(2026, 5, 30),
          LocalDate.of(2026, 6, 1),
          LocalDate.of(2000, 2, 29));

  static final List<Object> TIMES =
      List.of(
          LocalDateTime.of(2024, 1, 31, 23, 59, 59),
          LocalDateTime.of(2024, 2, 29, 0, 0),
          LocalDateTime.of(2024, 12, 31, 12, 30),
          LocalDateTime.of(2026, 5, 31, 7, 30));

  static final List<Object> DECIMALS =
      List.of(
          new BigDecimal("0.10"),
          new BigDecimal("1.5"),
          new BigDecimal("-2.25"),
          new BigDecimal("0.000001"),
          new BigDecimal("7.0"),
          new BigDecimal("12.345"),
          new BigDecimal("100.00"));

  private final Random random;
  private boolean parameters;
  private boolean plain;

  /** How many CASE, COALESCE and NULLIF are open; see {@link #parameter}. */
  private int branches;

  RandomLiterals(Random random) {
    this.random = random;
  }

  /** Writes some literals as parameters from now on, or none. */
  void parameters(boolean on) {
    parameters = on;
  }

  /** Makes literals only until it is called again with the value that it returns. */
  boolean plain(boolean on) {
    boolean before = plain;
    plain = on;
    return before;
  }

  void branch(int by) {
    branches += by;
  }

  /** A literal, or NULL with its type. */
  TwoSql literal(RandomScope scope, Type type, boolean orNull) {
    if (orNull && random.nextInt(6) == 0) {
      return nothing(type);
    }
    List<Field> fields = scope.fields(type);
    Object value =
        sample(
            fields.isEmpty() ? List.of() : fields.get(random.nextInt(fields.size())).samples(),
            type);
    return usesParameter()
        ? TwoSql.of("CAST(# AS #)", TwoSql.parameter(value, literal(value)), type.sql()).typed(type)
        : literal(value);
  }

  static TwoSql nothing(Type type) {
    return TwoSql.of("CAST(NULL AS #)", type.sql()).typed(type);
  }

  /** A value to compare with a column. */
  TwoSql literal(Field field) {
    return literalOrParameter(sample(field.samples(), field.type()), field.type());
  }

  TwoSql literalOrParameter(Object value, Type type) {
    return usesParameter() ? parameter(value, literal(value), type) : literal(value);
  }

  /** A number of rows, as LIMIT and its like take one. */
  TwoSql count(int number) {
    TwoSql literal = TwoSql.of(String.valueOf(number));
    return usesParameter() ? TwoSql.parameter((long) number, literal) : literal;
  }

  /**
   * A parameter where its type can be told. Below CASE and what is short for it, Calcite asks for the
   * type before it infers it, and refuses the statement: there it takes a cast.
   */
  private TwoSql parameter(Object value, TwoSql literal, Type type) {
    TwoSql parameter = TwoSql.parameter(value, literal);
    return branches > 0 ? TwoSql.of("CAST(# AS #)", parameter, type.sql()).typed(type) : parameter;
  }

  private boolean usesParameter() {
    return parameters && !plain && random.nextBoolean();
  }

  private Object sample(List<Object> samples, Type type) {
    if (!samples.isEmpty() && random.nextInt(6) > 0) {
      return pick(samples);
    }
    return switch (type) {
      case TEXT -> pick(List.of("", "a", " t b ", "completed", "api", "0"));
      case WHOLE -> (long) random.nextInt(12) - 3;
      case REAL -> random.nextInt(1000) / 8.0;
      case DECIMAL -> pick(DECIMALS);
      case DATE -> pick(DATES);
      case TIME ->
          random.nextInt(3) == 0
              ? pick(TIMES)
              : LocalDateTime.of(2026, 4 + random.nextInt(4), 1 + random.nextInt(28), 7, 30);
      case TRUTH -> random.nextBoolean();
    };
  }

  static TwoSql literal(Object value) {
    if (value instanceof String text) {
      String quoted = "'" + text.replace("'", "''") + "'";
      // What PostgreSQL takes for a text without a type has none in a window.
      return TwoSql.of(quoted, quoted, "CAST(" + quoted + " AS VARCHAR)").typed(Type.TEXT);
    }
    if (value instanceof LocalDateTime time) {
      return TwoSql.of("TIMESTAMP '" + TIME.format(time) + "'").typed(Type.TIME);
    }
    if (value instanceof LocalDate date) {
      return TwoSql.of("DATE '" + date + "'").typed(Type.DATE);
    }
    if (value instanceof Double number) {
      String text = number + (number.toString().contains("E") ? "" : "E0");
      return TwoSql.of(text, text, "CAST(" + text + " AS DOUBLE PRECISION)").typed(Type.REAL);
    }
    if (value instanceof BigDecimal number) {
      return TwoSql.of(number.toPlainString()).typed(Type.DECIMAL);
    }
    return value instanceof Boolean truth
        ? TwoSql.of(truth ? "TRUE" : "FALSE").typed(Type.TRUTH)
        : TwoSql.of(value.toString()).typed(Type.WHOLE);
  }

  /** The shortest values of a type, NULL last. */
  static List<TwoSql> shortest(Type type) {
    List<TwoSql> values =
        switch (type) {
          case TEXT -> List.of(literal(""), literal("a"));
          case WHOLE -> List.of(literal(1L), literal(0L));
          case REAL -> List.of(literal(1.0));
          case DECIMAL -> List.of(literal(new BigDecimal("1.5")));
          case DATE -> List.of(literal(LocalDate.of(2024, 1, 31)));
          case TIME -> List.of(literal(LocalDateTime.of(2024, 1, 31, 0, 0)));
          case TRUTH -> List.of(literal(true), literal(false));
        };
    List<TwoSql> all = new ArrayList<>(values);
    all.add(nothing(type));
    return all;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
