package dev.turntable.eval.json;

import java.util.List;
import java.util.Locale;

/** Reads the grammar of SQL/JSON paths, with the precedences of PostgreSQL. */
final class PathParser {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_TOKENS = 5000;

  private final String path;
  private final List<PathToken> tokens;
  private int at;
  private int depth;
  private int filters;
  private int subscripts;

  PathParser(String path) {
    this.path = path;
    this.tokens = PathLexer.tokens(path);
    if (tokens.size() > MAX_TOKENS) {
      throw wrong(tokens.get(MAX_TOKENS), "more than " + MAX_TOKENS + " words and signs");
    }
  }

  /** Returns whether a mode is given that says strict; goes on behind the mode. */
  boolean strict() {
    boolean strict = peek().isWord("strict");
    if (strict || peek().isWord("lax")) {
      at++;
    }
    return strict;
  }

  /** Reads the rest of the path. */
  PathNode whole() {
    PathNode node = or();
    if (peek().kind() != PathToken.Kind.END) {
      throw unexpected();
    }
    return node;
  }

  private PathNode or() {
    if (++depth > MAX_DEPTH) {
      throw wrong("more than " + MAX_DEPTH + " levels");
    }
    PathNode left = and();
    while (skip("||")) {
      left = new PathNode.Or(predicate(left), predicate(and()));
    }
    depth--;
    return left;
  }

  private PathNode and() {
    PathNode left = not();
    while (skip("&&")) {
      left = new PathNode.And(predicate(left), predicate(not()));
    }
    return left;
  }

  private PathNode not() {
    if (!skip("!")) {
      return comparison();
    }
    boolean delimited = peek().isSign("(") || peek().isWord("exists");
    if (!delimited) {
      throw wrong("'!' needs parentheses");
    }
    return new PathNode.Not(predicate(primary()));
  }

  private PathNode comparison() {
    PathNode left = sum();
    PathToken token = peek();
    switch (token.kind() == PathToken.Kind.SIGN ? token.value() : "") {
      case "==", "!=", "<>", "<", "<=", ">", ">=" -> {
        at++;
        return new PathNode.Comparison(token.value(), item(left), item(sum()));
      }
      default -> {}
    }
    if (token.isWord("starts")) {
      at++;
      word("with");
      PathToken start = tokens.get(at++);
      return switch (start.kind()) {
        case STRING ->
            new PathNode.StartsWith(item(left), new PathNode.Constant(Json.of(start.value())));
        case VARIABLE -> new PathNode.StartsWith(item(left), new PathNode.Variable(start.value()));
        default -> throw wrong("STARTS WITH needs a string or a variable");
      };
    }
    if (token.isWord("like_regex")) {
      at++;
      String pattern = string();
      String flags = peek().isWord("flag") ? flags() : "";
      return new PathNode.LikeRegex(item(left), PathRegex.compile(path, token, pattern, flags));
    }
    return left;
  }

  private String flags() {
    at++;
    return string();
  }

  private PathNode sum() {
    PathNode left = product();
    while (peek().isSign("+") || peek().isSign("-")) {
      char operator = tokens.get(at++).value().charAt(0);
      left = new PathNode.Calculation(operator, item(left), item(product()));
    }
    return left;
  }

  private PathNode product() {
    PathNode left = signed();
    while (peek().isSign("*") || peek().isSign("/") || peek().isSign("%")) {
      char operator = tokens.get(at++).value().charAt(0);
      left = new PathNode.Calculation(operator, item(left), item(signed()));
    }
    return left;
  }

  private PathNode signed() {
    if (!peek().isSign("+") && !peek().isSign("-")) {
      return accessed();
    }
    if (++depth > MAX_DEPTH) {
      throw wrong("more than " + MAX_DEPTH + " levels");
    }
    boolean negative = tokens.get(at++).isSign("-");
    PathNode signed = new PathNode.Signed(item(signed()), negative);
    depth--;
    return signed;
  }

  /** A primary and what is accessed of it. */
  private PathNode accessed() {
    boolean bare = peek().kind() == PathToken.Kind.NUMBER;
    PathNode node = primary();
    boolean unknown = node instanceof PathNode.IsUnknown;
    while (!unknown) {
      if (skip(".")) {
        if (bare) {
          throw wrong("a number needs parentheses before '.'");
        }
        node = new PathSteps(this).afterPoint(node);
      } else if (skip("[")) {
        node = new PathSteps(this).elements(node);
      } else if (skip("?")) {
        node = new PathSteps(this).filter(node);
      } else {
        break;
      }
    }
    return node;
  }

  private PathNode primary() {
    PathToken token = tokens.get(at++);
    PathNode literal = PathLiterals.of(token);
    if (literal != null) {
      return literal;
    }
    return switch (token.kind()) {
      case SIGN -> sign(token);
      case WORD -> named(token);
      default -> throw unexpected(token);
    };
  }

  private PathNode sign(PathToken token) {
    switch (token.value()) {
      case "$" -> {
        return new PathNode.Root();
      }
      case "@" -> {
        if (filters == 0) {
          throw wrong(token, "'@' has a meaning in filters only");
        }
        return new PathNode.Current();
      }
      case "(" -> {
        PathNode inner = or();
        expect(")");
        if (inner instanceof PathNode.Predicate predicate && peek().isWord("is")) {
          at++;
          word("unknown");
          return new PathNode.IsUnknown(predicate);
        }
        return inner;
      }
      default -> throw unexpected(token);
    }
  }

  private PathNode named(PathToken token) {
    switch (token.value().toLowerCase(Locale.ROOT)) {
      case "last" -> {
        if (subscripts == 0) {
          throw wrong(token, "'last' has a meaning in subscripts only");
        }
        return new PathNode.Last();
      }
      case "exists" -> {
        expect("(");
        PathNode operand = item(or());
        expect(")");
        return new PathNode.Exists(operand);
      }
      default -> throw unexpected(token);
    }
  }

  /** Reads a subscript, in which {@code last} has a meaning. */
  PathNode index() {
    subscripts++;
    PathNode index = item(sum());
    subscripts--;
    return index;
  }

  /** Reads the condition of a filter, in which {@code @} has a meaning. */
  PathNode.Predicate condition() {
    filters++;
    PathNode condition = or();
    filters--;
    return predicate(condition);
  }

  private PathNode.Predicate predicate(PathNode node) {
    if (node instanceof PathNode.Predicate predicate) {
      return predicate;
    }
    throw wrong("a condition is missing");
  }

  private PathNode item(PathNode node) {
    if (node instanceof PathNode.Predicate) {
      throw wrong("a condition is no value here");
    }
    return node;
  }

  PathToken take() {
    return tokens.get(at++);
  }

  PathToken peek() {
    return tokens.get(at);
  }

  boolean skip(String sign) {
    boolean there = peek().isSign(sign);
    at += there ? 1 : 0;
    return there;
  }

  void expect(String sign) {
    if (!skip(sign)) {
      throw wrong("'" + sign + "' is missing");
    }
  }

  void word(String word) {
    if (!peek().isWord(word)) {
      throw wrong(word.toUpperCase(Locale.ROOT) + " is missing");
    }
    at++;
  }

  private String string() {
    PathToken token = peek();
    if (token.kind() != PathToken.Kind.STRING) {
      throw wrong("a string is missing");
    }
    at++;
    return token.value();
  }

  private PathSyntaxException unexpected() {
    return unexpected(peek());
  }

  PathSyntaxException unexpected(PathToken token) {
    return wrong(token, "unexpected " + token.value());
  }

  private PathSyntaxException wrong(String problem) {
    return wrong(peek(), problem);
  }

  PathSyntaxException wrong(PathToken token, String problem) {
    return new PathSyntaxException(path, token.position(), problem);
  }
}
