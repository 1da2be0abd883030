package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a statement that fails smaller while it fails: clauses, items of lists, operands and rows are
 * left out, expressions replaced by what is in them or by constants, tables by rows in the statement.
 * What is no statement then, the judge refuses, and it counts for nothing.
 */
final class Reducer {
  private static final int MOST_TRIALS = 4000;
  private static final Pattern ALIAS = Pattern.compile(" AS (x\\d+)$");

  private final ServiceTables tables;
  private final Predicate<RandomStatement> fails;
  private int trials;

  /**
   * A reducer.
   *
   * @param fails whether a statement fails in the way of the one to reduce
   */
  Reducer(ServiceTables tables, Predicate<RandomStatement> fails) {
    this.tables = tables;
    this.fails = fails;
  }

  RandomStatement reduced(RandomStatement statement) {
    RandomStatement best = statement;
    if (holds(best.bare())) {
      best = best.bare();
    }
    best = shrunk(best);
    RandomStatement expanded = withRows(best);
    return expanded == best ? best : shrunk(expanded);
  }

  private boolean holds(RandomStatement statement) {
    return trials++ < MOST_TRIALS && fails.test(statement);
  }

  private RandomStatement shrunk(RandomStatement statement) {
    RandomStatement best = statement;
    int length;
    do {
      length = best.sql().ours().length();
      best = best.withBody(smaller(best, best.body(), best.body(), false));
      best = best.withTail(smaller(best, best.tail(), best.tail(), true));
    } while (best.sql().ours().length() < length && trials < MOST_TRIALS);
    return best;
  }

  /**
   * Tries to make one piece smaller, then those in it.
   *
   * @param root the body or the tail as it is now
   * @param piece a piece of it
   * @return the body or the tail, smaller if that worked
   */
  private TwoSql smaller(RandomStatement around, TwoSql root, TwoSql piece, boolean tail) {
    for (TwoSql candidate : candidates(piece)) {
      TwoSql changed = root.replaced(piece, candidate);
      if (candidate.ours().length() < piece.ours().length() && holds(with(around, changed, tail))) {
        return smaller(around, changed, candidate, tail);
      }
    }
    if (piece.isList()) {
      return shorter(around, root, piece, tail);
    }
    return inside(around, root, piece, tail);
  }

  private TwoSql inside(RandomStatement around, TwoSql root, TwoSql piece, boolean tail) {
    TwoSql current = root;
    TwoSql parent = piece;
    for (int i = 0; i < parent.parts().size(); i++) {
      TwoSql part = parent.parts().get(i);
      TwoSql before = current;
      current = smaller(around, current, part, tail);
      if (current != before) {
        parent = at(current, path(before, parent));
      }
    }
    return current;
  }

  /** Leaves out items of a list: halves, quarters, single ones. */
  private TwoSql shorter(RandomStatement around, TwoSql root, TwoSql list, boolean tail) {
    TwoSql current = root;
    TwoSql kept = list;
    for (int chunk = Math.max(1, list.parts().size() / 2); chunk > 0; chunk /= 2) {
      for (int start = 0; start + chunk <= kept.parts().size() && kept.parts().size() > chunk; ) {
        List<TwoSql> fewer = new ArrayList<>(kept.parts());
        fewer.subList(start, start + chunk).clear();
        TwoSql candidate = kept.withParts(fewer);
        TwoSql changed = current.replaced(kept, candidate);
        if (holds(with(around, changed, tail))) {
          current = changed;
          kept = candidate;
        } else {
          start += chunk;
        }
      }
    }
    return inside(around, current, kept, tail);
  }

  private static RandomStatement with(RandomStatement around, TwoSql changed, boolean tail) {
    return tail ? around.withTail(changed) : around.withBody(changed);
  }

  private static List<TwoSql> candidates(TwoSql piece) {
    List<TwoSql> below = new ArrayList<>();
    for (TwoSql part : piece.parts()) {
      below.add(part);
    }
    for (TwoSql part : piece.parts()) {
      below.addAll(part.parts());
    }
    TwoSql without = piece.without();
    if (without != null) {
      below.add(without.typed(piece.type()));
    }
    Type type = piece.type();
    if (type == null) {
      below.add(0, TwoSql.of(""));
      return below;
    }
    // Judges that convert what we do not would lead to another finding.
    List<TwoSql> candidates = new ArrayList<>(RandomLiterals.shortest(type));
    below.stream().filter(part -> part.type() == type).forEach(candidates::add);
    return candidates;
  }

  private static List<Integer> path(TwoSql root, TwoSql piece) {
    if (root == piece) {
      return List.of();
    }
    for (int i = 0; i < root.parts().size(); i++) {
      List<Integer> below = path(root.parts().get(i), piece);
      if (!below.isEmpty() || root.parts().get(i) == piece) {
        List<Integer> path = new ArrayList<>(List.of(i));
        path.addAll(below);
        return path;
      }
    }
    return List.of();
  }

  private static TwoSql at(TwoSql root, List<Integer> path) {
    TwoSql piece = root;
    for (int i : path) {
      piece = piece.parts().get(i);
    }
    return piece;
  }

  /** Puts the rows of the tables, as far as it names their columns, into the statement. */
  private RandomStatement withRows(RandomStatement statement) {
    RandomStatement best = statement;
    List<TwoSql> pieces = new ArrayList<>();
    statement
        .body()
        .forEach(
            piece -> {
              if (piece.construct().startsWith(RandomSources.TABLE)) {
                pieces.add(piece);
              }
            });
    for (TwoSql piece : pieces) {
      Matcher alias = ALIAS.matcher(piece.ours());
      if (!alias.find()) {
        continue;
      }
      String source = piece.construct().substring(RandomSources.TABLE.length());
      TwoSql values = tables.values(source, alias.group(1), best.sql().ours());
      RandomStatement changed = best.withBody(best.body().replaced(piece, values));
      if (holds(changed)) {
        best = changed;
      }
    }
    return best;
  }
}
