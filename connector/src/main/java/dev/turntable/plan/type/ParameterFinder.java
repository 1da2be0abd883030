package dev.turntable.plan.type;

import dev.turntable.plan.type.Parameter.Fraction;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Finds the parameters of a validated statement, and what is done with each. */
public final class ParameterFinder extends SqlBasicVisitor<@Nullable Void> {
  private static final Set<SqlKind> COMPARISONS =
      EnumSet.of(
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.IS_DISTINCT_FROM,
          SqlKind.IS_NOT_DISTINCT_FROM,
          SqlKind.BETWEEN,
          SqlKind.IN,
          SqlKind.NOT_IN,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL);

  private final Function<SqlNode, RelDataType> types;
  private final IntPredicate told;
  private final Map<Integer, Parameter> found = new TreeMap<>();
  private @Nullable SqlKind around;

  private ParameterFinder(Function<SqlNode, RelDataType> types, IntPredicate told) {
    this.types = types;
    this.told = told;
  }

  /**
   * Returns the parameters in order, each once, however often validation has repeated it.
   *
   * @param types the validated types
   * @param told whether the statement tells the type of a parameter
   */
  public static List<Parameter> find(
      SqlNode statement, Function<SqlNode, RelDataType> types, IntPredicate told) {
    ParameterFinder finder = new ParameterFinder(types, told);
    statement.accept(finder);
    return List.copyOf(finder.found.values());
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    SqlKind outside = around;
    around = call.getKind();
    super.visit(call);
    around = outside;
    return null;
  }

  @Override
  public @Nullable Void visit(SqlDynamicParam parameter) {
    int index = parameter.getIndex();
    found.merge(
        index,
        new Parameter(index, types.apply(parameter), fraction(), told.test(index)),
        ParameterFinder::stricter);
    return null;
  }

  private Fraction fraction() {
    if (around == SqlKind.CAST) {
      return Fraction.ROUNDED;
    }
    return around != null && COMPARISONS.contains(around) ? Fraction.KEPT : Fraction.REFUSED;
  }

  private static Parameter stricter(Parameter one, Parameter other) {
    Fraction fraction =
        List.of(one.fraction(), other.fraction()).stream()
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return new Parameter(one.index(), one.type(), fraction, one.told());
  }
}
