package dev.turntable.plan;

import dev.turntable.plan.OpenModel.Needed;
import dev.turntable.plan.OpenModel.Reference;
import dev.turntable.plan.OpenStatements.Link;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Makes random joins with derived tables. */
final class OpenDerived {
  private final Random random;
  private final OpenConditions conditions;
  private final OpenStatements statements;

  OpenDerived(Random random, OpenConditions conditions, OpenStatements statements) {
    this.random = random;
    this.conditions = conditions;
    this.statements = statements;
  }

  /** A derived table with groups, a window, a limit, an aggregate or a union, joined by its key. */
  OpenStatement next() {
    OpenModel model = new OpenModel();
    Reference outer = model.reference(statements.table(null));
    OpenTable inside = statements.linked(outer.table());
    Link link = statements.link(outer.table(), inside).orElseThrow();
    int form = random.nextInt(7);
    boolean closed = form >= 3 && form <= 5;
    Set<String> door = closed ? Set.of() : form == 6 ? null : Set.of(link.right());
    int scope = model.scope();
    Reference inner = model.reference(inside, scope, door);
    // What a limit or an aggregate leaves out would show where the other side is kept.
    boolean keeps = !closed && form != 1 && random.nextBoolean();
    Needed needed = keeps || form == 6 ? Needed.RIGHT : Needed.BOTH;
    model.equal(outer, link.left(), inner, link.right(), needed);
    TwoSql key = OpenStatements.column(inner, link.right());
    TwoSql from =
        TwoSql.of(
            "##",
            OpenStatements.source(inner),
            OpenStatements.clause(" WHERE ", conditions.where(inner, 6)));
    TwoSql rows =
        switch (form) {
          case 0 -> TwoSql.of("SELECT # AS k, COUNT(*) AS n FROM # GROUP BY #", key, from, key);
          case 1 ->
              TwoSql.of(
                  "SELECT # AS k, COUNT(*) AS n FROM # GROUP BY # HAVING COUNT(*) > 1",
                  key,
                  from,
                  key);
          case 2 ->
              TwoSql.of(
                  "SELECT # AS k, COUNT(*) OVER (PARTITION BY #) AS n FROM #", key, key, from);
          case 3 -> TwoSql.of("SELECT # AS k, COUNT(*) OVER () AS n FROM #", key, from);
          case 4 ->
              TwoSql.of(
                  "SELECT # AS k, 1 AS n FROM # ORDER BY "
                      + OpenStatements.order(inner)
                      + " LIMIT 4",
                  key,
                  from);
          case 5 -> TwoSql.of("SELECT MAX(#) AS k, COUNT(*) AS n FROM #", key, from);
          default ->
              union(
                  model, outer, link, scope, TwoSql.of("SELECT # AS k, 1 AS n FROM #", key, from));
        };
    TwoSql where = OpenStatements.clause(" WHERE ", conditions.where(outer, 6));
    TwoSql select =
        TwoSql.of(
            "# AS c0, # AS c1, d.n AS n",
            OpenStatements.column(outer, OpenStatements.first(outer)),
            OpenStatements.column(outer, statements.any(outer)));
    TwoSql on = TwoSql.of("# = d.k", OpenStatements.column(outer, link.left()));
    String join = keeps ? " LEFT JOIN " : " JOIN ";
    return new OpenStatement(
        "derived " + form,
        model,
        other ->
            other
                ? TwoSql.of(
                    "WITH d AS (#) SELECT # FROM #" + join + "d ON ##",
                    rows,
                    select,
                    OpenStatements.source(outer),
                    on,
                    where)
                : TwoSql.of(
                    "SELECT # FROM #" + join + "(#) AS d ON ##",
                    select,
                    OpenStatements.source(outer),
                    rows,
                    on,
                    where));
  }

  /** Adds another branch, whose rows are as good as those of the first. */
  private TwoSql union(OpenModel model, Reference outer, Link link, int scope, TwoSql first) {
    OpenTable table = statements.linked(outer.table());
    Optional<Link> other =
        statements.link(outer.table(), table).filter(each -> each.left().equals(link.left()));
    if (other.isEmpty()) {
      return first;
    }
    Reference more = model.reference(table, scope, null);
    model.equal(outer, link.left(), more, other.get().right(), Needed.RIGHT);
    return TwoSql.of(
        "# UNION ALL SELECT # AS k, 2 AS n FROM ##",
        first,
        OpenStatements.column(more, other.get().right()),
        OpenStatements.source(more),
        OpenStatements.clause(" WHERE ", conditions.where(more, 6)));
  }
}
