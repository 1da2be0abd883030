package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Field;
import dev.turntable.plan.RandomScope.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes calls of window functions whose values the rows decide, and the windows that they name. */
final class RandomWindows {
  private static final TwoSql NOTHING = TwoSql.of("");

  private final RandomExpressions expressions;
  private final RandomFrames frames;
  private final List<TwoSql> named = new ArrayList<>();
  private int names;

  RandomWindows(RandomExpressions expressions) {
    this.expressions = expressions;
    frames = new RandomFrames(expressions);
  }

  /** The WINDOW clause of the calls made since it was last taken, or nothing. */
  TwoSql clause() {
    if (named.isEmpty()) {
      return NOTHING;
    }
    TwoSql clause = TwoSql.of(" WINDOW #", TwoSql.join(", ", named));
    named.clear();
    return clause;
  }

  /** A call that gives this type, or null if there is none. */
  @Nullable TwoSql call(RandomScope scope, Type type) {
    TwoSql call = made(scope, type);
    return call == null ? null : call.typed(type);
  }

  private @Nullable TwoSql made(RandomScope scope, Type type) {
    if (type == Type.TRUTH) {
      return null;
    }
    boolean total = !scope.keys().isEmpty() && expressions.oneIn(2);
    TwoSql partition =
        expressions.oneIn(2)
            ? TwoSql.of("PARTITION BY #", expressions.pick(scope.fields()).reference())
                .made("PARTITION BY", "")
            : NOTHING;
    Field key = expressions.pick(scope.fields());
    TwoSql order = order(scope, key, total);
    if (!total && expressions.oneIn(3)) {
      return ranged(scope, type, partition, key);
    }
    return total ? ordered(scope, type, partition, order) : tied(scope, type, partition, order);
  }

  private TwoSql order(RandomScope scope, Field key, boolean total) {
    TwoSql first =
        TwoSql.of(
            "#" + expressions.pick(List.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST")),
            key.reference());
    return total
        ? TwoSql.of("ORDER BY #, #", first, TwoSql.join(", ", scope.keys()))
        : TwoSql.of("ORDER BY #", first);
  }

  /** Frames by distance: one key, of a type that has distances. */
  private @Nullable TwoSql ranged(RandomScope scope, Type type, TwoSql partition, Field key) {
    if (!List.of(Type.WHOLE, Type.TIME, Type.DATE, Type.DECIMAL).contains(key.type())) {
      return null;
    }
    TwoSql order =
        TwoSql.of(
            "ORDER BY #" + expressions.pick(List.of("", " DESC", " NULLS FIRST")), key.reference());
    TwoSql call = aggregate(scope, type);
    return call == null ? null : over(type, call, partition, order, frames.range(key.type()));
  }

  /** Calls whose value is the same for rows of the same key. */
  private @Nullable TwoSql tied(RandomScope scope, Type type, TwoSql partition, TwoSql order) {
    if (type == Type.WHOLE && expressions.oneIn(3)) {
      String name = expressions.pick(List.of("RANK", "DENSE_RANK"));
      return over(type, TwoSql.of(name + "()").made(name, "COUNT(*)"), partition, order, NOTHING);
    }
    if (type == Type.REAL && expressions.oneIn(2)) {
      String name = expressions.pick(List.of("PERCENT_RANK", "CUME_DIST"));
      return over(type, TwoSql.of(name + "()").made(name, "COUNT(*)"), partition, order, NOTHING);
    }
    TwoSql call = aggregate(scope, type);
    return call == null
        ? null
        : expressions.oneIn(5)
            ? over(type, call, partition, NOTHING, NOTHING)
            : over(type, call, partition, order, frames.ofPeers());
  }

  /** Calls that tell every row from every other. */
  private TwoSql ordered(RandomScope scope, Type type, TwoSql partition, TwoSql order) {
    TwoSql value = expressions.simple(scope, type, 1);
    int choice = expressions.below(type == Type.WHOLE ? 9 : 7);
    return switch (choice) {
      case 0 -> over(type, lag("LAG", value, type), partition, order, NOTHING);
      case 1 -> over(type, lag("LEAD", value, type), partition, order, NOTHING);
      case 2 -> over(type, first("FIRST_VALUE", value), partition, order, frames.rows());
      case 3 -> over(type, first("LAST_VALUE", value), partition, order, frames.rows());
      case 4 ->
          over(
              type,
              TwoSql.of("NTH_VALUE(#, 2)", value).made("NTH_VALUE", TwoSql.of("MAX(#)", value)),
              partition,
              order,
              frames.rows());
      case 7 ->
          over(
              type,
              TwoSql.of("ROW_NUMBER()").made("ROW_NUMBER", "MIN(0)"),
              partition,
              order,
              NOTHING);
      case 8 ->
          over(type, TwoSql.of("NTILE(3)").made("NTILE", "COUNT(*)"), partition, order, NOTHING);
      default -> {
        TwoSql call = aggregate(scope, type);
        yield over(
            type,
            call == null ? TwoSql.of("MIN(#)", value) : call,
            partition,
            order,
            frames.rows());
      }
    };
  }

  private TwoSql lag(String name, TwoSql value, Type type) {
    return switch (expressions.below(3)) {
      case 0 -> TwoSql.of(name + "(#)", value).made(name, TwoSql.of("MAX(#)", value));
      case 1 -> TwoSql.of(name + "(#, 2)", value).made(name, TwoSql.of("MAX(#)", value));
      default -> {
        TwoSql otherwise =
            expressions.literals().literal(new RandomScope(List.of(), List.of(), 0), type, false);
        String call = name + "(#, 1, #)";
        // DuckDB folds CAST(NULL AS VARCHAR) || x to a NULL of no type, to which it casts the
        // default.
        String duck =
            switch (type) {
              case DECIMAL -> name + "(" + TwoSql.DUCK_DECIMAL + ", 1, #)";
              case TEXT -> name + "(CAST(# AS VARCHAR), 1, #)";
              default -> call;
            };
        yield TwoSql.of(call, duck, call, value, otherwise)
            .made(name + " with default", TwoSql.of(name + "(#)", value));
      }
    };
  }

  private TwoSql first(String name, TwoSql value) {
    return TwoSql.of(name + "(#)", value).made(name, TwoSql.of("MAX(#)", value));
  }

  private @Nullable TwoSql aggregate(RandomScope scope, Type type) {
    TwoSql value = expressions.simple(scope, type, 1);
    TwoSql call =
        switch (type) {
          case WHOLE ->
              switch (expressions.below(4)) {
                case 0 -> TwoSql.of("COUNT(*)");
                case 1 -> TwoSql.of("COUNT(#)", expressions.pick(scope.fields()).reference());
                case 2 -> TwoSql.of("MAX(#)", value);
                default -> TwoSql.of("SUM(#)", value);
              };
          case REAL -> TwoSql.of("AVG(#)", expressions.simple(scope, Type.WHOLE, 1));
          case DECIMAL -> TwoSql.of(expressions.pick(List.of("MIN", "SUM")) + "(#)", value);
          case TEXT, TIME, DATE ->
              TwoSql.of(expressions.pick(List.of("MIN", "MAX")) + "(#)", value);
          case TRUTH -> null;
        };
    if (call == null || !expressions.oneIn(6)) {
      return call;
    }
    return TwoSql.of("# FILTER (WHERE #)", call, expressions.simple(scope, Type.TRUTH, 1))
        .made("FILTER with OVER", call);
  }

  /** With the window in place, or with one that has a name and may be built on. */
  private TwoSql over(Type type, TwoSql call, TwoSql partition, TwoSql order, TwoSql frame) {
    // The judges' sums and averages of whole numbers are of other types.
    String cast =
        switch (type) {
          case WHOLE -> "CAST(# OVER # AS BIGINT)";
          case REAL -> "CAST(# OVER # AS DOUBLE PRECISION)";
          default -> "# OVER #";
        };
    String duck = type == Type.DECIMAL ? TwoSql.DUCK_DECIMAL.replace("#", "# OVER #") : "# OVER #";
    TwoSql inline = TwoSql.of("(# # #)", partition, order, frame);
    if (!expressions.oneIn(3)) {
      return TwoSql.of("# OVER #", duck, cast, call, inline).made("window", "NULL");
    }
    String name = "v" + names++;
    TwoSql window = NOTHING;
    String kind = "named window";
    switch (expressions.below(order.ours().isEmpty() || frame.ours().isEmpty() ? 2 : 4)) {
      case 0 -> {
        named.add(TwoSql.of(name + " AS #", inline));
        window = TwoSql.of(name);
      }
      case 1 -> {
        kind = "window on a named one";
        named.add(TwoSql.of(name + " AS (#)", partition));
        window = TwoSql.of("(" + name + " # #)", order, frame);
      }
      case 2 -> {
        kind = "frame on a named window";
        named.add(TwoSql.of(name + " AS (# #)", partition, order));
        window = TwoSql.of("(" + name + " #)", frame);
      }
      default -> {
        kind = "named window on a named one";
        named.add(TwoSql.of(name + " AS (#)", partition));
        named.add(TwoSql.of("u" + name + " AS (" + name + " # #)", order, frame));
        window = TwoSql.of("u" + name);
      }
    }
    return TwoSql.of("# OVER #", duck, cast, call, window).made(kind, "NULL");
  }
}
