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
final class RandomQueries implements RandomExpressions.SubQueries {
  /**
   * A query.
   *
   * @param fields the columns it gives; their references mean nothing outside
   * @param rows about how many rows it gives
   */
  record Query(TwoSql sql, List<Field> fields, int rows) {}

  /**
   * A whole statement.
   *
   * @param order the positions of the columns that it is ordered by, from 1; empty if it is not
   * @param unlimited the statement without a limit, if it has one without a total order
   * @param limit that limit
   */
  record Statement(TwoSql sql, List<Integer> order, @Nullable TwoSql unlimited, long limit) {}

  private final Random random;
  private final RandomExpressions expressions;
  private final RandomSources sources;
  private final RandomOutputs outputs;
  private final List<TwoSql> with = new ArrayList<>();

  RandomQueries(long seed, List<RandomSources.Table> tables) {
    random = new Random(seed);
    expressions = new RandomExpressions(random, this);
    sources = new RandomSources(random, tables, this);
    outputs = new RandomOutputs(random, expressions);
  }

  Statement statement() {
    // With parameters in a WITH their order would not be that of the generator.
    expressions.parameters(random.nextInt(4) == 0);
    Query query = query(2, null);
    TwoSql body = query.sql();
    if (!with.isEmpty()) {
      body = TwoSql.of("WITH # #", TwoSql.join(", ", with), body);
    }
    int columns = query.fields().size();
    return switch (random.nextInt(6)) {
      case 0, 1 -> new Statement(body, List.of(), null, 0);
      case 2 -> {
        List<Integer> order = shuffled(columns).subList(0, 1 + random.nextInt(columns));
        yield new Statement(TwoSql.of("# " + orderBy(order), body), order, null, 0);
      }
      case 3 -> {
        int limit = random.nextInt(8);
        yield new Statement(TwoSql.of("# LIMIT " + limit, body), List.of(), body, limit);
      }
      default -> {
        List<Integer> order = shuffled(columns);
        yield new Statement(TwoSql.of("# " + orderBy(order) + limit(), body), order, null, 0);
      }
    };
  }

  private String limit() {
    return expressions.pick(
        List.of(
            " LIMIT " + random.nextInt(20),
            " LIMIT " + random.nextInt(20) + " OFFSET " + random.nextInt(9),
            " OFFSET " + random.nextInt(30) + " ROWS FETCH NEXT 7 ROWS ONLY"));
  }

  private List<Integer> shuffled(int columns) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      positions.add(i);
    }
    Collections.shuffle(positions, random);
    return positions;
  }

  private String orderBy(List<Integer> positions) {
    List<String> keys = new ArrayList<>();
    for (int position : positions) {
      keys.add(
          position
              + expressions.pick(
                  List.of("", "", " DESC", " ASC", " NULLS FIRST", " DESC NULLS LAST")));
    }
    return "ORDER BY " + String.join(", ", keys);
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
      String order = orderBy(shuffled(query.fields().size()));
      return new Query(
          TwoSql.of("SELECT * FROM (# " + order + " LIMIT 9) AS " + sources.alias(), query.sql()),
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
            List.of("UNION", "UNION ALL", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL"));
    return new Query(
        TwoSql.of("(#) " + operation + " (#)", left.sql(), right.sql()),
        left.fields(),
        left.rows() + right.rows());
  }

  private Query select(Source source, int depth, @Nullable List<Type> wanted) {
    RandomScope scope = source.scope();
    RandomOutputs.Outputs made =
        switch (random.nextInt(10)) {
          case 0, 1, 2 -> outputs.grouped(scope, wanted);
          case 3, 4 -> outputs.windowed(scope, wanted);
          default -> outputs.plain(scope, wanted);
        };
    TwoSql sql =
        TwoSql.of(
            "SELECT "
                + (made.mayBeDistinct() && random.nextInt(6) == 0 ? "DISTINCT " : "")
                + "# FROM #",
            TwoSql.join(", ", named(made.columns())),
            source.sql());
    if (random.nextInt(10) < 7) {
      sql = TwoSql.of("# WHERE #", sql, expressions.predicate(scope, random.nextInt(depth + 2)));
    }
    return new Query(TwoSql.of("##", sql, made.tail()), made.fields(), made.rows());
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

  @Override
  public TwoSql predicate(RandomScope outer) {
    Source inner = sources.table();
    Field field = expressions.pick(outer.fields());
    String not = random.nextInt(3) == 0 ? "NOT " : "";
    TwoSql where = where(inner.scope(), outer);
    List<Field> same =
        inner.scope().fields().stream()
            .filter(f -> f.type() == field.type())
            .filter(f -> field.domain().isEmpty() || f.domain().equals(field.domain()))
            .toList();
    if (same.isEmpty() || random.nextInt(3) == 0) {
      return TwoSql.of(
          not + "EXISTS (SELECT " + expressions.pick(List.of("1", "*")) + " FROM # WHERE #)",
          inner.sql(),
          where);
    }
    TwoSql column = expressions.pick(same).reference();
    if (random.nextInt(5) == 0) {
      return TwoSql.of(
          "# "
              + expressions.pick(List.of("= ANY", ">= ALL", "< ANY", "<> ALL"))
              + " (SELECT # FROM # WHERE #)",
          field.reference(),
          column,
          inner.sql(),
          where);
    }
    return TwoSql.of(
        "# " + not + "IN (SELECT # FROM # WHERE #)", field.reference(), column, inner.sql(), where);
  }

  @Override
  public TwoSql value(RandomScope outer, Type type) {
    Source inner = sources.table();
    return TwoSql.of(
        "(SELECT # FROM # WHERE #)",
        outputs.aggregate(inner.scope(), type),
        inner.sql(),
        where(inner.scope(), outer));
  }

  /** A condition of a sub-query, in most cases correlated. */
  private TwoSql where(RandomScope inner, RandomScope outer) {
    List<TwoSql> links = new ArrayList<>();
    for (Field a : inner.fields()) {
      for (Field b : outer.fields()) {
        if (!a.domain().isEmpty() && a.domain().equals(b.domain())) {
          links.add(TwoSql.of("# = #", a.reference(), b.reference()));
        }
      }
    }
    TwoSql own = expressions.plain(inner, Type.TRUTH, random.nextInt(2));
    if (links.isEmpty() || random.nextInt(4) == 0) {
      return own;
    }
    TwoSql link = expressions.pick(links);
    return random.nextInt(3) == 0 ? link : TwoSql.of("# AND #", link, own);
  }
}
