package dev.turntable.plan.pushed;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** Prints aggregates whose result does not depend on the order of the rows. */
final class PushedAggregates {
  /** Up to here a whole number is a DOUBLE without loss. */
  private static final String EXACT = "9007199254740992";

  private final Aggregate aggregate;
  private final PushedExpressions.Traits traits;

  PushedAggregates(Aggregate aggregate, PushedExpressions.Traits traits) {
    this.aggregate = aggregate;
    this.traits = traits;
  }

  String print(PushedRows from) {
    List<String> values = new ArrayList<>();
    for (int column : aggregate.getGroupSet()) {
      values.add(from.column(column));
    }
    for (AggregateCall call : aggregate.getAggCallList()) {
      values.add(call(call, from));
    }
    return from.select(values) + groups(from);
  }

  private String groups(PushedRows from) {
    if (aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
      return aggregate.getGroupSet().isEmpty()
          ? aggregate.getAggCallList().isEmpty() ? " HAVING TRUE" : ""
          : " GROUP BY " + columns(aggregate.getGroupSet(), from);
    }
    return aggregate.getGroupSets().stream()
        .map(set -> "(" + columns(set, from) + ")")
        .collect(Collectors.joining(", ", " GROUP BY GROUPING SETS (", ")"));
  }

  private static String columns(ImmutableBitSet set, PushedRows from) {
    return set.asList().stream().map(from::column).collect(Collectors.joining(", "));
  }

  private RelDataType type(int column) {
    return aggregate.getInput().getRowType().getFieldList().get(column).getType();
  }

  private String call(AggregateCall call, PushedRows from) {
    boolean known =
        call.distinctKeys == null
            && call.rexList.isEmpty()
            && call.getCollation().getFieldCollations().isEmpty()
            && !call.isApproximate();
    SqlKind kind = call.getAggregation().getKind();
    if (!known) {
      throw new UnprintableException("the aggregate " + call);
    }
    if (kind == SqlKind.GROUPING) {
      return "CAST(GROUPING("
          + call.getArgList().stream().map(from::column).collect(Collectors.joining(", "))
          + ") AS "
          + PushedTypes.name(call.getType())
          + ")";
    }
    List<String> arguments = call.getArgList().stream().map(from::column).toList();
    RelDataType argument = arguments.isEmpty() ? null : type(call.getArgList().get(0));
    String filter = call.hasFilter() ? " FILTER (WHERE " + from.column(call.filterArg) + ")" : "";
    return print(
        kind,
        new Arguments(arguments, argument, call.isDistinct(), filter),
        call.getType(),
        traits);
  }

  /**
   * What is aggregated.
   *
   * @param type the type of the first argument, or null if there is none
   * @param over what follows a function: a filter, a window, or nothing
   */
  record Arguments(
      List<String> values,
      @org.jspecify.annotations.Nullable RelDataType type,
      boolean distinct,
      String over) {
    String of(String function) {
      return of(function, values.isEmpty() ? "*" : values.get(0));
    }

    String of(String function, String value) {
      return function + "(" + (distinct ? "DISTINCT " : "") + value + ")" + over;
    }
  }

  /** Prints a function of a group, or of a frame. */
  static String print(
      SqlKind kind, Arguments arguments, RelDataType type, PushedExpressions.Traits traits) {
    RelDataType argument = arguments.type();
    if (kind == SqlKind.COUNT && arguments.values().size() <= 1) {
      return cast(arguments.of("COUNT"), type);
    }
    if (argument == null || arguments.values().size() != 1) {
      throw new UnprintableException("the aggregate " + kind);
    }
    boolean exact = PushedTypes.isInteger(argument) || PushedTypes.isDecimal(argument);
    switch (kind) {
      case SUM, SUM0 -> {
        if (exact) {
          String sum = cast(arguments.of("SUM"), type);
          return kind == SqlKind.SUM ? sum : "COALESCE(" + sum + ", " + cast("0", type) + ")";
        }
      }
      case AVG -> {
        if (exact && PushedTypes.isReal(type)) {
          return average(arguments, argument);
        }
      }
      case MIN, MAX -> {
        traits.ordersTexts |= PushedTypes.isText(argument);
        return cast(arguments.of(kind.name()), type);
      }
      case SINGLE_VALUE -> {
        return "CASE WHEN "
            + arguments.of("COUNT", "*")
            + " > 1 THEN error('more than one row') ELSE "
            + arguments.of("first")
            + " END";
      }
      default -> {}
    }
    throw new UnprintableException(kind + " of " + argument);
  }

  private static String cast(String value, RelDataType type) {
    return "CAST(" + value + " AS " + PushedTypes.name(type) + ")";
  }

  /** Rounds once, as the operators do, where the sum and the count are exact numbers of DOUBLE. */
  private static String average(Arguments arguments, RelDataType type) {
    String scaled = PushedTypes.isDecimal(type) ? power(type.getScale()) : "1";
    String sum = "(" + arguments.of("SUM") + " * " + scaled + ")";
    String count = "(" + arguments.of("COUNT") + " * " + scaled + ")";
    return "CASE WHEN abs("
        + sum
        + ") <= "
        + EXACT
        + " THEN CAST(CAST("
        + sum
        + " AS HUGEINT) AS DOUBLE) / CAST("
        + count
        + " AS DOUBLE) WHEN "
        + arguments.of("COUNT")
        + " = 0 THEN NULL ELSE error('a mean of large numbers') END";
  }

  private static String power(int scale) {
    return "1" + "0".repeat(scale);
  }
}
