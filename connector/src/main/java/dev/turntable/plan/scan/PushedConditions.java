package dev.turntable.plan.scan;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import dev.turntable.plan.type.Types;
import dev.turntable.run.PushedCondition;
import dev.turntable.run.PushedCondition.Operator;
import dev.turntable.run.Scalar;
import dev.turntable.source.TableDef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a predicate what access paths may make use of: {@code column = value} and the like, both
 * ways round, through casts that lose nothing; IN and OR of equalities; ranges. A value is any
 * expression that reads no column, parameters included.
 */
public final class PushedConditions {
  private final TableDef<?> table;
  private final RexBuilder builder;
  private final Function<RexNode, Scalar> compiler;
  private final List<PushedCondition> found = new ArrayList<>();
  private final List<Scalar> premises = new ArrayList<>();
  private final Set<Integer> notNull = new LinkedHashSet<>();
  private final List<RexNode> local = new ArrayList<>();

  private PushedConditions(
      TableDef<?> table, RexBuilder builder, Function<RexNode, Scalar> compiler) {
    this.table = table;
    this.builder = builder;
    this.compiler = compiler;
  }

  /**
   * What was found.
   *
   * @param conditions what access paths may use
   * @param premises what must be true for any row to match
   * @param residual whether the predicate says more than that
   */
  public record Found(List<PushedCondition> conditions, List<Scalar> premises, boolean residual) {}

  public static Found in(
      List<RexNode> conjunction,
      TableDef<?> table,
      RexBuilder builder,
      Function<RexNode, Scalar> compiler) {
    PushedConditions conditions = new PushedConditions(table, builder, compiler);
    for (RexNode term : conjunction) {
      if (!conditions.take(term)) {
        conditions.local.add(term);
      }
    }
    boolean nullsAreCovered =
        conditions.notNull.stream()
            .allMatch(
                column -> conditions.found.stream().anyMatch(other -> other.column() == column));
    return new Found(
        conditions.found, conditions.premises, !conditions.local.isEmpty() || !nullsAreCovered);
  }

  private boolean take(RexNode term) {
    if (isPremise(term)) {
      premises.add(compiler.apply(term));
      return true;
    }
    Integer flag = column(term);
    if (flag != null) {
      return equalTo(flag, builder.makeLiteral(true));
    }
    if (!(term instanceof RexCall call)) {
      return false;
    }
    return switch (call.getKind()) {
      case EQUALS -> compare(call, Operator.ONE_OF, Operator.ONE_OF);
      case GREATER_THAN -> compare(call, Operator.GREATER, Operator.LESS);
      case GREATER_THAN_OR_EQUAL -> compare(call, Operator.AT_LEAST, Operator.AT_MOST);
      case LESS_THAN -> compare(call, Operator.LESS, Operator.GREATER);
      case LESS_THAN_OR_EQUAL -> compare(call, Operator.AT_MOST, Operator.AT_LEAST);
      case SEARCH -> search(call);
      case OR -> alternatives(call);
      case NOT, IS_FALSE -> {
        Integer column = column(call.getOperands().get(0));
        yield column != null && equalTo(column, builder.makeLiteral(false));
      }
      case IS_TRUE -> {
        Integer column = column(call.getOperands().get(0));
        yield column != null && equalTo(column, builder.makeLiteral(true));
      }
      case IS_NOT_NULL -> {
        Integer column = column(call.getOperands().get(0));
        if (column != null) {
          notNull.add(column);
        }
        yield column != null;
      }
      default -> false;
    };
  }

  private boolean equalTo(int column, RexNode value) {
    found.add(PushedCondition.of(column, Operator.ONE_OF, List.of(value(value))));
    return true;
  }

  private boolean compare(RexCall call, Operator operator, Operator mirrored) {
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    Integer column = column(left);
    if (column != null && isValueFor(column, right)) {
      found.add(PushedCondition.of(column, operator, List.of(value(right))));
      return true;
    }
    column = column(right);
    if (column != null && isValueFor(column, left)) {
      found.add(PushedCondition.of(column, mirrored, List.of(value(left))));
      return true;
    }
    return false;
  }

  /** Compiles a value, which nobody computes as long as what it is made of is not known. */
  private Scalar value(RexNode node) {
    Scalar value = compiler.apply(node);
    return withoutLosslessCasts(node) instanceof RexCall && isKnownLater(node)
        ? Scalar.knownLater(value, "?" + node)
        : value;
  }

  private static boolean isKnownLater(RexNode node) {
    boolean[] later = {RexUtil.containsCorrelation(node)};
    node.accept(
        new RexVisitorImpl<@Nullable Void>(true) {
          @Override
          public @Nullable Void visitDynamicParam(RexDynamicParam parameter) {
            later[0] = true;
            return null;
          }
        });
    return later[0];
  }

  /** Whether a term has one value for all rows, which may depend on parameters and the time. */
  private static boolean isPremise(RexNode term) {
    return RelOptUtil.InputFinder.bits(term).isEmpty()
        && RexUtil.isDeterministic(term)
        && RexUtil.SubQueryFinder.find(term) == null
        && !RexUtil.containsCorrelation(term);
  }

  /**
   * Finds the columns that every branch binds to values, whatever else a branch asks; a branch such
   * as {@code ? IS NULL} binds none and asks for all rows where it is true. Returns whether the
   * branches ask nothing else.
   */
  private boolean alternatives(RexCall or) {
    Map<Integer, List<Scalar>> bound = null;
    boolean nothingElse = true;
    List<RexNode> unless = new ArrayList<>();
    for (RexNode branch : RelOptUtil.disjunctions(or)) {
      if (isPremise(branch)) {
        unless.add(branch);
        continue;
      }
      PushedConditions inner = new PushedConditions(table, builder, compiler);
      boolean all = true;
      for (RexNode term : RelOptUtil.conjunctions(branch)) {
        all &= inner.take(term);
      }
      Map<Integer, List<Scalar>> values = inner.values();
      nothingElse &= all && inner.says(1);
      if (bound == null) {
        bound = values;
      } else {
        bound.keySet().retainAll(values.keySet());
        bound.forEach((column, known) -> known.addAll(values.get(column)));
      }
    }
    if (bound == null || bound.isEmpty()) {
      return false;
    }
    Scalar all =
        unless.isEmpty() ? null : compiler.apply(RexUtil.composeDisjunction(builder, unless));
    bound.forEach(
        (column, values) ->
            found.add(new PushedCondition(column, Operator.ONE_OF, values, -1, all)));
    return nothingElse && unless.isEmpty();
  }

  private boolean says(int conditions) {
    return notNull.isEmpty() && premises.isEmpty() && found.size() == conditions;
  }

  /** Returns the values that columns are bound to; of a column bound twice, any of the two. */
  private Map<Integer, List<Scalar>> values() {
    Map<Integer, List<Scalar>> values = new TreeMap<>();
    for (PushedCondition condition : found) {
      if (condition.operator() == Operator.ONE_OF && condition.unless() == null) {
        values.put(condition.column(), new ArrayList<>(condition.values()));
      }
    }
    return values;
  }

  private <C extends Comparable<C>> boolean search(RexCall call) {
    Integer column = column(call.getOperands().get(0));
    if (column == null || !(call.getOperands().get(1) instanceof RexLiteral literal)) {
      return false;
    }
    @SuppressWarnings("unchecked") // the values of a search argument are comparable
    Sarg<C> sarg = (Sarg<C>) literal.getValueAs(Sarg.class);
    if (sarg == null || sarg.nullAs == RexUnknownAs.TRUE || sarg.rangeSet.isEmpty()) {
      return false;
    }
    RelDataType type = call.getOperands().get(0).getType();
    if (sarg.isPoints()) {
      List<Scalar> values = new ArrayList<>();
      sarg.rangeSet.asRanges().forEach(range -> values.add(literal(range.lowerEndpoint(), type)));
      found.add(PushedCondition.of(column, Operator.ONE_OF, values));
      return true;
    }
    Range<C> span = sarg.rangeSet.span();
    if (span.hasLowerBound()) {
      found.add(
          PushedCondition.of(
              column,
              span.lowerBoundType() == BoundType.CLOSED ? Operator.AT_LEAST : Operator.GREATER,
              List.of(literal(span.lowerEndpoint(), type))));
    }
    if (span.hasUpperBound()) {
      found.add(
          PushedCondition.of(
              column,
              span.upperBoundType() == BoundType.CLOSED ? Operator.AT_MOST : Operator.LESS,
              List.of(literal(span.upperEndpoint(), type))));
    }
    return sarg.rangeSet.asRanges().size() == 1; // gaps are left to the local check
  }

  private Scalar literal(Object value, RelDataType type) {
    RelDataTypeFactory types = builder.getTypeFactory();
    return compiler.apply(
        builder.makeLiteral(value, types.createTypeWithNullability(type, false), true, true));
  }

  /** Returns the column that an expression is, or null if it is not a column. */
  private static @Nullable Integer column(RexNode node) {
    return withoutLosslessCasts(node) instanceof RexInputRef ref ? ref.getIndex() : null;
  }

  /** Returns an expression without the casts around it that lose nothing. */
  static RexNode withoutLosslessCasts(RexNode node) {
    RexNode plain = node;
    while (plain.getKind() == SqlKind.CAST && losesNothing((RexCall) plain)) {
      plain = ((RexCall) plain).getOperands().get(0);
    }
    return plain;
  }

  private static boolean losesNothing(RexCall cast) {
    RelDataType from = cast.getOperands().get(0).getType();
    return RexUtil.isLosslessCast(cast)
        && from.getSqlTypeName().getFamily() == cast.getType().getSqlTypeName().getFamily();
  }

  private boolean isValueFor(int column, RexNode value) {
    if (!RelOptUtil.InputFinder.bits(value).isEmpty()
        || RexUtil.SubQueryFinder.find(value) != null
        || !RexUtil.isDeterministic(value)) {
      return false;
    }
    SqlTypeFamily wanted =
        Types.columnType(table.columns().get(column), builder.getTypeFactory())
            .getSqlTypeName()
            .getFamily();
    return value.getType().getSqlTypeName().getFamily() == wanted
        || value.getType().getSqlTypeName().getFamily() == SqlTypeFamily.NULL;
  }
}
