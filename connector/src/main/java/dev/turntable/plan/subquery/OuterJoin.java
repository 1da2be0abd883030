package dev.turntable.plan.subquery;

import dev.turntable.plan.scan.OuterReferences;
import dev.turntable.plan.syntax.UnsupportedStatements;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** The sub-queries in the ON of an outer join, which must not drop rows that are kept. */
final class OuterJoin {
  private final Join join;
  private final CorrelationId rightRow;
  private final RexBuilder rex;
  private final int width;
  private final List<RexSubQuery> subQueries = new ArrayList<>();

  /**
   * @param join a join that is not INNER
   */
  OuterJoin(Join join, RexBuilder rex) {
    this.join = join;
    this.rightRow = join.getCluster().createCorrel();
    this.rex = rex;
    this.width = join.getLeft().getRowType().getFieldCount();
    join.getCondition()
        .accept(
            new RexVisitorImpl<Void>(true) {
              @Override
              public Void visitSubQuery(RexSubQuery subQuery) {
                subQueries.add(subQuery);
                return null;
              }
            });
  }

  /** Returns whether a sub-query reads columns of both sides. */
  boolean isMixed() {
    return subQueries.stream().anyMatch(subQuery -> isOfLeft(subQuery) && isOfRight(subQuery));
  }

  private boolean isOfLeft(RexSubQuery subQuery) {
    return columns(subQuery).intersects(ImmutableBitSet.range(width));
  }

  private boolean isOfRight(RexSubQuery subQuery) {
    return columns(subQuery).length() > width;
  }

  /** Returns the columns of the joined row that a sub-query reads. */
  private ImmutableBitSet columns(RexSubQuery subQuery) {
    ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
    columns.addAll(RelOptUtil.InputFinder.bits(subQuery.getOperands(), null));
    OuterReferences.in(subQuery)
        .forEach(
            (id, fields) -> {
              if (join.getVariablesSet().contains(id)) {
                columns.addAll(fields);
              }
            });
    return columns.build();
  }

  /** A join whose sub-queries became columns of one side each. */
  RelNode joined(OuterSide left, OuterSide right) {
    IdentityHashMap<RexSubQuery, Integer> columns = new IdentityHashMap<>();
    Set<RexSubQuery> ofLeft = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    for (RexSubQuery subQuery : subQueries) {
      if (isOfLeft(subQuery)) {
        ofLeft.add(subQuery);
        columns.put(subQuery, left.column(subQuery));
      } else {
        columns.put(subQuery, right.column(overRight(subQuery)));
      }
    }
    int newWidth = left.rel().getRowType().getFieldCount();
    RexNode condition =
        join.getCondition()
            .accept(
                new RexShuttle() {
                  @Override
                  public RexNode visitInputRef(RexInputRef ref) {
                    return new RexInputRef(moved(ref.getIndex(), newWidth), ref.getType());
                  }

                  @Override
                  public RexNode visitSubQuery(RexSubQuery subQuery) {
                    int column = java.util.Objects.requireNonNull(columns.get(subQuery), "column");
                    return ofLeft.contains(subQuery)
                        ? rex.makeInputRef(left.rel(), column)
                        : RexUtil.shift(rex.makeInputRef(right.rel(), column), newWidth);
                  }
                });
    RelNode joined =
        LogicalJoin.create(
            left.rel(), right.rel(), join.getHints(), condition, Set.of(), join.getJoinType());
    List<RexNode> kept = new ArrayList<>();
    for (int i = 0; i < join.getRowType().getFieldCount(); i++) {
      kept.add(rex.makeInputRef(joined, moved(i, newWidth)));
    }
    return LogicalProject.create(joined, List.of(), kept, join.getRowType(), Set.of());
  }

  private int moved(int column, int newWidth) {
    return column < width ? column : column - width + newWidth;
  }

  /** The sub-query as one over the rows of the right side alone. */
  private RexSubQuery overRight(RexSubQuery subQuery) {
    RexNode variable = rex.makeCorrel(join.getRight().getRowType(), rightRow);
    return (RexSubQuery)
        OuterReferences.replace(
            subQuery.accept(new Shift(-width)),
            access -> isOwn(access) ? rex.makeFieldAccess(variable, field(access) - width) : null);
  }

  private boolean isOwn(RexFieldAccess access) {
    return access.getReferenceExpr() instanceof RexCorrelVariable variable
        && join.getVariablesSet().contains(variable.id);
  }

  /** Returns the variable that stands for a row of the right side alone. */
  CorrelationId rightRow() {
    return rightRow;
  }

  private static int field(RexFieldAccess access) {
    return access.getField().getIndex();
  }

  /** Moves the columns of an expression, but not those inside of its sub-queries. */
  private static final class Shift extends RexShuttle {
    private final int offset;

    Shift(int offset) {
      this.offset = offset;
    }

    @Override
    public RexNode visitInputRef(RexInputRef ref) {
      return new RexInputRef(ref.getIndex() + offset, ref.getType());
    }
  }

  /**
   * The join as a sub-query of its own for each row of the kept side, which sees the condition.
   *
   * @throws dev.turntable.source.TurntableException for a FULL join, of which both sides are kept
   */
  RelNode correlate(RelNode left, RelNode right) {
    return switch (join.getJoinType()) {
      case LEFT -> correlate(left, right, true);
      case RIGHT -> correlate(right, left, false);
      default ->
          throw UnsupportedStatements.notSupported(
              "a sub-query in the ON of a "
                  + join.getJoinType()
                  + " JOIN that reads columns of both sides");
    };
  }

  private RelNode correlate(RelNode kept, RelNode other, boolean leftIsKept) {
    int keptFrom = leftIsKept ? 0 : width;
    int otherFrom = leftIsKept ? width : 0;
    int keptWidth = kept.getRowType().getFieldCount();
    CorrelationId keptRow = join.getCluster().createCorrel();
    CorrelationId otherRow = join.getCluster().createCorrel();
    RexNode ofKept = rex.makeCorrel(kept.getRowType(), keptRow);
    RexNode ofOther = rex.makeCorrel(other.getRowType(), otherRow);
    ImmutableBitSet.Builder required = ImmutableBitSet.builder();
    RexNode condition =
        OuterReferences.replace(
            join.getCondition()
                .accept(
                    new RexShuttle() {
                      @Override
                      public RexNode visitInputRef(RexInputRef ref) {
                        int column = ref.getIndex() - keptFrom;
                        if (column < 0 || column >= keptWidth) {
                          return new RexInputRef(ref.getIndex() - otherFrom, ref.getType());
                        }
                        required.set(column);
                        return rex.makeFieldAccess(ofKept, column);
                      }
                    }),
            access -> own(access, keptFrom, keptWidth, otherFrom, ofKept, ofOther, required));
    RelNode matching =
        LogicalFilter.create(other, condition, com.google.common.collect.ImmutableSet.of(otherRow));
    RelNode rows =
        LogicalCorrelate.create(
            kept, matching, List.of(), keptRow, required.build(), JoinRelType.LEFT);
    if (leftIsKept) {
      return rows;
    }
    List<RexNode> back = new ArrayList<>();
    for (int i = 0; i < join.getRowType().getFieldCount(); i++) {
      back.add(rex.makeInputRef(rows, i < width ? keptWidth + i : i - width));
    }
    return LogicalProject.create(rows, List.of(), back, join.getRowType(), Set.of());
  }

  private @Nullable RexNode own(
      RexFieldAccess access,
      int keptFrom,
      int keptWidth,
      int otherFrom,
      RexNode ofKept,
      RexNode ofOther,
      ImmutableBitSet.Builder required) {
    if (!isOwn(access)) {
      return null;
    }
    int column = field(access) - keptFrom;
    if (column < 0 || column >= keptWidth) {
      return rex.makeFieldAccess(ofOther, field(access) - otherFrom);
    }
    required.set(column);
    return rex.makeFieldAccess(ofKept, column);
  }
}
