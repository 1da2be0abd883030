package dev.turntable.eval.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Literals and variables of a path: what one token tells. */
final class PathLiterals {
  private PathLiterals() {}

  /** Returns the value that a token stands for, or null if it stands for none. */
  static @Nullable PathNode of(PathToken token) {
    return switch (token.kind()) {
      case STRING -> new PathNode.Constant(Json.of(token.value()));
      case NUMBER -> new PathNode.Constant(Json.of(new BigDecimal(token.value())));
      case VARIABLE -> new PathNode.Variable(token.value());
      case WORD -> word(token.value());
      default -> null;
    };
  }

  private static @Nullable PathNode word(String word) {
    return switch (word) {
      case "true" -> new PathNode.Constant(Json.Literal.TRUE);
      case "false" -> new PathNode.Constant(Json.Literal.FALSE);
      case "null" -> new PathNode.Constant(Json.Literal.NULL);
      default -> null;
    };
  }
}
