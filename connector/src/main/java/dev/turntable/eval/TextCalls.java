package dev.turntable.eval;

import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.SqlFunctions;
import org.jspecify.annotations.Nullable;

/** Compiles functions of text. */
final class TextCalls {
  private TextCalls() {}

  /** Returns the call, or null if it is not known here. */
  static @Nullable Scalar compile(String name, RexCall call, List<Scalar> operands) {
    List<RexNode> nodes = call.getOperands();
    if (nodes.isEmpty() || !SqlTypes.isText(nodes.get(0).getType())) {
      return null;
    }
    for (RexNode node : nodes.subList(1, nodes.size())) {
      if (!SqlTypes.isText(node.getType()) && !SqlTypes.isInteger(node.getType())) {
        return null;
      }
    }
    return switch (nodes.size()) {
      case 1 -> one(name, operands.get(0));
      case 2 -> two(name, nodes, operands);
      case 3 -> three(name, nodes, operands);
      case 4 ->
          name.equals("OVERLAY") && SqlTypes.isText(nodes.get(1).getType())
              ? StrictCalls.many(
                  name,
                  operands,
                  v ->
                      LenientTextFunctions.overlay(
                          (String) v[0], (String) v[1], whole(v[2]), whole(v[3])))
              : null;
      default -> null;
    };
  }

  private static @Nullable Scalar one(String name, Scalar x) {
    return switch (name) {
      case "UPPER" -> StrictCalls.unary(name, x, s -> ((String) s).toUpperCase(Locale.ROOT));
      case "LOWER" -> StrictCalls.unary(name, x, s -> ((String) s).toLowerCase(Locale.ROOT));
      case "CHAR_LENGTH", "CHARACTER_LENGTH", "LENGTH", "LEN" ->
          StrictCalls.unary(name, x, s -> Characters.length((String) s));
      case "LTRIM" ->
          StrictCalls.unary(name, x, s -> TrimFunction.trim((String) s, " ", true, false));
      case "RTRIM" ->
          StrictCalls.unary(name, x, s -> TrimFunction.trim((String) s, " ", false, true));
      case "INITCAP" -> StrictCalls.unary(name, x, s -> SqlFunctions.initcap((String) s));
      case "REVERSE" -> StrictCalls.unary(name, x, s -> SqlFunctions.reverse((String) s));
      case "ASCII" -> StrictCalls.unary(name, x, s -> SqlFunctions.ascii((String) s));
      case "SOUNDEX" -> StrictCalls.unary(name, x, s -> LenientTextFunctions.soundex((String) s));
      default -> null;
    };
  }

  private static @Nullable Scalar two(String name, List<RexNode> nodes, List<Scalar> operands) {
    Scalar x = operands.get(0);
    Scalar y = operands.get(1);
    if (SqlTypes.isText(nodes.get(1).getType())) {
      return switch (name) {
        case "||" -> StrictCalls.binary(name, x, y, (a, b) -> ((String) a).concat((String) b));
        case "DIFFERENCE" ->
            StrictCalls.binary(
                name, x, y, (a, b) -> LenientTextFunctions.difference((String) a, (String) b));
        case "POSITION" ->
            StrictCalls.watched(
                name,
                operands,
                (v, execution) ->
                    Characters.position((String) v[0], (String) v[1], execution::check));
        case "STRPOS", "INSTR" ->
            StrictCalls.watched(
                name,
                operands,
                (v, execution) ->
                    Characters.position((String) v[1], (String) v[0], execution::check));
        case "STARTS_WITH", "STARTSWITH" ->
            StrictCalls.binary(name, x, y, (a, b) -> ((String) a).startsWith((String) b));
        case "ENDS_WITH", "ENDSWITH" ->
            StrictCalls.binary(name, x, y, (a, b) -> ((String) a).endsWith((String) b));
        default -> null;
      };
    }
    return switch (name) {
      case "SUBSTRING" ->
          StrictCalls.binary(
              name, x, y, (a, b) -> substring((String) a, whole(b), Integer.MAX_VALUE));
      case "LEFT" -> StrictCalls.binary(name, x, y, (a, b) -> left((String) a, whole(b)));
      case "RIGHT" -> StrictCalls.binary(name, x, y, (a, b) -> right((String) a, whole(b)));
      case "REPEAT" ->
          StrictCalls.binary(
              name, x, y, (a, b) -> LenientTextFunctions.repeat((String) a, whole(b)));
      case "LPAD" ->
          StrictCalls.binary(
              name, x, y, (a, b) -> LenientTextFunctions.pad((String) a, whole(b), " ", true));
      case "RPAD" ->
          StrictCalls.binary(
              name, x, y, (a, b) -> LenientTextFunctions.pad((String) a, whole(b), " ", false));
      default -> null;
    };
  }

  private static @Nullable Scalar three(String name, List<RexNode> nodes, List<Scalar> operands) {
    boolean allText = nodes.stream().allMatch(n -> SqlTypes.isText(n.getType()));
    if (allText) {
      return name.equals("REPLACE")
          ? StrictCalls.watched(name, operands, TextCalls::replaced)
          : null;
    }
    boolean secondText = SqlTypes.isText(nodes.get(1).getType());
    if (name.equals("SUBSTRING") && !secondText && !SqlTypes.isText(nodes.get(2).getType())) {
      return StrictCalls.ternary(
          name, operands, (a, b, c) -> substring((String) a, whole(b), whole(c)));
    }
    boolean thirdText = SqlTypes.isText(nodes.get(2).getType());
    return switch (name) {
      case "LPAD" ->
          !secondText && thirdText
              ? StrictCalls.ternary(
                  name,
                  operands,
                  (a, b, c) -> LenientTextFunctions.pad((String) a, whole(b), (String) c, true))
              : null;
      case "RPAD" ->
          !secondText && thirdText
              ? StrictCalls.ternary(
                  name,
                  operands,
                  (a, b, c) -> LenientTextFunctions.pad((String) a, whole(b), (String) c, false))
              : null;
      case "SPLIT_PART" ->
          secondText && !thirdText
              ? StrictCalls.watched(
                  name,
                  operands,
                  (v, execution) ->
                      LenientTextFunctions.splitPart(
                          (String) v[0], (String) v[1], whole(v[2]), execution::check))
              : null;
      case "OVERLAY" ->
          secondText && !thirdText
              ? StrictCalls.ternary(
                  name,
                  operands,
                  (a, b, c) ->
                      LenientTextFunctions.overlay(
                          (String) a, (String) b, whole(c), Characters.length((String) b)))
              : null;
      default -> null;
    };
  }

  private static long whole(Object number) {
    return ((Number) number).longValue();
  }

  /** Positions count from 1; those before the text take part in the length, as in the standard. */
  private static String substring(String text, long from, long length) {
    if (length < 0) {
      throw ValueErrors.badArgument("SUBSTRING", "negative length " + length);
    }
    long end =
        length == Integer.MAX_VALUE || from > Long.MAX_VALUE - length
            ? Long.MAX_VALUE
            : from + length - 1;
    return Characters.between(text, from - 1, end);
  }

  /** A negative length leaves out so many at the other end. */
  private static String left(String text, long length) {
    return Characters.between(text, 0, length < 0 ? Characters.length(text) + length : length);
  }

  private static String right(String text, long length) {
    long all = Characters.length(text);
    long kept = length < 0 ? Math.max(0, all + length) : Math.min(length, all);
    return Characters.between(text, all - kept, all);
  }

  private static String replaced(Object[] v, Execution execution) {
    String searched = (String) v[1];
    return searched.isEmpty()
        ? (String) v[0]
        : new Search(searched, execution::check).replaced((String) v[0], (String) v[2]);
  }
}
