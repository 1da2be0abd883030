package dev.turntable.plan;

import dev.turntable.plan.OpenModel.Needed;
import dev.turntable.plan.OpenModel.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes random statements: those of one reference, of sub-queries and set operations itself. */
final class OpenStatements {
  /** Two columns that may be compared. */
  record Link(String left, String right) {}

  private final Random random;
  private final OpenConditions conditions;
  private final OpenJoins joins;
  private final OpenDerived derived;

  OpenStatements(Random random, List<String> rightbrainTasks) {
    this.random = random;
    this.conditions = new OpenConditions(random, rightbrainTasks);
    this.joins = new OpenJoins(random, conditions, this);
    this.derived = new OpenDerived(random, conditions, this);
  }

  OpenStatement next() {
    return switch (random.nextInt(16)) {
      case 0 -> single();
      case 1, 2, 3, 4 -> joins.inner();
      case 5, 6, 7 -> joins.outer();
      case 8, 9, 10 -> subQuery();
      case 11 -> scalar();
      case 12, 13 -> setOperation();
      default -> derived.next();
    };
  }

  /** What a reference is called in a FROM clause. */
  static TwoSql source(Reference reference) {
    return TwoSql.each(reference.ours(), reference.place());
  }

  static TwoSql column(Reference reference, String column) {
    return TwoSql.of(reference.alias() + "." + column);
  }

  static TwoSql equal(Reference left, Link link, Reference right) {
    return TwoSql.of("# = #", column(left, link.left), column(right, link.right));
  }

  /** Conjuncts after a word, or nothing. */
  static TwoSql clause(String word, List<TwoSql> conjuncts) {
    return conjuncts.isEmpty()
        ? TwoSql.of("")
        : TwoSql.of(word + "#", TwoSql.join(" AND ", conjuncts));
  }

  OpenTable table(@Nullable OpenTable like) {
    boolean rightbrain = like == null ? random.nextInt(10) < 3 : like.isRightbrain();
    return conditions.pick(rightbrain ? OpenTable.RIGHTBRAIN : OpenTable.HANDINGER);
  }

  /** A table that has a column in common with another one. */
  OpenTable linked(OpenTable to) {
    while (true) {
      OpenTable table = table(to);
      if (link(to, table).isPresent()) {
        return table;
      }
    }
  }

  /** Columns to compare; mostly one of them is a key. */
  Optional<Link> link(OpenTable left, OpenTable right) {
    List<Link> links = new ArrayList<>();
    left.columns()
        .forEach(
            (a, domain) ->
                right
                    .columns()
                    .forEach(
                        (b, other) -> {
                          if (domain.equals(other) && !Set.of("S", "N", "B").contains(domain)) {
                            boolean key =
                                left.key().filter(a::equals).isPresent()
                                    || right.key().filter(b::equals).isPresent();
                            for (int i = 0; i < (key ? 4 : 1); i++) {
                              links.add(new Link(a, b));
                            }
                          }
                        }));
    return links.isEmpty() ? Optional.empty() : Optional.of(conditions.pick(links));
  }

  /** Some columns of the references, or what they add up to. */
  TwoSql select(List<Reference> references) {
    List<TwoSql> columns = new ArrayList<>();
    if (random.nextInt(6) == 0) {
      columns.add(TwoSql.of("COUNT(*) AS c0"));
      Reference one = conditions.pick(references);
      columns.add(TwoSql.of("MAX(#) AS c1", column(one, any(one))));
    } else {
      for (Reference each : references) {
        columns.add(TwoSql.of("# AS c" + columns.size(), column(each, any(each))));
        columns.add(TwoSql.of("# AS c" + columns.size(), column(each, first(each))));
      }
    }
    return TwoSql.join(", ", columns);
  }

  static String first(Reference reference) {
    return reference.table().columns().keySet().iterator().next();
  }

  String any(Reference reference) {
    List<String> columns =
        reference.table().columns().entrySet().stream()
            .filter(each -> !each.getValue().equals("B"))
            .map(java.util.Map.Entry::getKey)
            .toList();
    return conditions.pick(columns);
  }

  private OpenStatement single() {
    OpenModel model = new OpenModel();
    Reference one = model.reference(table(null));
    TwoSql where = clause(" WHERE ", conditions.where(one, 9));
    TwoSql sql = TwoSql.of("SELECT # FROM ##", select(List.of(one)), source(one), where);
    return new OpenStatement("single", model, other -> sql);
  }

  /** IN, = ANY, NOT IN, EXISTS, NOT EXISTS, and counts of matches. */
  private OpenStatement subQuery() {
    OpenModel model = new OpenModel();
    Reference outer = model.reference(table(null));
    OpenTable inside = linked(outer.table());
    Link link = link(outer.table(), inside).orElseThrow();
    int form = random.nextInt(8);
    int shape = form <= 1 ? random.nextInt(5) : 0;
    int scope = shape == 0 ? 0 : model.scope();
    Set<String> door = shape <= 1 ? null : shape == 4 ? Set.of() : Set.of(link.right);
    Reference inner = model.reference(inside, scope, door);
    model.equal(outer, link.left, inner, link.right, form <= 3 ? Needed.BOTH : Needed.RIGHT);
    List<TwoSql> where = new ArrayList<>(conditions.where(outer, 5));
    List<TwoSql> within = conditions.where(inner, 5);
    TwoSql left = column(outer, link.left);
    TwoSql right = column(inner, link.right);
    String tail =
        switch (shape) {
          case 2 -> " GROUP BY " + inner.alias() + "." + link.right;
          case 4 -> " ORDER BY " + order(inner) + " LIMIT " + (1 + random.nextInt(4));
          default -> "";
        };
    TwoSql rows =
        TwoSql.of(
            "(SELECT " + (shape == 3 ? "DISTINCT " : "") + "# FROM ##" + tail + ")",
            right,
            source(inner),
            clause(" WHERE ", within));
    List<TwoSql> matching = new ArrayList<>(within);
    matching.add(equal(outer, link, inner));
    TwoSql matches = TwoSql.of("FROM ##", source(inner), clause(" WHERE ", matching));
    TwoSql predicate =
        switch (form) {
          case 0 -> TwoSql.of("# IN #", left, rows);
          case 1 -> TwoSql.of("# = ANY #", left, rows);
          case 2, 3 -> TwoSql.of("EXISTS (SELECT 1 #)", matches);
          case 4 -> TwoSql.of("# NOT IN #", left, rows);
          case 5 -> TwoSql.of("(SELECT COUNT(*) #) = 0", matches);
          case 6 -> TwoSql.of("(SELECT COUNT(*) #) <= 1", matches);
          default -> TwoSql.of("NOT EXISTS (SELECT 1 #)", matches);
        };
    TwoSql mirrored =
        (form <= 1 && shape == 0) ? TwoSql.of("EXISTS (SELECT 1 #)", matches) : predicate;
    TwoSql select = select(List.of(outer));
    return new OpenStatement(
        "sub-query",
        model,
        other -> {
          List<TwoSql> all = new ArrayList<>(where);
          all.add(other ? mirrored : predicate);
          return TwoSql.of("SELECT # FROM ##", select, source(outer), clause(" WHERE ", all));
        });
  }

  /** An order that has no ties. */
  static String order(Reference reference) {
    return reference.table().columns().keySet().stream()
        .map(column -> reference.alias() + "." + column)
        .collect(java.util.stream.Collectors.joining(", "));
  }

  /** A sub-query as a value: selected, compared, or LATERAL. */
  private OpenStatement scalar() {
    OpenModel model = new OpenModel();
    Reference outer = model.reference(table(null));
    OpenTable inside = linked(outer.table());
    Link link = link(outer.table(), inside).orElseThrow();
    int form = random.nextInt(3);
    Reference inner =
        form == 0 ? model.reference(inside, model.scope(), Set.of()) : model.reference(inside);
    model.equal(outer, link.left, inner, link.right, form == 0 ? Needed.BOTH : Needed.RIGHT);
    List<TwoSql> where = new ArrayList<>(conditions.where(outer, 6));
    List<TwoSql> within = new ArrayList<>(conditions.where(inner, 6));
    TwoSql select = select(List.of(outer));
    if (form == 0) {
      TwoSql one =
          TwoSql.of(
              "(SELECT MAX(#) FROM ##)",
              column(inner, link.right),
              source(inner),
              clause(" WHERE ", within));
      where.add(TwoSql.of("# = #", column(outer, link.left), one));
    }
    within.add(equal(outer, link, inner));
    TwoSql matches =
        TwoSql.of("(SELECT COUNT(*) AS n FROM ##)", source(inner), clause(" WHERE ", within));
    TwoSql first = column(outer, first(outer));
    TwoSql sql =
        switch (form) {
          case 0 -> TwoSql.of("SELECT # FROM ##", select, source(outer), clause(" WHERE ", where));
          case 1 ->
              TwoSql.of(
                  "SELECT # AS c0, # AS c1 FROM ##",
                  first,
                  matches,
                  source(outer),
                  clause(" WHERE ", where));
          default ->
              TwoSql.of(
                  "SELECT # AS c0, d.n FROM #, LATERAL # AS d#",
                  first,
                  source(outer),
                  matches,
                  clause(" WHERE ", where));
        };
    return new OpenStatement("scalar", model, other -> sql);
  }

  private OpenStatement setOperation() {
    OpenModel model = new OpenModel();
    Reference left = model.reference(table(null));
    Reference right = model.reference(linked(left.table()));
    Link link = link(left.table(), right.table()).orElseThrow();
    String operation = conditions.pick(List.of("INTERSECT", "EXCEPT", "EXCEPT", "UNION"));
    if (!operation.equals("UNION")) {
      Needed needed = operation.equals("EXCEPT") ? Needed.RIGHT : Needed.BOTH;
      model.equal(left, link.left, right, link.right, needed);
    }
    TwoSql a =
        TwoSql.of(
            "SELECT # AS c0 FROM ##",
            column(left, link.left),
            source(left),
            clause(" WHERE ", conditions.where(left, 6)));
    TwoSql b =
        TwoSql.of(
            "SELECT # AS c0 FROM ##",
            column(right, link.right),
            source(right),
            clause(" WHERE ", conditions.where(right, 6)));
    String word = " " + operation + (random.nextInt(4) == 0 ? " ALL " : " ");
    boolean swaps = !operation.equals("EXCEPT");
    return new OpenStatement(
        operation,
        model,
        other ->
            other && swaps ? TwoSql.of("#" + word + "#", b, a) : TwoSql.of("#" + word + "#", a, b));
  }
}
