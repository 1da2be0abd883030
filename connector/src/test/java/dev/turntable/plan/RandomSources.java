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

  /**
   * A table that both sides hold.
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
  private int aliases;

  RandomSources(Random random, List<Table> tables, RandomQueries queries) {
    this.random = random;
    this.tables = tables;
    this.queries = queries;
  }

  String alias() {
    return "x" + aliases++;
  }

  void restart() {
    aliases = 0;
  }

  Source from(RandomExpressions expressions, int depth) {
    Source source = single(depth);
    int joins = random.nextInt(10) < 5 ? 0 : 1 + random.nextInt(2);
    for (int i = 0; i < joins; i++) {
      source = join(source, single(depth - 1), expressions);
    }
    return source;
  }

  /** A table as it is. */
  Source table() {
    return aliased(expressionPick(tables));
  }

  private Source single(int depth) {
    int choice = random.nextInt(12);
    if (choice == 0) {
      return values();
    }
    if (choice <= 2 && depth > 0) {
      return derived(depth - 1);
    }
    return table();
  }

  private Source aliased(Table table) {
    String alias = alias();
    return new Source(
        TwoSql.of("# AS " + alias, table.source()),
        new RandomScope(
            table.columns().stream().map(c -> c.as(alias, c.reference().ours())).toList(),
            table.hasId() ? List.of(TwoSql.of(alias + ".id")) : List.of(),
            table.rows()));
  }

  private Source values() {
    List<Field> domains =
        tables.stream()
            .flatMap(table -> table.columns().stream())
            .filter(column -> !column.samples().isEmpty() && !column.domain().isEmpty())
            .toList();
    Field like = expressionPick(domains);
    List<Object> keys = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      keys.add(expressionPick(like.samples()));
    }
    keys.add(like.type() == Type.TEXT ? "none" : -1L);
    List<TwoSql> rows = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      TwoSql key = i == 2 ? TwoSql.of("NULL") : RandomExpressions.literal(keys.get(i));
      rows.add(TwoSql.of("(" + i + ", #, " + (random.nextInt(4) - 1) + ")", key));
    }
    String alias = alias();
    List<Field> fields =
        List.of(
            new Field(TwoSql.of(alias + ".n"), Type.WHOLE, "", List.of(0L, 1L, 2L)),
            new Field(TwoSql.of(alias + ".k"), like.type(), like.domain(), keys),
            new Field(TwoSql.of(alias + ".m"), Type.WHOLE, "", List.of(0L, 1L)));
    return new Source(
        TwoSql.of("(VALUES #) AS " + alias + " (n, k, m)", TwoSql.join(", ", rows)),
        new RandomScope(fields, List.of(TwoSql.of(alias + ".n")), rows.size()));
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
      return new Source(TwoSql.of("# CROSS JOIN #", left.sql(), right.sql()), both);
    }
    TwoSql on = linked ? expressions.pick(links) : expressions.predicate(both, 1);
    if (linked && random.nextInt(4) == 0) {
      on = TwoSql.of("# AND #", on, expressions.predicate(both, random.nextInt(2)));
    }
    String type =
        expressions.pick(
            List.of("JOIN", "JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
    return new Source(TwoSql.of("# " + type + " # ON #", left.sql(), right.sql(), on), both);
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

  private <T> T expressionPick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
