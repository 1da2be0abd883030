package dev.turntable.eval;

import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Compiles RLIKE, {@code ~} and the functions REGEXP_…. They give what Calcite's give, and end with
 * their statement, which Calcite's do not.
 */
final class RegexCalls {
  private static final String NEGATED = "NEGATED ";

  private RegexCalls() {}

  /** Returns the call, or null if it is not known here. */
  static @Nullable Scalar compile(String name, RexCall call, List<Scalar> operands) {
    for (RexNode node : call.getOperands()) {
      if (!SqlTypes.isText(node.getType()) && !SqlTypes.isInteger(node.getType())) {
        return null;
      }
    }
    if (name.startsWith(NEGATED)) {
      Scalar match = compile(name.substring(NEGATED.length()), call, operands);
      return match == null ? null : Logic.not(match);
    }
    Regexes regexes = new Regexes(name, false);
    int size = operands.size();
    return switch (name) {
      case "RLIKE", "REGEXP_CONTAINS" -> found(regexes, operands, "");
      case "POSIX REGEX CASE SENSITIVE" -> found(new Regexes("~", true), operands, "");
      case "POSIX REGEX CASE INSENSITIVE" -> found(new Regexes("~*", true), operands, "i");
      case "REGEXP_LIKE" -> size > 3 ? null : found(regexes, operands, "");
      case "REGEXP_EXTRACT", "REGEXP_SUBSTR" ->
          StrictCalls.watched(name, operands, (v, execution) -> extract(regexes, v, execution));
      case "REGEXP_EXTRACT_ALL" ->
          StrictCalls.watched(name, operands, (v, execution) -> extractAll(regexes, v, execution));
      case "REGEXP_INSTR" ->
          StrictCalls.watched(name, operands, (v, execution) -> place(regexes, v, execution));
      case "REGEXP_REPLACE" ->
          size != 3 && !(size == 4 && SqlTypes.isText(call.getOperands().get(3).getType()))
              ? null
              : StrictCalls.watched(
                  name, operands, (v, execution) -> replace(regexes, v, execution));
      default -> null;
    };
  }

  private static Scalar found(Regexes regexes, List<Scalar> operands, String flags) {
    return StrictCalls.watched(
        regexes.function(),
        operands,
        (v, execution) ->
            regexes
                .matcher(
                    (String) v[0], (String) v[1], v.length > 2 ? (String) v[2] : flags, execution)
                .find());
  }

  /** The n-th match from a position, or its only group. */
  private static @Nullable Object extract(Regexes regexes, Object[] v, Execution execution) {
    Matcher matcher = matchOf(regexes, v, execution);
    return matcher == null ? null : matcher.group(matcher.groupCount());
  }

  /**
   * Where the n-th match, or its only group, begins (0) or ends (1), from 1; 0 if there is none.
   */
  private static Object place(Regexes regexes, Object[] v, Execution execution) {
    int end = v.length > 4 ? whole(v[4]) : 0;
    if (end != 0 && end != 1) {
      throw regexes.wrong("the place is that of the begin (0) or the end (1), not " + end);
    }
    Matcher matcher = ((String) v[1]).isEmpty() ? null : matchOf(regexes, v, execution);
    if (matcher == null) {
      return 0;
    }
    int group = matcher.groupCount();
    return (end == 0 ? matcher.start(group) : matcher.end(group)) + 1;
  }

  private static @Nullable Matcher matchOf(Regexes regexes, Object[] v, Execution execution) {
    String text = (String) v[0];
    Matcher matcher = regexes.matcher(text, (String) v[1], "", execution);
    int from = v.length > 2 ? whole(v[2]) : 1;
    int number = v.length > 3 ? whole(v[3]) : 1;
    if (from <= 0 || number <= 0) {
      throw regexes.wrong("positions and matches count from 1, not " + Math.min(from, number));
    }
    if (from > text.length()) {
      return null;
    }
    checkGroups(regexes, matcher, v);
    matcher.region(from - 1, text.length());
    for (int i = 0; i < number; i++) {
      if (!matcher.find()) {
        return null;
      }
    }
    return matcher;
  }

  private static void checkGroups(Regexes regexes, Matcher matcher, Object[] v) {
    if (matcher.groupCount() > 1) {
      throw regexes.wrong(
          ValueErrors.show(v[1])
              + " has "
              + matcher.groupCount()
              + " groups; write (?:…) for all but one");
    }
  }

  private static Object extractAll(Regexes regexes, Object[] v, Execution execution) {
    Matcher matcher = regexes.matcher((String) v[0], (String) v[1], "", execution);
    checkGroups(regexes, matcher, v);
    List<Object> matches = new ArrayList<>();
    while (matcher.find()) {
      String match = matcher.group(matcher.groupCount());
      if (match != null) {
        matches.add(match);
      }
    }
    return List.copyOf(matches);
  }

  /** As in PostgreSQL the first match, with the flag g all. */
  private static Object replace(Regexes regexes, Object[] v, Execution execution) {
    String flags = v.length > 3 ? (String) v[3] : "";
    Matcher matcher = regexes.matcher((String) v[0], (String) v[1], flags, execution);
    String replacement = regexes.replacement((String) v[2]);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      try {
        matcher.appendReplacement(result, replacement);
      } catch (IndexOutOfBoundsException e) {
        throw regexes.wrong(
            ValueErrors.show(v[1])
                + " has no group for each that is named in "
                + ValueErrors.show(v[2]));
      }
      if (flags.indexOf('g') < 0) {
        break;
      }
    }
    return matcher.appendTail(result).toString();
  }

  private static int whole(Object number) {
    return ((Number) number).intValue();
  }
}
