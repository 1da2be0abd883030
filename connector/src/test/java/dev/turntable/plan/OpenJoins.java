package dev.turntable.plan;

import dev.turntable.plan.OpenModel.Needed;
import dev.turntable.plan.OpenModel.Reference;
import dev.turntable.plan.OpenStatements.Link;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Makes random joins: inner ones in any order, outer ones either way round. */
final class OpenJoins {
  /** An equality between two of the references of a join. */
  private record Tie(Reference left, Link link, Reference right) {
    boolean holds(List<Reference> references) {
      return references.contains(left) && references.contains(right);
    }

    boolean touches(Reference reference) {
      return left == reference || right == reference;
    }
  }

  private final Random random;
  private final OpenConditions conditions;
  private final OpenStatements statements;

  OpenJoins(Random random, OpenConditions conditions, OpenStatements statements) {
    this.random = random;
    this.conditions = conditions;
    this.statements = statements;
  }

  OpenStatement inner() {
    OpenModel model = new OpenModel();
    int count = 2 + (random.nextInt(2) + random.nextInt(3)) / 2 + (random.nextInt(9) == 0 ? 1 : 0);
    List<Reference> references = new ArrayList<>(List.of(model.reference(statements.table(null))));
    List<Tie> ties = new ArrayList<>();
    while (references.size() < count) {
      Reference to = conditions.pick(references);
      Optional<Reference> values = random.nextInt(6) == 0 ? values(model, to) : Optional.empty();
      Reference next = values.orElseGet(() -> model.reference(statements.linked(to.table())));
      statements
          .link(to.table(), next.table())
          .ifPresent(link -> ties.add(new Tie(to, link, next)));
      references.add(next);
    }
    if (random.nextInt(5) == 0) {
      Reference a = conditions.pick(references);
      Reference b = conditions.pick(references);
      if (a != b) {
        statements.link(a.table(), b.table()).ifPresent(link -> ties.add(new Tie(a, link, b)));
      }
    }
    ties.forEach(
        tie -> model.equal(tie.left, tie.link.left(), tie.right, tie.link.right(), Needed.BOTH));
    List<TwoSql> where = new ArrayList<>();
    references.forEach(
        each -> {
          if (!each.table().isValues()) {
            where.addAll(conditions.where(each, 4));
          }
        });
    TwoSql select = statements.select(references);
    List<Reference> order = connected(references, ties);
    boolean commas = random.nextInt(3) == 0;
    return new OpenStatement(
        "inner join",
        model,
        other ->
            TwoSql.of(
                "SELECT # FROM #", select, from(other ? order : references, ties, where, commas)));
  }

  /** Keys of the statement itself, as a reference. */
  private Optional<Reference> values(OpenModel model, Reference to) {
    boolean rightbrain = to.table().isRightbrain();
    if (!to.table().columns().containsValue(rightbrain ? "RT" : "T")) {
      return Optional.empty();
    }
    StringBuilder rows = new StringBuilder();
    List<String> ids = conditions.ids(rightbrain ? "RT" : "T", 1 + random.nextInt(5));
    for (int i = 0; i < ids.size(); i++) {
      rows.append("('").append(ids.get(i)).append("', ").append(i).append("), ");
    }
    rows.append("(CAST(NULL AS VARCHAR), 9)");
    return Optional.of(
        model.values(rightbrain ? OpenTable.RB_VALUES : OpenTable.VALUES, rows.toString()));
  }

  /** Another order in which each reference has something to do with those before it. */
  private List<Reference> connected(List<Reference> references, List<Tie> ties) {
    List<Reference> left = new ArrayList<>(references);
    Collections.shuffle(left, random);
    List<Reference> order = new ArrayList<>(List.of(left.remove(0)));
    while (!left.isEmpty()) {
      Reference next =
          left.stream()
              .filter(
                  each ->
                      ties.stream()
                          .anyMatch(
                              tie ->
                                  tie.touches(each)
                                      && order.stream().anyMatch(tie::touches)
                                      && tie.left != tie.right))
              .findFirst()
              .orElse(left.get(0));
      left.remove(next);
      order.add(next);
    }
    return order;
  }

  private static TwoSql from(
      List<Reference> order, List<Tie> ties, List<TwoSql> where, boolean commas) {
    List<TwoSql> all = new ArrayList<>();
    if (commas) {
      ties.forEach(tie -> all.add(OpenStatements.equal(tie.left, tie.link, tie.right)));
      all.addAll(where);
      return TwoSql.of(
          "##",
          TwoSql.join(", ", order.stream().map(OpenStatements::source).toList()),
          OpenStatements.clause(" WHERE ", all));
    }
    TwoSql from = OpenStatements.source(order.get(0));
    for (int i = 1; i < order.size(); i++) {
      List<Reference> placed = order.subList(0, i + 1);
      Reference next = order.get(i);
      List<TwoSql> on =
          ties.stream()
              .filter(tie -> tie.holds(placed) && tie.touches(next))
              .map(tie -> OpenStatements.equal(tie.left, tie.link, tie.right))
              .toList();
      from =
          on.isEmpty()
              ? TwoSql.of("# CROSS JOIN #", from, OpenStatements.source(next))
              : TwoSql.of(
                  "# JOIN ##",
                  from,
                  OpenStatements.source(next),
                  OpenStatements.clause(" ON ", on));
    }
    return TwoSql.of("##", from, OpenStatements.clause(" WHERE ", where));
  }

  /** One outer join, and perhaps a second one or an inner one behind it. */
  OpenStatement outer() {
    OpenModel model = new OpenModel();
    Reference kept = model.reference(statements.table(null));
    Reference other = model.reference(statements.linked(kept.table()));
    Link link = statements.link(kept.table(), other.table()).orElseThrow();
    boolean full = random.nextInt(3) == 0;
    // Whether a condition that only rows without a match pass keeps the others from binding what is
    // kept, shows where the ON says more of it than the equality. Nobody has decided that.
    boolean unmatched = random.nextInt(4) == 0;
    List<TwoSql> keptOn = unmatched ? List.of() : on(kept);
    List<TwoSql> otherOn = on(other);
    model.equal(
        kept,
        link.left(),
        duck(keptOn),
        other,
        link.right(),
        duck(otherOn),
        full ? Needed.NEITHER : Needed.RIGHT);
    List<TwoSql> on = new ArrayList<>(List.of(OpenStatements.equal(kept, link, other)));
    on.addAll(keptOn);
    on.addAll(otherOn);
    List<TwoSql> where = new ArrayList<>();
    if (!full || random.nextBoolean()) {
      where.addAll(conditions.where(kept, 6));
    }
    List<Reference> shown = new ArrayList<>(List.of(kept, other));
    if (unmatched) {
      // No row of the reference itself is without its key: this leaves those without a match.
      String key = other.table().key().orElse("id");
      where.add(TwoSql.of("# IS NULL", OpenStatements.column(other, key)));
    }
    Optional<Tail> tail =
        random.nextInt(3) == 0 ? Optional.of(tail(model, kept, other)) : Optional.empty();
    tail.ifPresent(each -> shown.add(each.reference));
    TwoSql select = statements.select(shown);
    TwoSql condition = TwoSql.join(" AND ", on);
    return new OpenStatement(
        full ? "full join" : "left join",
        model,
        mirrored -> {
          TwoSql left = OpenStatements.source(mirrored ? other : kept);
          TwoSql right = OpenStatements.source(mirrored ? kept : other);
          String word = full ? " FULL JOIN " : mirrored ? " RIGHT JOIN " : " LEFT JOIN ";
          TwoSql from = TwoSql.of("#" + word + "# ON #", left, right, condition);
          if (tail.isPresent()) {
            from = tail.get().behind(from, mirrored);
          }
          return TwoSql.of(
              "SELECT # FROM ##", select, from, OpenStatements.clause(" WHERE ", where));
        });
  }

  /** A third reference, joined to the two. */
  private record Tail(Reference reference, TwoSql on, boolean inner) {
    TwoSql behind(TwoSql from, boolean mirrored) {
      TwoSql source = OpenStatements.source(reference);
      return mirrored
          ? TwoSql.of("#" + (inner ? " JOIN " : " RIGHT JOIN ") + "(#) ON #", source, from, on)
          : TwoSql.of("#" + (inner ? " JOIN " : " LEFT JOIN ") + "# ON #", from, source, on);
    }
  }

  private Tail tail(OpenModel model, Reference kept, Reference other) {
    Reference to = random.nextBoolean() ? kept : other;
    Reference third = model.reference(statements.linked(to.table()));
    Link link = statements.link(to.table(), third.table()).orElseThrow();
    boolean inner = random.nextInt(3) == 0;
    model.equal(to, link.left(), third, link.right(), inner ? Needed.BOTH : Needed.RIGHT);
    return new Tail(third, OpenStatements.equal(to, link, third), inner);
  }

  /** What an ON says of one side alone: it keeps rows from matching, not from being kept. */
  private List<TwoSql> on(Reference reference) {
    if (random.nextInt(3) > 0) {
      return List.of();
    }
    return List.of(
        reference.table().key().isPresent() && random.nextBoolean()
            ? conditions.key(reference, false)
            : conditions.local(reference));
  }

  private static List<String> duck(List<TwoSql> conjuncts) {
    return conjuncts.stream().map(TwoSql::duck).toList();
  }
}
