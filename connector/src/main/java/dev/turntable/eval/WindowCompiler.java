package dev.turntable.eval;

import dev.turntable.run.AggregateFunction;
import dev.turntable.run.RowNode;
import dev.turntable.run.Scalar;
import dev.turntable.run.WindowFunction;
import dev.turntable.run.WindowFunctions;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Compiles window functions and their frames. */
public final class WindowCompiler {
  private final Window window;
  private final RexCompiler compiler;
  private final RoundingMode rounding;

  private WindowCompiler(Window window) {
    this.window = window;
    this.compiler = new RexCompiler(window.getCluster().getRexBuilder());
    this.rounding = window.getCluster().getTypeFactory().getTypeSystem().roundingMode();
  }

  /** Returns whether {@link #compile} knows every function and frame of the window. */
  public static boolean supports(Window window) {
    return new WindowCompiler(window).groups() != null;
  }

  /**
   * Returns the node that appends the window's values to the rows of another.
   *
   * @throws TurntableException as {@link ErrorKind#UNSUPPORTED} for what {@link #supports} denies
   */
  public static RowNode compile(Window window, RowNode input) {
    List<dev.turntable.run.WindowNode.Group> groups = new WindowCompiler(window).groups();
    if (groups == null) {
      throw new TurntableException(
          ErrorKind.UNSUPPORTED, "no implementation of a window: " + window.groups);
    }
    return new dev.turntable.run.WindowNode(input, groups);
  }

  private @Nullable List<dev.turntable.run.WindowNode.Group> groups() {
    RelDataType rowType = window.getInput().getRowType();
    Frames frames = new Frames(window, compiler);
    List<dev.turntable.run.WindowNode.Group> groups = new ArrayList<>();
    for (Window.Group group : window.groups) {
      List<WindowFunction> functions = functions(group);
      dev.turntable.run.Frame frame = frames.of(group);
      if (functions == null || frame == null || !RowComparator.supports(group.orderKeys, rowType)) {
        return null;
      }
      groups.add(
          new dev.turntable.run.WindowNode.Group(
              group.keys.asList(), new RowComparator(group.orderKeys, rowType), frame, functions));
    }
    return groups;
  }

  private @Nullable List<WindowFunction> functions(Window.Group group) {
    List<WindowFunction> functions = new ArrayList<>();
    for (Window.RexWinAggCall call : group.aggCalls) {
      WindowFunction function = function(call);
      if (function == null) {
        return null;
      }
      functions.add(function);
    }
    return functions;
  }

  private @Nullable WindowFunction function(Window.RexWinAggCall call) {
    List<Scalar> operands = new ArrayList<>();
    List<RelDataType> types = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      operands.add(compiler.compile(constantOr(window, operand)));
      types.add(operand.getType());
    }
    RelDataType type = call.getType();
    return switch (call.getKind()) {
      case ROW_NUMBER -> counting(WindowFunctions.rowNumber(), type);
      case RANK -> counting(WindowFunctions.rank(), type);
      case DENSE_RANK -> counting(WindowFunctions.denseRank(), type);
      case PERCENT_RANK -> counting(WindowFunctions.percentRank(), type);
      case CUME_DIST -> counting(WindowFunctions.cumeDist(), type);
      case NTILE -> counting(WindowFunctions.ntile(operands.get(0)), type);
      case LEAD -> neighbour(operands, types, type, 1, call.ignoreNulls);
      case LAG -> neighbour(operands, types, type, -1, call.ignoreNulls);
      case FIRST_VALUE -> value(operands, new Constant(1L), false, call.ignoreNulls);
      case LAST_VALUE -> value(operands, new Constant(1L), true, call.ignoreNulls);
      case NTH_VALUE -> value(operands, operands.get(1), false, call.ignoreNulls);
      default -> aggregate(call, new Arguments(operands, types, type, rounding));
    };
  }

  /** References beyond the input's columns stand for the window's constants. */
  static RexNode constantOr(Window window, RexNode operand) {
    int width = window.getInput().getRowType().getFieldCount();
    return operand instanceof RexInputRef ref && ref.getIndex() >= width
        ? window.constants.get(ref.getIndex() - width)
        : operand;
  }

  private WindowFunction counting(WindowFunction function, RelDataType type) {
    return (partition, results) -> {
      function.compute(partition, results);
      for (int i = 0; i < results.length; i++) {
        Object value = results[i];
        results[i] = value == null ? null : Numbers.fit(value, type, rounding);
      }
    };
  }

  private @Nullable WindowFunction neighbour(
      List<Scalar> operands,
      List<RelDataType> types,
      RelDataType type,
      int sign,
      boolean ignoreNulls) {
    Scalar offset = operands.size() > 1 ? operands.get(1) : new Constant(1L);
    Scalar value = converted(operands.get(0), types.get(0), type);
    Scalar otherwise =
        operands.size() > 2 ? converted(operands.get(2), types.get(2), type) : new Constant(null);
    return value == null || otherwise == null
        ? null
        : WindowFunctions.neighbour(value, offset, otherwise, sign, ignoreNulls);
  }

  private @Nullable Scalar converted(Scalar operand, RelDataType from, RelDataType to) {
    return from.getSqlTypeName() == to.getSqlTypeName()
        ? operand
        : Casts.compile(operand, from, to, false, rounding);
  }

  private static WindowFunction value(
      List<Scalar> operands, Scalar n, boolean fromEnd, boolean ignoreNulls) {
    return WindowFunctions.nthValue(operands.get(0), n, fromEnd, ignoreNulls);
  }

  private static @Nullable WindowFunction aggregate(
      Window.RexWinAggCall call, Arguments arguments) {
    SqlAggFunction operator = (SqlAggFunction) call.getOperator();
    SqlKind kind = operator.getKind();
    if (arguments.size() == 0 && kind != SqlKind.COUNT) {
      return null;
    }
    AggregateFunction function = AggregateKinds.of(operator, arguments, call.ignoreNulls);
    if (function == null) {
      return null;
    }
    boolean distinct = call.distinct && Aggregates.distinctMatters(kind);
    return WindowFunctions.aggregate(
        distinct ? Aggregates.distinct(function, arguments) : function);
  }
}
