package dev.turntable.eval;

import dev.turntable.run.Frame;
import dev.turntable.run.Scalar;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Compiles the frames of a window. */
final class Frames {
  private final Window window;
  private final RexCompiler compiler;
  private final RexBuilder rexBuilder;

  Frames(Window window, RexCompiler compiler) {
    this.window = window;
    this.compiler = compiler;
    this.rexBuilder = window.getCluster().getRexBuilder();
  }

  /** Returns the frame, or null if its bounds are not known here. */
  @Nullable Frame of(Window.Group group) {
    Frame.Exclusion exclusion =
        switch (group.exclude) {
          case EXCLUDE_NO_OTHER -> Frame.Exclusion.NOTHING;
          case EXCLUDE_CURRENT_ROW -> Frame.Exclusion.CURRENT_ROW;
          case EXCLUDE_GROUP -> Frame.Exclusion.GROUP;
          case EXCLUDE_TIES -> Frame.Exclusion.TIES;
        };
    if (group.isRows) {
      Frame.Unit unit = GroupCounts.in(window, group) ? Frame.Unit.GROUPS : Frame.Unit.ROWS;
      Frame.Bound lower = bound(group.lowerBound, offset(group.lowerBound));
      Frame.Bound upper = bound(group.upperBound, offset(group.upperBound));
      return new Frame(unit, lower, upper, exclusion, null, null);
    }
    boolean distance = group.lowerBound.getOffset() != null || group.upperBound.getOffset() != null;
    if (!distance) {
      return new Frame(
          Frame.Unit.RANGE,
          bound(group.lowerBound, null),
          bound(group.upperBound, null),
          exclusion,
          null,
          null);
    }
    return distance(group, exclusion);
  }

  private @Nullable Frame distance(Window.Group group, Frame.Exclusion exclusion) {
    List<RelFieldCollation> order = group.orderKeys.getFieldCollations();
    if (order.size() != 1) {
      return null;
    }
    RelFieldCollation field = order.get(0);
    RexInputRef key = rexBuilder.makeInputRef(window.getInput(), field.getFieldIndex());
    boolean descending = field.getDirection().isDescending();
    Comparator<Object> ascending = Orders.of(key.getType());
    RexNode lower = limit(group.lowerBound, key, descending);
    RexNode upper = limit(group.upperBound, key, descending);
    boolean known =
        (lower != null || group.lowerBound.getOffset() == null)
            && (upper != null || group.upperBound.getOffset() == null);
    if (ascending == null || !known) {
      return null;
    }
    // The limit of an integer key may be a decimal.
    Comparator<Object> values =
        SqlTypes.isNumeric(key.getType()) ? numeric(key, lower, upper) : ascending;
    return new Frame(
        Frame.Unit.RANGE,
        bound(group.lowerBound, lower == null ? null : compiler.compile(lower)),
        bound(group.upperBound, upper == null ? null : compiler.compile(upper)),
        exclusion,
        compiler.compile(key),
        descending ? values.reversed() : values);
  }

  private static Comparator<Object> numeric(
      RexNode key, @Nullable RexNode lower, @Nullable RexNode upper) {
    boolean approximate =
        SqlTypes.isApproximate(key.getType())
            || (lower != null && SqlTypes.isApproximate(lower.getType()))
            || (upper != null && SqlTypes.isApproximate(upper.getType()));
    return approximate ? Orders.APPROXIMATE : Orders.EXACT;
  }

  /** The key's value at the bound: the current row's, moved against or along the order. */
  private @Nullable RexNode limit(RexWindowBound bound, RexInputRef key, boolean descending) {
    RexNode offset = GroupCounts.constant(window, bound);
    if (offset == null) {
      return null;
    }
    boolean minus = bound.isPreceding() != descending;
    RelDataType type = key.getType();
    if (SqlTypes.isDatetime(type) && SqlTypes.isInterval(offset.getType())) {
      SqlOperator operator =
          minus ? SqlStdOperatorTable.MINUS_DATE : SqlStdOperatorTable.DATETIME_PLUS;
      return rexBuilder.makeCall(type, operator, List.of(key, offset));
    }
    if (!SqlTypes.isNumeric(type) || !SqlTypes.isNumeric(offset.getType())) {
      return null;
    }
    SqlOperator operator = minus ? SqlStdOperatorTable.MINUS : SqlStdOperatorTable.PLUS;
    RelDataTypeFactory factory = rexBuilder.getTypeFactory();
    if (SqlTypes.isInteger(type) && SqlTypes.isInteger(offset.getType())) {
      RelDataType wide = factory.createSqlType(org.apache.calcite.sql.type.SqlTypeName.BIGINT);
      return rexBuilder.makeCall(
          factory.createTypeWithNullability(wide, type.isNullable()),
          operator,
          List.of(key, offset));
    }
    return rexBuilder.makeCall(operator, key, offset);
  }

  private @Nullable Scalar offset(RexWindowBound bound) {
    RexNode offset = GroupCounts.constant(window, bound);
    if (offset == null) {
      return null;
    }
    return GroupCounts.isMarked(offset)
        ? new Constant(GroupCounts.count(offset))
        : compiler.compile(offset);
  }

  private static Frame.Bound bound(RexWindowBound bound, @Nullable Scalar value) {
    if (bound.isCurrentRow()) {
      return Frame.Bound.CURRENT_ROW;
    }
    if (bound.isUnbounded()) {
      return bound.isPreceding()
          ? Frame.Bound.UNBOUNDED_PRECEDING
          : Frame.Bound.UNBOUNDED_FOLLOWING;
    }
    return new Frame.Bound(
        bound.isPreceding() ? Frame.Kind.PRECEDING : Frame.Kind.FOLLOWING, value);
  }
}
