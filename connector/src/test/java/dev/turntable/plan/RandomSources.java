package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Field;
import dev.turntable.plan.RandomScope.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Makes random FROM clauses: tables, joins, VALUES, derived tables, names of WITH. */
final class RandomSources {
  /** As many rows may a join give; beyond it a run would only take longer. */
  private static final int MOST_ROWS = 4000;

  /** How a piece that reads a table is marked. */
  static final String TABLE = "table ";

  /**
   * A table that every side holds.
   *
   * @param source what it is read from on each side
   * @param columns its columns; {@code id}, if there is one, is unique
   */
  record Table(TwoSql source, List<Field> columns, int rows) {
    /** Whether there is a column that is unique. */
    boolean hasId() {
      return columns.stream().anyMatch(column -> column.reference().ours().equals("id"));
    }
  }

  /** A FROM clause and what it offers. */
  record Source(TwoSql sql, RandomScope scope) {}

  private final Random random;
  private final List<Table> tables;
  private final RandomQueries queries;
  private final RandomRows rows;
  private int aliases;

  RandomSources(Random random, List<Table> tables, RandomQueries queries) {
    this.random = random;
    this.tables = tables;
    this.queries = queries;
    rows = new RandomRows(random, tables);
  }

  String alias() {
    return "x" + aliases++;
  }

  Source from(RandomExpressions expressions, int depth) {
    Source source = single(depth);
    int joins = random.nextInt(10) < 5 ? 0 : 1 + random.nextInt(2);
    for (int i = 0; i < joins; i++) {
      source =
          random.nextInt(8) == 0 ? lateral(source) : join(source, single(depth - 1), expressions);
    }
    return source;
  }

  /** A table as it is. */
  Source table() {
    return aliased(pick(tables));
  }

  /** Rows in the statement itself. */
  Source values() {
    return rows.values(alias());
  }

  private Source single(int depth) {
    int choice = random.nextInt(12);
    if (choice <= 2) {
      return values();
    }
    if (choice <= 4 && depth > 0) {
      return choice == 3 ? counted(depth - 1) : derived(depth - 1);
    }
    return table();
  }

  private Source aliased(Table table) {
    String alias = alias();
    return new Source(
        TwoSql.of("# AS " + alias, table.source()).made(TABLE + table.source().ours()),
        new RandomScope(
            table.columns().stream().map(c -> c.as(alias, c.reference().ours())).toList(),
            table.hasId() ? List.of(TwoSql.of(alias + ".id")) : List.of(),
            table.rows()));
  }

  private Source derived(int depth) {
    RandomQueries.Query query = queries.query(depth, null);
    String alias = alias();
    List<Field> fields = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < query.fields().size(); i++) {
      names.add("c" + i);
      fields.add(query.fields().get(i).as(alias, "c" + i));
    }
    String columns = names.stream().collect(Collectors.joining(", ", " (", ")"));
    RandomScope scope = new RandomScope(fields, List.of(), query.rows());
    return random.nextInt(3) == 0
        ? new Source(TwoSql.of(queries.with(columns, query.sql()) + " AS " + alias), scope)
        : new Source(TwoSql.of("(#) AS " + alias + columns, query.sql()), scope);
  }

  /** How many rows a query has beyond a limit: whichever they are, so many. */
  private Source counted(int depth) {
    RandomQueries.Query query = queries.query(depth, null);
    String alias = alias();
    TwoSql count = queries.count(1 + random.nextInt(9));
    TwoSql limited =
        random.nextBoolean()
            ? TwoSql.of(" LIMIT #", count).made("LIMIT counted", "")
            : TwoSql.of(" OFFSET #", count).made("OFFSET counted", "");
    return new Source(
        TwoSql.of(
            "(SELECT COUNT(*) FROM (##) AS " + alias() + ") AS " + alias + " (n)",
            TwoSql.of("SELECT * FROM (#) AS " + alias(), query.sql()),
            limited),
        new RandomScope(
            List.of(
                new Field(
                    TwoSql.of(alias + ".n").typed(Type.WHOLE), Type.WHOLE, "few", List.of(0L, 3L))),
            List.of(TwoSql.of(alias + ".n")),
            1));
  }

  private Source lateral(Source left) {
    String alias = alias();
    Source right = random.nextBoolean() ? values() : table();
    if (left.scope().rows() * right.scope().rows() > MOST_ROWS * 4) {
      return left;
    }
    Type type = random.nextBoolean() ? Type.WHOLE : pick(right.scope().fields()).type();
    TwoSql query = queries.correlated(right, left.scope(), type);
    List<Field> fields =
        List.of(new Field(TwoSql.of(alias + ".c0").typed(type), type, "", List.of()));
    RandomScope both = left.scope().and(new RandomScope(fields, List.of(), 1), left.scope().rows());
    boolean outer = random.nextBoolean();
    return new Source(
        TwoSql.of(
                outer
                    ? "# LEFT JOIN LATERAL (#) AS " + alias + " (c0) ON TRUE"
                    : "# CROSS JOIN LATERAL (#) AS " + alias + " (c0)",
                left.sql(),
                query)
            .made(outer ? "LEFT JOIN LATERAL" : "CROSS JOIN LATERAL", left.sql()),
        both);
  }

  private Source join(Source left, Source right, RandomExpressions expressions) {
    int product = left.scope().rows() * right.scope().rows();
    List<TwoSql> links = links(left.scope(), right.scope());
    boolean linked = !links.isEmpty() && product / 12 <= MOST_ROWS;
    if (!linked && product > MOST_ROWS) {
      return left;
    }
    RandomScope both =
        left.scope().and(right.scope(), linked ? Math.max(product / 12, 20) : product);
    if (!linked && random.nextInt(3) == 0) {
      return new Source(
          TwoSql.of("# CROSS JOIN #", left.sql(), right.sql()).made("CROSS JOIN", left.sql()),
          both);
    }
    TwoSql on = linked ? expressions.pick(links) : expressions.predicate(both, 1);
    if (linked && random.nextInt(4) == 0) {
      on = TwoSql.of("# AND #", on, expressions.predicate(both, random.nextInt(2)));
    }
    String type =
        expressions.pick(
            List.of("JOIN", "JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
    TwoSql without =
        type.equals("JOIN")
            ? TwoSql.of("# CROSS JOIN #", left.sql(), right.sql())
            : TwoSql.of("# JOIN # ON #", left.sql(), right.sql(), on);
    return new Source(
        TwoSql.of("# " + type + " # ON #", left.sql(), right.sql(), on).made(type, without), both);
  }

  private static List<TwoSql> links(RandomScope left, RandomScope right) {
    List<TwoSql> links = new ArrayList<>();
    for (Field a : left.fields()) {
      for (Field b : right.fields()) {
        if (!a.domain().isEmpty() && a.domain().equals(b.domain())) {
          links.add(TwoSql.of("# = #", a.reference(), b.reference()));
          links.add(TwoSql.of("# = #", b.reference(), a.reference()));
        }
      }
    }
    return links;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
