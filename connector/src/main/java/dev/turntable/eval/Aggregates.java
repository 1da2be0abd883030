package dev.turntable.eval;

import dev.turntable.run.Accumulator;
import dev.turntable.run.AggregateFunction;
import dev.turntable.run.Execution;
import dev.turntable.run.HashAggregate;
import dev.turntable.run.Key;
import dev.turntable.run.MemoryTracker;
import dev.turntable.run.RowNode;
import dev.turntable.run.Scalar;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Compiles aggregate calls with DISTINCT, FILTER, order and null handling. */
public final class Aggregates {
  private final RelDataType rowType;
  private final RoundingMode rounding;

  /**
   * @param rowType the type of the rows that are aggregated
   * @param rounding how results lose digits: the type system's mode
   */
  public Aggregates(RelDataType rowType, RoundingMode rounding) {
    this.rowType = rowType;
    this.rounding = rounding;
  }

  /** Returns whether {@link #compile(Aggregate, RowNode)} knows every call of the aggregate. */
  public static boolean supports(Aggregate aggregate) {
    return aggregate.getAggCallList().stream()
        .allMatch(call -> supports(call, aggregate.getInput().getRowType()));
  }

  /** Returns whether {@link #compile(AggregateCall)} knows the call. */
  public static boolean supports(AggregateCall call, RelDataType rowType) {
    return new Aggregates(rowType, RoundingMode.DOWN).tryCompile(call) != null;
  }

  /** Returns the node that aggregates the rows of another. */
  public static RowNode compile(Aggregate aggregate, RowNode input) {
    RoundingMode rounding = aggregate.getCluster().getTypeFactory().getTypeSystem().roundingMode();
    Aggregates compiler = new Aggregates(aggregate.getInput().getRowType(), rounding);
    List<Set<Integer>> sets = new ArrayList<>();
    for (ImmutableBitSet set : aggregate.getGroupSets()) {
      sets.add(set.asSet());
    }
    return new HashAggregate(
        input,
        aggregate.getGroupSet().asList(),
        sets,
        aggregate.getAggCallList().stream().map(compiler::compile).toList());
  }

  /**
   * Compiles one call.
   *
   * @throws TurntableException as {@link ErrorKind#UNSUPPORTED} for what {@code supports} denies
   */
  public AggregateFunction compile(AggregateCall call) {
    AggregateFunction function = tryCompile(call);
    if (function == null) {
      throw new TurntableException(ErrorKind.UNSUPPORTED, "no implementation of " + call);
    }
    return function;
  }

  private @Nullable AggregateFunction tryCompile(AggregateCall call) {
    SqlKind kind = call.getAggregation().getKind();
    if (kind == SqlKind.GROUPING || call.getAggregation().getName().equals("GROUPING_ID")) {
      return grouping(call);
    }
    if (kind == SqlKind.LITERAL_AGG) {
      RexNode node = call.rexList.get(0);
      Object value = node instanceof RexLiteral literal ? Literals.value(literal) : null;
      return (execution, held, grouped) -> AggregateKinds.constant(value);
    }
    if (call.distinctKeys != null || !call.rexList.isEmpty()) {
      return null;
    }
    boolean ordered = !call.getCollation().getFieldCollations().isEmpty();
    if (ordered && !RowComparator.supports(call.getCollation(), rowType)) {
      return null;
    }
    Arguments arguments = arguments(call);
    if (missing(kind, arguments)) {
      return null;
    }
    AggregateFunction base =
        AggregateKinds.of(call.getAggregation(), arguments, call.ignoreNulls());
    if (base == null) {
      return null;
    }
    AggregateFunction function =
        ordered && orderMatters(kind)
            ? ordered(base, new RowComparator(call.getCollation(), rowType))
            : base;
    boolean distinct = call.isDistinct() || approximate(call);
    function = distinct && distinctMatters(kind) ? distinct(function, arguments) : function;
    return call.hasFilter() ? filtered(function, new InputColumn(call.filterArg)) : function;
  }

  private static boolean missing(SqlKind kind, Arguments arguments) {
    return arguments.size() == 0 && kind != SqlKind.COUNT;
  }

  private static boolean approximate(AggregateCall call) {
    SqlOperator operator = call.getAggregation();
    return operator.getName().equals("APPROX_COUNT_DISTINCT");
  }

  private static boolean orderMatters(SqlKind kind) {
    return switch (kind) {
      case ARRAY_AGG,
          ARRAY_CONCAT_AGG,
          COLLECT,
          LISTAGG,
          STRING_AGG,
          GROUP_CONCAT,
          JSON_ARRAYAGG,
          JSON_OBJECTAGG,
          PERCENTILE_CONT,
          PERCENTILE_DISC,
          ANY_VALUE ->
          true;
      default -> false;
    };
  }

  static boolean distinctMatters(SqlKind kind) {
    return switch (kind) {
      case MIN, MAX, ANY_VALUE, BIT_AND, BIT_OR -> false;
      default -> true;
    };
  }

  private Arguments arguments(AggregateCall call) {
    List<Scalar> scalars = new ArrayList<>();
    List<RelDataType> types = new ArrayList<>();
    for (int column : call.getArgList()) {
      scalars.add(new InputColumn(column));
      types.add(rowType.getFieldList().get(column).getType());
    }
    SqlKind kind = call.getAggregation().getKind();
    if (kind == SqlKind.PERCENTILE_CONT || kind == SqlKind.PERCENTILE_DISC) {
      // The value is what the rows are ordered by.
      RelCollation collation = call.getCollation();
      for (RelFieldCollation field : collation.getFieldCollations()) {
        scalars.add(new InputColumn(field.getFieldIndex()));
        types.add(rowType.getFieldList().get(field.getFieldIndex()).getType());
      }
    }
    return new Arguments(scalars, types, call.getType(), rounding);
  }

  /** One bit per argument, set if the grouping set does not group by it. */
  private AggregateFunction grouping(AggregateCall call) {
    List<Integer> columns = call.getArgList();
    Arguments arguments = arguments(call);
    return (execution, held, grouped) -> {
      long bits = 0;
      for (int column : columns) {
        bits = bits << 1 | (grouped.contains(column) ? 0 : 1);
      }
      return AggregateKinds.constant(arguments.fit(bits));
    };
  }

  private static AggregateFunction ordered(
      AggregateFunction function, Comparator<@Nullable Object[]> order) {
    return (execution, held, grouped) ->
        CollectAggregates.ordered(held, order, () -> function.start(execution, held, grouped));
  }

  static AggregateFunction distinct(AggregateFunction function, Arguments arguments) {
    return (execution, held, grouped) ->
        new Distinct(function.start(execution, held, grouped), arguments, execution, held);
  }

  static AggregateFunction filtered(AggregateFunction function, Scalar filter) {
    return (execution, held, grouped) -> {
      Accumulator accumulator = function.start(execution, held, grouped);
      return new Accumulator() {
        @Override
        public void add(@Nullable Object[] row) {
          if (filter.isTrue(row, execution)) {
            accumulator.add(row);
          }
        }

        @Override
        public @Nullable Object result() {
          return accumulator.result();
        }
      };
    };
  }

  /** Passes on the first row of each set of arguments. */
  private record Distinct(
      Accumulator accumulator,
      Arguments arguments,
      Execution execution,
      MemoryTracker held,
      Set<Key> seen)
      implements Accumulator {
    Distinct(
        Accumulator accumulator, Arguments arguments, Execution execution, MemoryTracker held) {
      this(accumulator, arguments, execution, held, new HashSet<>());
    }

    @Override
    public void add(@Nullable Object[] row) {
      @Nullable Object[] values = new Object[arguments.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = arguments.value(i, row, execution);
      }
      Key key = Key.of(values);
      if (seen.add(key)) {
        held.add(MemoryTracker.VALUE + key.size());
        accumulator.add(row);
      }
    }

    @Override
    public @Nullable Object result() {
      return accumulator.result();
    }
  }
}
