package dev.turntable.eval.json;

import dev.turntable.source.WatchedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Follows one path through one document. Where a lax path meets an array it goes on with the
 * elements, and what is not there is no item; a strict path fails.
 */
final class PathWalk {
  /** Where items go. */
  @FunctionalInterface
  interface Sink {
    /** Takes an item; returns whether more are wanted. */
    boolean accept(Json item);
  }

  /**
   * What a part of a path refers to.
   *
   * @param current what {@code @} is
   * @param last what {@code last} is
   */
  record Scope(Json current, int last) {}

  private final Json root;
  private final boolean strict;
  private final Map<String, Json> variables;
  private final Runnable check;
  private final PathConditions conditions = new PathConditions(this);
  private final PathNumbers numbers = new PathNumbers(this);

  /** Set below {@code **}, where not every level need have what is asked for. */
  private boolean forgiving;

  /**
   * @param check throws if nobody wants the items any more
   */
  PathWalk(Json root, boolean strict, Map<String, Json> variables, Runnable check) {
    this.root = root;
    this.strict = strict;
    this.variables = variables;
    this.check = check;
    this.forgiving = !strict;
  }

  /** Throws if nobody wants the items any more. */
  void check() {
    check.run();
  }

  /** Returns a text that ends a match when nobody wants the items any more. */
  WatchedText watched(String text) {
    return new WatchedText(text, check);
  }

  boolean isStrict() {
    return strict;
  }

  void start(PathNode path, Sink sink) {
    walk(path, new Scope(root, -1), sink);
  }

  /** Gives the items of a path; returns whether more would have been wanted. */
  boolean walk(PathNode path, Scope scope, Sink sink) {
    check.run();
    if (path instanceof PathNode.Predicate predicate) {
      Boolean truth = conditions.test(predicate, scope);
      return sink.accept(truth == null ? Json.Literal.NULL : Json.of(truth));
    }
    if (path instanceof PathNode.Root) {
      return sink.accept(root);
    }
    if (path instanceof PathNode.Current) {
      return sink.accept(scope.current());
    }
    if (path instanceof PathNode.Constant constant) {
      return sink.accept(constant.value());
    }
    if (path instanceof PathNode.Last) {
      return sink.accept(PathNumbers.json(scope.last()));
    }
    if (path instanceof PathNode.Variable variable) {
      return sink.accept(variable(variable.name()));
    }
    if (path instanceof PathNode.Calculation || path instanceof PathNode.Signed) {
      return numbers.walk(path, scope, sink);
    }
    return step(path, scope, sink);
  }

  private boolean step(PathNode path, Scope scope, Sink sink) {
    if (path instanceof PathNode.Member member) {
      return walk(member.input(), scope, item -> member(item, member.name(), !strict, sink));
    }
    if (path instanceof PathNode.EveryMember every) {
      return walk(every.input(), scope, item -> everyMember(item, !strict, sink));
    }
    if (path instanceof PathNode.EveryElement every) {
      return walk(every.input(), scope, item -> everyElement(item, sink));
    }
    if (path instanceof PathNode.Elements elements) {
      return walk(elements.input(), scope, item -> elements(item, elements.ranges(), scope, sink));
    }
    if (path instanceof PathNode.Descendants below) {
      return walk(below.input(), scope, item -> descendants(item, below, sink));
    }
    if (path instanceof PathNode.Filter filter) {
      return walk(filter.input(), scope, item -> filter(item, filter, scope, sink));
    }
    PathNode.Method method = (PathNode.Method) path;
    return walk(method.input(), scope, item -> method(item, method, sink));
  }

  /** Returns the items of an operand; on a lax path the elements instead of an array. */
  List<Json> items(PathNode operand, Scope scope) {
    List<Json> items = new ArrayList<>();
    walk(
        operand,
        scope,
        item ->
            (!strict && item instanceof Json.Array array)
                ? each(array.items(), items::add)
                : items.add(item));
    return items;
  }

  private Json variable(String name) {
    Json value = variables.get(name);
    if (value == null) {
      throw new PathFailure("there is no variable $" + name + ": PASSING gives none of this name");
    }
    return value;
  }

  private boolean member(Json item, String name, boolean unwrap, Sink sink) {
    if (item instanceof Json.Members members) {
      Json value = members.byName().get(name);
      return value == null
          ? missing("there is no member " + JsonText.quoted(name))
          : sink.accept(value);
    }
    if (unwrap && item instanceof Json.Array array) {
      return each(array.items(), element -> member(element, name, false, sink));
    }
    return missing(
        "no member " + JsonText.quoted(name) + " in what is no object but " + item.type());
  }

  private boolean everyMember(Json item, boolean unwrap, Sink sink) {
    if (item instanceof Json.Members members) {
      return each(members.byName().values(), sink);
    }
    if (unwrap && item instanceof Json.Array array) {
      return each(array.items(), element -> everyMember(element, false, sink));
    }
    return missing("no members in what is no object but " + item.type());
  }

  private boolean everyElement(Json item, Sink sink) {
    if (item instanceof Json.Array array) {
      return each(array.items(), sink);
    }
    return strict
        ? missing("no elements in what is no array but " + item.type())
        : sink.accept(item);
  }

  private boolean elements(Json item, List<PathNode.Range> ranges, Scope scope, Sink sink) {
    boolean array = item instanceof Json.Array;
    if (!array && strict) {
      return missing("no elements in what is no array but " + item.type());
    }
    List<Json> items = array ? ((Json.Array) item).items() : List.of(item);
    Scope inside = new Scope(scope.current(), items.size() - 1);
    for (PathNode.Range range : ranges) {
      long from = numbers.index(range.from(), inside);
      PathNode end = range.to();
      long to = end == null ? from : numbers.index(end, inside);
      if (from < 0 || from > to || to >= items.size()) {
        missing("there is no element " + (from == to ? from : from + " to " + to));
      }
      for (long i = Math.max(0, from); i <= Math.min(to, items.size() - 1); i++) {
        if (!sink.accept(items.get((int) i))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean descendants(Json item, PathNode.Descendants levels, Sink sink) {
    boolean before = forgiving;
    forgiving = true;
    try {
      boolean more = levels.from() > 0 || sink.accept(item);
      return more && below(item, 1, levels, sink);
    } finally {
      forgiving = before;
    }
  }

  private boolean below(Json item, int level, PathNode.Descendants levels, Sink sink) {
    if (level > levels.to()) {
      return true;
    }
    boolean leaves = levels.from() == Integer.MAX_VALUE;
    return each(
        children(item),
        child -> {
          boolean wanted = leaves ? child.isScalar() : level >= levels.from();
          return (!wanted || sink.accept(child)) && below(child, level + 1, levels, sink);
        });
  }

  private static Iterable<Json> children(Json item) {
    if (item instanceof Json.Array array) {
      return array.items();
    }
    return item instanceof Json.Members members ? members.byName().values() : List.of();
  }

  private boolean filter(Json item, PathNode.Filter filter, Scope scope, Sink sink) {
    if (!strict && item instanceof Json.Array array) {
      return each(array.items(), element -> passed(element, filter, scope, sink));
    }
    return passed(item, filter, scope, sink);
  }

  private boolean passed(Json item, PathNode.Filter filter, Scope scope, Sink sink) {
    Boolean passes = conditions.test(filter.predicate(), new Scope(item, scope.last()));
    return !Boolean.TRUE.equals(passes) || sink.accept(item);
  }

  private boolean method(Json item, PathNode.Method method, Sink sink) {
    switch (method.name()) {
      case "type" -> {
        return sink.accept(Json.of(item.type()));
      }
      case "size" -> {
        if (item instanceof Json.Array array) {
          return sink.accept(PathNumbers.json(array.items().size()));
        }
        return strict
            ? missing("size() of what is no array but " + item.type())
            : sink.accept(PathNumbers.json(1));
      }
      default -> {}
    }
    if (!strict && item instanceof Json.Array array) {
      return each(array.items(), element -> PathMethods.call(element, method, sink));
    }
    return PathMethods.call(item, method, sink);
  }

  boolean each(Iterable<Json> items, Sink sink) {
    for (Json item : items) {
      check.run();
      if (!sink.accept(item)) {
        return false;
      }
    }
    return true;
  }

  /** What is not there is an error on a strict path only. */
  private boolean missing(String what) {
    if (!forgiving) {
      throw new PathFailure(what);
    }
    return true;
  }
}
