package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Field;
import dev.turntable.plan.RandomScope.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes random select lists: plain, grouped, with windows. */
final class RandomOutputs {
  /**
   * A select list and what follows WHERE.
   *
   * @param tail GROUP BY and HAVING, or nothing
   */
  record Outputs(
      List<TwoSql> columns, List<Field> fields, TwoSql tail, boolean mayBeDistinct, int rows) {}

  private static final TwoSql NOTHING = TwoSql.of("");

  private final Random random;
  private final RandomExpressions expressions;

  RandomOutputs(Random random, RandomExpressions expressions) {
    this.random = random;
    this.expressions = expressions;
  }

  private List<Type> types(RandomScope scope, @Nullable List<Type> wanted) {
    if (wanted != null) {
      return wanted;
    }
    List<Type> types = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      types.add(
          random.nextInt(3) == 0
              ? expressions.pick(List.of(Type.values()))
              : expressions.pick(scope.fields()).type());
    }
    return types;
  }

  Outputs plain(RandomScope scope, @Nullable List<Type> wanted) {
    List<TwoSql> columns = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (Type type : types(scope, wanted)) {
      List<Field> same = scope.fields(type);
      Field field = same.isEmpty() ? field(type) : expressions.pick(same);
      boolean direct = !same.isEmpty() && random.nextInt(5) < 3;
      columns.add(direct ? field.reference() : expressions.value(scope, type, 2));
      fields.add(direct ? field : field(type));
    }
    return new Outputs(columns, fields, NOTHING, true, scope.rows());
  }

  private static Field field(Type type) {
    return new Field(NOTHING, type, "", List.of());
  }

  Outputs grouped(RandomScope scope, @Nullable List<Type> wanted) {
    List<TwoSql> keys = new ArrayList<>();
    List<Field> keyFields = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      Field field = expressions.pick(scope.fields());
      boolean direct = random.nextInt(4) > 0;
      TwoSql key = direct ? field.reference() : expressions.plain(scope, field.type(), 1);
      // A constant is no key in GROUP BY: an integer there would name a column of the select list.
      if (keys.contains(key)
          || scope.fields().stream().noneMatch(f -> key.ours().contains(f.reference().ours()))) {
        continue;
      }
      keys.add(key);
      keyFields.add(direct ? field : field(field.type()));
    }
    boolean sets = keys.size() > 1 && random.nextInt(3) == 0;
    List<TwoSql> columns = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (Type type : types(scope, wanted)) {
      List<Integer> same = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        if (keyFields.get(i).type() == type) {
          same.add(i);
        }
      }
      if (!same.isEmpty() && random.nextBoolean()) {
        int key = expressions.pick(same);
        columns.add(keys.get(key));
        fields.add(keyFields.get(key));
      } else if (sets && type == Type.WHOLE && random.nextInt(3) == 0) {
        columns.add(TwoSql.of("GROUPING(#)", expressions.pick(keys)));
        fields.add(field(type));
      } else {
        columns.add(aggregate(scope, type));
        fields.add(field(type));
      }
    }
    TwoSql tail = keys.isEmpty() ? NOTHING : TwoSql.of(" GROUP BY #", groups(keys, sets));
    if (keys.isEmpty() && columns.stream().noneMatch(c -> isAggregate(c))) {
      return plain(scope, wanted);
    }
    if (random.nextInt(4) == 0) {
      tail = TwoSql.of("# HAVING #", tail, aggregate(scope, Type.TRUTH));
    }
    // With DISTINCT and ORDER BY, Calcite does not find some aggregates again in its select list
    // and
    // refuses the statement.
    return new Outputs(columns, fields, tail, false, keys.isEmpty() ? 1 : scope.rows() / 2 + 1);
  }

  private static boolean isAggregate(TwoSql column) {
    return column.ours().contains("(");
  }

  private TwoSql groups(List<TwoSql> keys, boolean sets) {
    TwoSql all = TwoSql.join(", ", keys);
    if (!sets) {
      return all;
    }
    return switch (random.nextInt(3)) {
      case 0 -> TwoSql.of("ROLLUP (#)", all);
      case 1 -> TwoSql.of("CUBE (#)", all);
      default -> TwoSql.of("GROUPING SETS ((#), (#), ())", all, keys.get(0));
    };
  }

  /** A value over all rows of a group. */
  TwoSql aggregate(RandomScope scope, Type type) {
    TwoSql call =
        switch (type) {
          case TEXT, TIME ->
              TwoSql.of(
                  expressions.pick(List.of("MIN", "MAX")) + "(#)",
                  expressions.plain(scope, type, 1));
          case WHOLE -> wholeAggregate(scope);
          case REAL ->
              TwoSql.of(
                  expressions.pick(List.of("AVG", "AVG", "STDDEV_POP", "VAR_SAMP")) + "(#)",
                  expressions.plain(scope, Type.WHOLE, 1));
          case TRUTH -> null;
        };
    if (call == null) {
      return random.nextBoolean()
          ? TwoSql.of("COUNT(*) > " + random.nextInt(4))
          : TwoSql.of("MAX(#) IS NULL", expressions.pick(scope.fields()).reference());
    }
    return random.nextInt(4) == 0
        ? TwoSql.of("# FILTER (WHERE #)", call, expressions.plain(scope, Type.TRUTH, 1))
        : call;
  }

  private TwoSql wholeAggregate(RandomScope scope) {
    Field any = expressions.pick(scope.fields());
    TwoSql number = expressions.plain(scope, Type.WHOLE, 1);
    return switch (random.nextInt(8)) {
      case 0, 1 -> TwoSql.of("COUNT(*)");
      case 2 -> TwoSql.of("COUNT(#)", any.reference());
      case 3 -> TwoSql.of("COUNT(DISTINCT #)", any.reference());
      case 4 -> TwoSql.of("SUM(DISTINCT #)", number);
      case 5 -> TwoSql.of("MIN(#)", number);
      case 6 -> TwoSql.of("MAX(#)", number);
      default -> TwoSql.of("SUM(#)", number);
    };
  }

  Outputs windowed(RandomScope scope, @Nullable List<Type> wanted) {
    List<Type> types = types(scope, wanted);
    Outputs plain = plain(scope, types);
    List<TwoSql> columns = new ArrayList<>(plain.columns());
    for (int i = 0; i < types.size(); i++) {
      if (random.nextBoolean()) {
        TwoSql window = window(scope, types.get(i));
        if (window != null) {
          columns.set(i, window);
        }
      }
    }
    List<Field> fields = types.stream().map(RandomOutputs::field).toList();
    return new Outputs(columns, fields, NOTHING, false, scope.rows());
  }

  private @Nullable TwoSql window(RandomScope scope, Type type) {
    TwoSql partition =
        random.nextBoolean()
            ? TwoSql.of("PARTITION BY # ", expressions.pick(scope.fields()).reference())
            : NOTHING;
    TwoSql ties =
        TwoSql.of(
            "#ORDER BY #" + expressions.pick(List.of("", " DESC", " NULLS FIRST")),
            partition,
            expressions.pick(scope.fields()).reference());
    if (type == Type.WHOLE && (scope.keys().isEmpty() || random.nextBoolean())) {
      TwoSql number = expressions.plain(scope, Type.WHOLE, 1);
      return switch (random.nextInt(5)) {
        case 0 -> TwoSql.of("RANK() OVER (#)", ties);
        case 1 -> TwoSql.of("DENSE_RANK() OVER (#)", ties);
        case 2 -> TwoSql.of("SUM(#) OVER (#)", number, ties);
        case 3 -> TwoSql.of("COUNT(*) OVER (#)", partition);
        default -> TwoSql.of("MAX(#) OVER (# RANGE UNBOUNDED PRECEDING)", number, ties);
      };
    }
    if (type == Type.TRUTH || type == Type.REAL || scope.keys().isEmpty()) {
      return null;
    }
    TwoSql total = TwoSql.of("#, #", ties, TwoSql.join(", ", scope.keys()));
    TwoSql value = expressions.plain(scope, type, 1);
    String frame =
        expressions.pick(
            List.of(
                " ROWS BETWEEN 2 PRECEDING AND CURRENT ROW",
                " ROWS BETWEEN 1 FOLLOWING AND 3 FOLLOWING",
                " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING",
                " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
                ""));
    return switch (random.nextInt(type == Type.WHOLE ? 8 : 5)) {
      case 0 -> TwoSql.of("LAG(#, 2) OVER (#)", value, total);
      case 1 -> TwoSql.of("LEAD(#) OVER (#)", value, total);
      case 2 -> TwoSql.of("FIRST_VALUE(#) OVER (#" + frame + ")", value, total);
      case 3 -> TwoSql.of("LAST_VALUE(#) OVER (#" + frame + ")", value, total);
      case 4 -> TwoSql.of("MIN(#) OVER (#" + frame + ")", value, total);
      case 5 -> TwoSql.of("ROW_NUMBER() OVER (#)", total);
      case 6 -> TwoSql.of("NTILE(3) OVER (#)", total);
      default -> TwoSql.of("SUM(#) OVER (#" + frame + ")", value, total);
    };
  }
}
