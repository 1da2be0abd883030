package dev.turntable.eval.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the steps of a path: members, elements, descendants, filters, methods. */
final class PathSteps {
  /** How many arguments each method takes at most. */
  private static final Map<String, Integer> METHODS =
      Map.ofEntries(
          Map.entry("type", 0),
          Map.entry("size", 0),
          Map.entry("boolean", 0),
          Map.entry("string", 0),
          Map.entry("double", 0),
          Map.entry("number", 0),
          Map.entry("decimal", 2),
          Map.entry("bigint", 0),
          Map.entry("integer", 0),
          Map.entry("ceiling", 0),
          Map.entry("floor", 0),
          Map.entry("abs", 0),
          Map.entry("keyvalue", 0),
          Map.entry("datetime", 0),
          Map.entry("date", 0),
          Map.entry("time", 1),
          Map.entry("timestamp", 1));

  private final PathParser parser;

  PathSteps(PathParser parser) {
    this.parser = parser;
  }

  PathNode afterPoint(PathNode input) {
    if (parser.skip("*")) {
      return new PathNode.EveryMember(input);
    }
    if (parser.skip("**")) {
      return descendants(input);
    }
    PathToken token = parser.take();
    if (token.kind() == PathToken.Kind.STRING) {
      return new PathNode.Member(input, token.value());
    }
    if (token.kind() != PathToken.Kind.WORD) {
      throw parser.unexpected(token);
    }
    return parser.peek().isSign("(")
        ? method(input, token)
        : new PathNode.Member(input, token.value());
  }

  /** Reads what follows a bracket. */
  PathNode elements(PathNode input) {
    if (parser.skip("*")) {
      parser.expect("]");
      return new PathNode.EveryElement(input);
    }
    List<PathNode.Range> ranges = new ArrayList<>();
    do {
      PathNode from = parser.index();
      boolean range = parser.peek().isWord("to");
      if (range) {
        parser.take();
      }
      ranges.add(new PathNode.Range(from, range ? parser.index() : null));
    } while (parser.skip(","));
    parser.expect("]");
    return new PathNode.Elements(input, ranges);
  }

  /** Reads what follows a question mark. */
  PathNode filter(PathNode input) {
    parser.expect("(");
    PathNode.Predicate condition = parser.condition();
    parser.expect(")");
    return new PathNode.Filter(input, condition);
  }

  private PathNode method(PathNode input, PathToken name) {
    Integer most = METHODS.get(name.value());
    if (most == null) {
      throw parser.wrong(name, "there is no method " + name.value());
    }
    parser.expect("(");
    List<Integer> arguments = new ArrayList<>();
    while (!parser.skip(")")) {
      if (!arguments.isEmpty()) {
        parser.expect(",");
      }
      if (arguments.size() == most) {
        throw parser.wrong(name, name.value() + "() takes no such argument");
      }
      int sign = parser.skip("-") ? -1 : 1;
      arguments.add(sign * whole());
    }
    return new PathNode.Method(input, name.value(), arguments);
  }

  private PathNode descendants(PathNode input) {
    if (!parser.skip("{")) {
      return new PathNode.Descendants(input, 0, Integer.MAX_VALUE);
    }
    int from = level();
    int to = from;
    if (parser.peek().isWord("to")) {
      parser.take();
      to = level();
    }
    parser.expect("}");
    return new PathNode.Descendants(input, from, to);
  }

  private int level() {
    if (parser.peek().isWord("last")) {
      parser.take();
      return Integer.MAX_VALUE;
    }
    return whole();
  }

  private int whole() {
    PathToken token = parser.take();
    try {
      if (token.kind() == PathToken.Kind.NUMBER) {
        return Integer.parseInt(token.value());
      }
    } catch (NumberFormatException e) {
      throw parser.wrong(token, token.value() + " is no whole number of this size");
    }
    throw parser.wrong(token, "a number is missing");
  }
}
