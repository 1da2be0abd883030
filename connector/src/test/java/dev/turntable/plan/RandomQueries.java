package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Field;
import dev.turntable.plan.RandomScope.Type;
import dev.turntable.plan.RandomSources.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes random queries, each fully decided by its seed. */
final class RandomQueries {
  /**
   * A query.
   *
   * @param fields the columns it gives; their references mean nothing outside
   * @param rows about how many rows it gives
   */
  record Query(TwoSql sql, List<Field> fields, int rows) {}

  private final Random random;
  private final RandomExpressions expressions;
  private final RandomSources sources;
  private final RandomOutputs outputs;
  private final RandomSubQueries subQueries;
  private final List<TwoSql> with = new ArrayList<>();

  RandomQueries(long seed, List<RandomSources.Table> tables) {
    random = new Random(seed);
    expressions = new RandomExpressions(random, new Sub());
    sources = new RandomSources(random, tables, this);
    outputs = new RandomOutputs(random, expressions);
    subQueries = new RandomSubQueries(expressions, sources, outputs);
  }

  /** What is below knows of sub-queries before there are any. */
  private final class Sub implements RandomExpressions.SubQueries {
    @Override
    public TwoSql predicate(RandomScope outer) {
      return subQueries.predicate(outer);
    }

    @Override
    public TwoSql value(RandomScope outer, Type type) {
      return subQueries.value(outer, type);
    }
  }

  RandomStatement statement() {
    expressions.literals().parameters(random.nextInt(4) == 0);
    Query query = query(2, null);
    TwoSql body = query.sql();
    if (!with.isEmpty()) {
      body = TwoSql.of("WITH # #", TwoSql.join(", ", with), body).made("WITH");
    }
    int columns = query.fields().size();
    return switch (random.nextInt(6)) {
      case 0, 1 -> new RandomStatement(body, TwoSql.of(""), List.of(), -1);
      case 2 -> {
        List<Integer> order = shuffled(columns).subList(0, 1 + random.nextInt(columns));
        yield new RandomStatement(body, TwoSql.of(" #", orderBy(order)), order, -1);
      }
      case 3 -> {
        int limit = random.nextInt(8);
        yield new RandomStatement(
            body,
            TwoSql.of(" LIMIT #", count(limit)).made("LIMIT" + overFilter(body), ""),
            List.of(),
            limit);
      }
      default -> {
        List<Integer> order = shuffled(columns);
        TwoSql tail = TwoSql.of(" ##", orderBy(order), limit(overFilter(body)));
        yield new RandomStatement(body, tail, order, -1);
      }
    };
  }

  TwoSql count(int number) {
    return expressions.literals().count(number);
  }

  /** A limit over a condition is one that no service can know. */
  private static String overFilter(TwoSql body) {
    return body.ours().contains(" WHERE ") || body.ours().contains(" HAVING ")
        ? " over a filter"
        : "";
  }

  private TwoSql limit(String over) {
    TwoSql some = count(random.nextInt(20));
    return switch (random.nextInt(3)) {
      case 0 -> TwoSql.of(" LIMIT #", some).made("ORDER BY LIMIT" + over, "");
      case 1 ->
          TwoSql.of(" LIMIT # OFFSET #", some, count(random.nextInt(9)))
              .made("LIMIT OFFSET" + over, TwoSql.of(" LIMIT #", some));
      default ->
          TwoSql.of(" OFFSET # ROWS FETCH NEXT # ROWS ONLY", some, count(7))
              .made("FETCH" + over, "");
    };
  }

  private List<Integer> shuffled(int columns) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      positions.add(i);
    }
    Collections.shuffle(positions, random);
    return positions;
  }

  private TwoSql orderBy(List<Integer> positions) {
    List<TwoSql> keys = new ArrayList<>();
    for (int position : positions) {
      String how =
          expressions.pick(
              List.of(
                  "",
                  "",
                  " DESC",
                  " ASC",
                  " NULLS FIRST",
                  " NULLS LAST",
                  " DESC NULLS FIRST",
                  " DESC NULLS LAST"));
      TwoSql key = TwoSql.of(position + how);
      keys.add(
          how.contains("NULLS")
              ? key.made(
                  "ORDER BY" + how,
                  TwoSql.of(
                      position
                          + (how.endsWith("FIRST")
                              ? how.replace("FIRST", "LAST")
                              : how.replace("LAST", "FIRST"))))
              : key);
    }
    return TwoSql.of("ORDER BY #", TwoSql.join(", ", keys)).made("ORDER BY", "");
  }

  /**
   * A query.
   *
   * @param wanted the types of its columns, or null for any
   */
  Query query(int depth, @Nullable List<Type> wanted) {
    if (depth > 0 && random.nextInt(7) == 0) {
      return setOperation(depth, wanted);
    }
    Source source = sources.from(expressions, depth);
    Query query = select(source, depth, wanted);
    if (depth == 1 && random.nextInt(8) == 0) {
      TwoSql order = orderBy(shuffled(query.fields().size()));
      TwoSql limit = TwoSql.of(" LIMIT #", count(9)).made("LIMIT in a derived table", "");
      return new Query(
          TwoSql.of("SELECT * FROM (# ##) AS " + sources.alias(), query.sql(), order, limit),
          query.fields(),
          9);
    }
    return query;
  }

  private Query setOperation(int depth, @Nullable List<Type> wanted) {
    Query left = query(depth - 1, wanted);
    List<Type> types = left.fields().stream().map(Field::type).toList();
    Query right = query(depth - 1, types);
    String operation =
        expressions.pick(
            List.of(
                "UNION",
                "UNION ALL",
                "UNION DISTINCT",
                "INTERSECT",
                "INTERSECT ALL",
                "EXCEPT",
                "EXCEPT ALL"));
    String other =
        operation.endsWith(" ALL")
            ? operation.replace(" ALL", "")
            : operation.split(" ")[0] + " ALL";
    // The same rows on both sides, now and then: what is there twice decides.
    TwoSql second =
        random.nextInt(4) == 0
            ? TwoSql.of("# UNION ALL #", wrapped(left), wrapped(right))
            : right.sql();
    return new Query(
        TwoSql.of("(#) " + operation + " (#)", left.sql(), second)
            .made(operation, TwoSql.of("(#) " + other + " (#)", left.sql(), second)),
        left.fields(),
        left.rows() + right.rows());
  }

  private static TwoSql wrapped(Query query) {
    return TwoSql.of("(#)", query.sql());
  }

  private Query select(Source source, int depth, @Nullable List<Type> wanted) {
    RandomScope scope = source.scope();
    RandomOutputs.Outputs made =
        switch (random.nextInt(10)) {
          case 0, 1, 2 -> outputs.grouped(scope, wanted);
          case 3, 4 -> outputs.windowed(scope, wanted);
          default -> outputs.plain(scope, wanted);
        };
    TwoSql distinct =
        made.mayBeDistinct() && random.nextInt(6) == 0
            ? TwoSql.of("DISTINCT ").made("SELECT DISTINCT", "")
            : TwoSql.of("");
    TwoSql where =
        random.nextInt(10) < 7
            ? TwoSql.of(" WHERE #", expressions.predicate(scope, random.nextInt(depth + 2)))
                .made("WHERE", "")
            : TwoSql.of("");
    TwoSql sql =
        TwoSql.of(
            "SELECT ## FROM ###",
            distinct,
            TwoSql.join(", ", named(made.columns())),
            source.sql(),
            where,
            made.tail());
    return new Query(sql, made.fields(), made.rows());
  }

  /** The query of a LATERAL: one column, one row or many. */
  TwoSql correlated(Source inner, RandomScope outer, Type type) {
    RandomScope scope = inner.scope().within(outer);
    TwoSql where = expressions.simple(scope, Type.TRUTH, 1);
    return TwoSql.of(
        "SELECT # FROM # WHERE #",
        random.nextBoolean() ? outputs.aggregate(scope, type) : expressions.simple(scope, type, 1),
        inner.sql(),
        where);
  }

  /**
   * Columns of one name in a derived table or a set operation are ambiguous to Calcite even for {@code
   * *} and ordinals. That is an error, not another result.
   */
  private static List<TwoSql> named(List<TwoSql> columns) {
    List<TwoSql> named = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      named.add(TwoSql.of("# AS o" + i, columns.get(i)));
    }
    return named;
  }

  /** Puts a query into the WITH clause and returns its name. */
  String with(String columns, TwoSql query) {
    String name = "w" + with.size();
    with.add(TwoSql.of(name + columns + " AS (#)", query));
    return name;
  }
}
