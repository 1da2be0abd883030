package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Field;
import dev.turntable.plan.RandomScope.Type;
import java.util.List;
import java.util.Random;

/** Makes random values and predicates that mean the same to every reader. */
final class RandomExpressions {

  /** Makes predicates and values out of further queries. */
  interface SubQueries {
    TwoSql predicate(RandomScope outer);

    TwoSql value(RandomScope outer, Type type);
  }

  private final Random random;
  private final SubQueries subQueries;
  private final RandomLiterals literals;
  private final RandomPredicates predicates;
  private final RandomFunctions functions;
  private boolean single;

  RandomExpressions(Random random, SubQueries subQueries) {
    this.random = random;
    this.subQueries = subQueries;
    literals = new RandomLiterals(random);
    predicates = new RandomPredicates(this, literals);
    functions = new RandomFunctions(this);
  }

  RandomLiterals literals() {
    return literals;
  }

  /** Makes an expression that may stand twice in a statement: no parameter, no sub-query. */
  TwoSql plain(RandomScope scope, Type type, int depth) {
    boolean before = literals.plain(true);
    TwoSql result = simple(scope, type, depth);
    literals.plain(before);
    return result;
  }

  /** Makes an expression without a sub-query. */
  TwoSql simple(RandomScope scope, Type type, int depth) {
    boolean before = single;
    single = true;
    TwoSql result = value(scope, type, depth);
    single = before;
    return result;
  }

  TwoSql value(RandomScope scope, Type type, int depth) {
    return made(scope, type, depth).typed(type);
  }

  private TwoSql made(RandomScope scope, Type type, int depth) {
    if (depth <= 0 || oneIn(3)) {
      return type == Type.TRUTH ? predicates.leaf(scope) : fieldOr(scope, type);
    }
    int choice = random.nextInt(9);
    if (choice > 3) {
      if (!single && oneIn(12)) {
        return subQueries.value(scope, type);
      }
      return type == Type.TRUTH ? predicate(scope, depth - 1) : functions.of(scope, type, depth);
    }
    literals.branch(1);
    TwoSql result = branching(choice, scope, type, depth);
    literals.branch(-1);
    return result;
  }

  private TwoSql branching(int choice, RandomScope scope, Type type, int depth) {
    TwoSql first = value(scope, type, depth - 1);
    if (choice == 0) {
      TwoSql otherwise = value(scope, type, depth - 1);
      return TwoSql.of(
              "CASE WHEN # THEN # ELSE # END", predicate(scope, depth - 1), first, otherwise)
          .made("CASE", otherwise);
    }
    if (choice == 1) {
      return TwoSql.of("COALESCE(#, #)", first, value(scope, type, depth - 1))
          .made("COALESCE", first);
    }
    if (choice == 2) {
      return TwoSql.of("NULLIF(#, #)", first, literals.literal(scope, type, false))
          .made("NULLIF", first);
    }
    if (type == Type.TRUTH || type == Type.REAL || type == Type.DECIMAL) {
      Field field = pick(scope.fields());
      return TwoSql.of(
              "CASE # WHEN # THEN # ELSE # END",
              field.reference(),
              literals.literal(field),
              first,
              value(scope, type, depth - 1))
          .made("simple CASE", first);
    }
    String name = oneIn(2) ? "GREATEST" : "LEAST";
    return TwoSql.of(name + "(#, #)", first, value(scope, type, depth - 1)).made(name, first);
  }

  /** A condition, of three values as all in SQL. */
  TwoSql predicate(RandomScope scope, int depth) {
    return condition(scope, depth).typed(Type.TRUTH);
  }

  private TwoSql condition(RandomScope scope, int depth) {
    if (depth <= 0) {
      return predicates.leaf(scope);
    }
    TwoSql first = predicate(scope, depth - 1);
    return switch (random.nextInt(10)) {
      case 0, 1 -> TwoSql.of("(# AND #)", first, predicate(scope, depth - 1)).made("AND", first);
      case 2, 3 -> TwoSql.of("(# OR #)", first, predicate(scope, depth - 1)).made("OR", first);
      case 4 -> TwoSql.of("NOT (#)", first).made("NOT", first);
      case 5 -> is(first);
      case 6, 7 -> single || oneIn(3) ? first : ofSubQuery(scope);
      default -> predicates.leaf(scope);
    };
  }

  private TwoSql ofSubQuery(RandomScope scope) {
    TwoSql predicate = subQueries.predicate(scope);
    return oneIn(4) ? is(predicate) : predicate;
  }

  private TwoSql is(TwoSql predicate) {
    String form =
        pick(
            List.of(
                "TRUE",
                "FALSE",
                "NOT TRUE",
                "NOT FALSE",
                "UNKNOWN",
                "NOT UNKNOWN",
                "NULL",
                "NOT NULL"));
    return TwoSql.of("(#) IS " + form, predicate).made("IS " + form, predicate);
  }

  private TwoSql fieldOr(RandomScope scope, Type type) {
    List<Field> fields = scope.fields(type);
    List<Field> outer = scope.outer(type);
    if (!outer.isEmpty() && oneIn(fields.isEmpty() ? 2 : 5)) {
      return outerReference(scope, pick(outer));
    }
    return fields.isEmpty() || oneIn(5)
        ? literals.literal(scope, type, true)
        : pick(fields).reference();
  }

  private TwoSql outerReference(RandomScope scope, Field field) {
    return field.reference().made("outer column", literals.literal(scope, field.type(), false));
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  int below(int n) {
    return random.nextInt(n);
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
