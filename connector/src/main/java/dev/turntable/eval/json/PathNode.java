package dev.turntable.eval.json;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A step, an expression or a predicate of a path. */
sealed interface PathNode {
  /** Those that are true, false or unknown, and give no item of the document. */
  sealed interface Predicate extends PathNode {}

  /** {@code $}. */
  record Root() implements PathNode {}

  /** {@code @}, the item that a filter tests. */
  record Current() implements PathNode {}

  /** {@code last}, the last index of the array whose subscript it stands in. */
  record Last() implements PathNode {}

  /** {@code $name}, a value that PASSING gives. */
  record Variable(String name) implements PathNode {}

  /** A number, string, boolean or null. */
  record Constant(Json value) implements PathNode {}

  /** {@code input.name}. */
  record Member(PathNode input, String name) implements PathNode {}

  /** {@code input.*}. */
  record EveryMember(PathNode input) implements PathNode {}

  /** {@code input[*]}. */
  record EveryElement(PathNode input) implements PathNode {}

  /** {@code input[1, 3 to last]}. */
  record Elements(PathNode input, List<Range> ranges) implements PathNode {}

  /** One subscript, or two with TO between them. */
  record Range(PathNode from, @Nullable PathNode to) {}

  /** {@code input.**}, levels counted from 0; {@link Integer#MAX_VALUE} stands for the deepest. */
  record Descendants(PathNode input, int from, int to) implements PathNode {}

  /** {@code input ? (predicate)}. */
  record Filter(PathNode input, Predicate predicate) implements PathNode {}

  /** {@code input.name(arguments)}. */
  record Method(PathNode input, String name, List<Integer> arguments) implements PathNode {}

  /** {@code +x} and {@code -x}. */
  record Signed(PathNode operand, boolean negative) implements PathNode {}

  /** {@code left + right}, and {@code - * / %}. */
  record Calculation(char operator, PathNode left, PathNode right) implements PathNode {}

  /** {@code left == right} and its like; the operator as it is written. */
  record Comparison(String operator, PathNode left, PathNode right) implements Predicate {}

  record And(Predicate left, Predicate right) implements Predicate {}

  record Or(Predicate left, Predicate right) implements Predicate {}

  record Not(Predicate operand) implements Predicate {}

  record IsUnknown(Predicate operand) implements Predicate {}

  record Exists(PathNode operand) implements Predicate {}

  record StartsWith(PathNode operand, PathNode start) implements Predicate {}

  record LikeRegex(PathNode operand, Pattern pattern) implements Predicate {}
}
