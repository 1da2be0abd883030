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
   * @param tail GROUP BY, HAVING and WINDOW, or nothing
   */
  record Outputs(
      List<TwoSql> columns, List<Field> fields, TwoSql tail, boolean mayBeDistinct, int rows) {}

  private static final TwoSql NOTHING = TwoSql.of("");

  private final Random random;
  private final RandomExpressions expressions;
  private final RandomAggregates aggregates;
  private final RandomWindows windows;

  RandomOutputs(Random random, RandomExpressions expressions) {
    this.random = random;
    this.expressions = expressions;
    aggregates = new RandomAggregates(expressions);
    windows = new RandomWindows(expressions);
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
    boolean sets = keys.size() > 1 && random.nextInt(2) == 0;
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
        columns.add(
            random.nextBoolean()
                ? TwoSql.of("GROUPING(#)", expressions.pick(keys)).made("GROUPING", "0")
                : TwoSql.of("GROUPING(#)", TwoSql.of("#, #", keys.get(0), keys.get(1)))
                    .made("GROUPING of two", "0"));
        fields.add(field(type));
      } else {
        columns.add(overGroups(scope, keys, aggregate(scope, type), type));
        fields.add(field(type));
      }
    }
    TwoSql tail =
        keys.isEmpty()
            ? NOTHING
            : TwoSql.of(" GROUP BY #", sets ? sets(keys) : TwoSql.join(", ", keys));
    if (keys.isEmpty() && columns.stream().noneMatch(c -> isAggregate(c))) {
      return plain(scope, wanted);
    }
    if (random.nextInt(4) == 0) {
      tail = TwoSql.of("##", tail, having(scope));
    }
    // With DISTINCT and ORDER BY, Calcite does not find some aggregates again in its select list
    // and refuses the statement.
    return new Outputs(columns, fields, tail, false, keys.isEmpty() ? 1 : scope.rows() / 2 + 1);
  }

  private TwoSql having(RandomScope scope) {
    return TwoSql.of(" HAVING #", aggregate(scope, Type.TRUTH)).made("HAVING", "");
  }

  private static boolean isAggregate(TwoSql column) {
    return column.ours().contains("(");
  }

  /** A window over the rows that grouping gives, now and then. */
  private TwoSql overGroups(RandomScope scope, List<TwoSql> keys, TwoSql aggregate, Type type) {
    if (type != Type.WHOLE || keys.isEmpty() || random.nextInt(5) > 0) {
      return aggregate;
    }
    return (random.nextBoolean()
            ? TwoSql.of("RANK() OVER (ORDER BY #)", aggregate)
            : TwoSql.of(
                "SUM(#) OVER (PARTITION BY #)",
                "CAST(SUM(#) OVER (PARTITION BY #) AS BIGINT)",
                aggregate,
                expressions.pick(keys)))
        .made("window over groups", "0");
  }

  private TwoSql sets(List<TwoSql> keys) {
    TwoSql all = TwoSql.join(", ", keys);
    TwoSql rest = TwoSql.join(", ", keys.subList(1, keys.size()));
    TwoSql first = keys.get(0);
    TwoSql last = keys.get(keys.size() - 1);
    return switch (random.nextInt(9)) {
      case 0 -> TwoSql.of("ROLLUP (#)", all).made("ROLLUP", all);
      case 1 -> TwoSql.of("CUBE (#)", all).made("CUBE", all);
      case 2 -> TwoSql.of("#, ROLLUP (#)", first, rest).made("key and ROLLUP", all);
      case 3 -> TwoSql.of("GROUPING SETS ((#), #, ())", all, first).made("GROUPING SETS", all);
      case 4 ->
          TwoSql.of("GROUPING SETS ((#), (#), (#))", all, first, first)
              .made("GROUPING SETS, one twice", all);
      case 5 ->
          TwoSql.of("GROUPING SETS (ROLLUP (#), (#))", all, last)
              .made("ROLLUP in GROUPING SETS", all);
      case 6 -> TwoSql.of("CUBE ((#), #)", all, first).made("CUBE of lists", all);
      case 7 -> TwoSql.of("ROLLUP ((#), #)", all, last).made("ROLLUP of lists", all);
      default -> TwoSql.of("ROLLUP (#), CUBE (#)", first, rest).made("ROLLUP and CUBE", all);
    };
  }

  /** A value over all rows of a group. */
  TwoSql aggregate(RandomScope scope, Type type) {
    return aggregates.of(scope, type).typed(type);
  }

  Outputs windowed(RandomScope scope, @Nullable List<Type> wanted) {
    List<Type> types = types(scope, wanted);
    Outputs plain = plain(scope, types);
    List<TwoSql> columns = new ArrayList<>(plain.columns());
    for (int i = 0; i < types.size(); i++) {
      if (random.nextInt(3) > 0) {
        TwoSql window = windows.call(scope, types.get(i));
        if (window != null) {
          columns.set(i, window);
        }
      }
    }
    List<Field> fields = types.stream().map(RandomOutputs::field).toList();
    return new Outputs(columns, fields, windows.clause(), false, scope.rows());
  }
}
