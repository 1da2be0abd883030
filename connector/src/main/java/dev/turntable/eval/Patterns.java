package dev.turntable.eval;

import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import dev.turntable.source.WatchedText;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.jspecify.annotations.Nullable;

/** Compiles LIKE, ILIKE and SIMILAR TO, with ESCAPE; a constant pattern is read once. */
final class Patterns {
  private Patterns() {}

  /** Returns the predicate, or null if it is not known here. */
  static @Nullable Scalar compile(RexCall call, List<Scalar> operands) {
    boolean text = call.getOperands().stream().allMatch(o -> SqlTypes.isText(o.getType()));
    SqlOperator operator = call.getOperator();
    if (!text || !(operator instanceof SqlLikeOperator like)) {
      return null;
    }
    Scalar match = like.getKind() == SqlKind.SIMILAR ? similar(operands) : like(like, operands);
    return match != null && like.isNegated() ? Logic.not(match) : match;
  }

  private static @Nullable Scalar like(SqlLikeOperator operator, List<Scalar> operands) {
    if (operator.getKind() != SqlKind.LIKE) {
      return null;
    }
    boolean ignoreCase = !operator.isCaseSensitive();
    boolean constant =
        operands.subList(1, operands.size()).stream()
            .allMatch(o -> o instanceof Constant c && c.value() != null);
    if (!constant) {
      return StrictCalls.watched(
          operator.getName(),
          operands,
          (v, execution) ->
              LikePattern.of((String) v[1], v.length > 2 ? (String) v[2] : null, ignoreCase)
                  .matches((String) v[0], execution::check));
    }
    String escape = operands.size() > 2 ? text(operands.get(2)) : null;
    String pattern = text(operands.get(1));
    LikePattern compiled = pattern == null ? null : LikePattern.of(pattern, escape, ignoreCase);
    return compiled == null ? null : new Like(operands.get(0), compiled);
  }

  private static @Nullable String text(Scalar constant) {
    return (String) ((Constant) constant).value();
  }

  private static Scalar similar(List<Scalar> operands) {
    boolean constant =
        operands.subList(1, operands.size()).stream()
            .allMatch(o -> o instanceof Constant c && c.value() != null);
    if (!constant) {
      return StrictCalls.watched(
          "SIMILAR TO",
          operands,
          (v, execution) ->
              SimilarPattern.of((String) v[1], v.length > 2 ? (String) v[2] : null)
                  .matcher(new WatchedText((String) v[0], execution::check))
                  .matches());
    }
    String pattern = String.valueOf(text(operands.get(1)));
    Pattern compiled =
        SimilarPattern.of(pattern, operands.size() > 2 ? text(operands.get(2)) : null);
    return StrictCalls.watched(
        "SIMILAR TO",
        operands.subList(0, 1),
        (v, execution) ->
            compiled.matcher(new WatchedText((String) v[0], execution::check)).matches());
  }

  private record Like(Scalar operand, LikePattern pattern) implements Scalar {
    @Override
    public @Nullable Object eval(@Nullable Object[] row, Execution execution) {
      Object value = operand.eval(row, execution);
      return value == null ? null : (Boolean) pattern.matches((String) value, execution::check);
    }
  }
}
