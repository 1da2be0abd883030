package dev.turntable.eval.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tests the predicates of a path: TRUE, FALSE, or null for unknown. */
final class PathConditions {
  private final PathWalk walk;

  PathConditions(PathWalk walk) {
    this.walk = walk;
  }

  @Nullable Boolean test(PathNode.Predicate predicate, PathWalk.Scope scope) {
    if (predicate instanceof PathNode.And and) {
      Boolean left = test(and.left(), scope);
      if (Boolean.FALSE.equals(left)) {
        return false;
      }
      Boolean right = test(and.right(), scope);
      return (isTrue(left) || isFalse(right)) ? right : null;
    }
    if (predicate instanceof PathNode.Or or) {
      Boolean left = test(or.left(), scope);
      if (Boolean.TRUE.equals(left)) {
        return true;
      }
      Boolean right = test(or.right(), scope);
      return (isFalse(left) || isTrue(right)) ? right : null;
    }
    if (predicate instanceof PathNode.Not not) {
      Boolean truth = test(not.operand(), scope);
      return truth == null ? null : (Boolean) !truth;
    }
    if (predicate instanceof PathNode.IsUnknown unknown) {
      return test(unknown.operand(), scope) == null;
    }
    try {
      return quantified(predicate, scope);
    } catch (PathFailure e) {
      return null;
    }
  }

  private static boolean isTrue(@Nullable Boolean truth) {
    return Boolean.TRUE.equals(truth);
  }

  private static boolean isFalse(@Nullable Boolean truth) {
    return Boolean.FALSE.equals(truth);
  }

  private @Nullable Boolean quantified(PathNode.Predicate predicate, PathWalk.Scope scope) {
    if (predicate instanceof PathNode.Exists exists) {
      return exists(exists.operand(), scope);
    }
    if (predicate instanceof PathNode.StartsWith starts) {
      List<Json> start = new ArrayList<>();
      walk.walk(starts.start(), scope, start::add);
      return any(
          items(starts.operand(), scope),
          start,
          (a, b) ->
              (a instanceof Json.Text text && b instanceof Json.Text with)
                  ? (Boolean) text.value().startsWith(with.value())
                  : null);
    }
    if (predicate instanceof PathNode.LikeRegex like) {
      return any(
          items(like.operand(), scope),
          List.of(Json.Literal.NULL),
          (a, b) ->
              a instanceof Json.Text text
                  ? (Boolean) like.pattern().matcher(walk.watched(text.value())).find()
                  : null);
    }
    PathNode.Comparison comparison = (PathNode.Comparison) predicate;
    return any(
        items(comparison.left(), scope),
        items(comparison.right(), scope),
        (a, b) -> PathOrder.test(comparison.operator(), a, b));
  }

  private Boolean exists(PathNode path, PathWalk.Scope scope) {
    boolean[] found = {false};
    walk.walk(
        path,
        scope,
        item -> {
          found[0] = true;
          return walk.isStrict();
        });
    return found[0];
  }

  /** Two items; null where they cannot be compared. */
  @FunctionalInterface
  private interface Test {
    @Nullable Boolean of(Json left, Json right);
  }

  /** Whether one pair passes; a strict path must be able to compare them all. */
  private @Nullable Boolean any(List<Json> lefts, List<Json> rights, Test test) {
    boolean found = false;
    boolean unknown = false;
    for (Json left : lefts) {
      for (Json right : rights) {
        walk.check();
        Boolean truth = test.of(left, right);
        if (truth == null && walk.isStrict()) {
          return null;
        }
        if (Boolean.TRUE.equals(truth) && !walk.isStrict()) {
          return true;
        }
        unknown |= truth == null;
        found |= Boolean.TRUE.equals(truth);
      }
    }
    return found ? (Boolean) true : unknown ? null : (Boolean) false;
  }

  private List<Json> items(PathNode operand, PathWalk.Scope scope) {
    return walk.items(operand, scope);
  }
}
