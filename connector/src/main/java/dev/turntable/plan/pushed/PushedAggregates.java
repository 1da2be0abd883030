package dev.turntable.plan.pushed;

import dev.turntable.eval.SqlTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** Prints aggregates whose result does not depend on the order of the rows. */
final class PushedAggregates {
  private final Aggregate aggregate;
  private final TextOrder texts;
  private final LateValues late;

  PushedAggregates(Aggregate aggregate, TextOrder texts, LateValues late) {
    this.aggregate = aggregate;
    this.texts = texts;
    this.late = late;
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
    SqlKind kind = call.getAggregation().getKind();
    if (kind == SqlKind.LISTAGG) {
      return list(call, from);
    }
    boolean known =
        call.distinctKeys == null
            && call.rexList.isEmpty()
            && call.getCollation().getFieldCollations().isEmpty()
            && !call.isApproximate();
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
        kind, new Arguments(arguments, argument, call.isDistinct(), filter), call.getType(), texts);
  }

  /** The order among rows of equal keys is nobody's. */
  private String list(AggregateCall call, PushedRows from) {
    boolean known =
        call.getArgList().size() == 2
            && call.distinctKeys == null
            && call.rexList.isEmpty()
            && SqlTypes.isText(type(call.getArgList().get(0)))
            && aggregate.getInput() instanceof Project project
            && project.getProjects().get(call.getArgList().get(1)) instanceof RexLiteral;
    if (!known) {
      throw new UnprintableException("the aggregate " + call);
    }
    RexNode separator =
        ((Project) aggregate.getInput()).getProjects().get(call.getArgList().get(1));
    String order =
        call.getCollation().getFieldCollations().isEmpty()
            ? ""
            : " ORDER BY " + from.order(call.getCollation(), texts);
    String filter = call.hasFilter() ? " FILTER (WHERE " + from.column(call.filterArg) + ")" : "";
    return "string_agg("
        + (call.isDistinct() ? "DISTINCT " : "")
        + from.column(call.getArgList().get(0))
        + ", "
        + late.add(separator, false)
        + order
        + ")"
        + filter;
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
  static String print(SqlKind kind, Arguments arguments, RelDataType type, TextOrder texts) {
    RelDataType argument = arguments.type();
    if (kind == SqlKind.COUNT && arguments.values().size() <= 1) {
      return cast(arguments.of("COUNT"), type);
    }
    if (argument == null || arguments.values().size() != 1) {
      throw new UnprintableException("the aggregate " + kind);
    }
    boolean exact = SqlTypes.isInteger(argument) || SqlTypes.isDecimal(argument);
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
        return SqlTypes.isText(argument)
            ? texts.extreme(kind.name(), arguments.values().get(0)) + arguments.over()
            : cast(arguments.of(kind.name()), type);
      }
      case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> {
        if (SqlTypes.isInteger(argument) && !arguments.distinct() && PushedTypes.isReal(type)) {
          return spread(kind, arguments);
        }
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
    String scaled = SqlTypes.isDecimal(type) ? power(type.getScale()) : "1";
    String sum = "(" + arguments.of("SUM") + " * " + scaled + ")";
    String count = "(" + arguments.of("COUNT") + " * " + scaled + ")";
    return "CASE WHEN abs("
        + sum
        + ") <= "
        + PushedGuard.EXACT
        + " THEN CAST(CAST("
        + sum
        + " AS HUGEINT) AS DOUBLE) / CAST("
        + count
        + " AS DOUBLE) WHEN "
        + arguments.of("COUNT")
        + " = 0 THEN NULL ELSE error('a mean of large numbers') END";
  }

  /** Of whole numbers, as the operators reckon: without a rounding up to the distances from the mean. */
  private static String spread(SqlKind kind, Arguments arguments) {
    String value = "CAST(" + arguments.values().get(0) + " AS HUGEINT)";
    String sum = arguments.of("SUM", value);
    String count = arguments.of("COUNT");
    String distances =
        "(%s * %s - %s * %s)"
            .formatted(arguments.of("SUM", "(" + value + " * " + value + ")"), count, sum, sum);
    boolean sample = kind == SqlKind.VAR_SAMP || kind == SqlKind.STDDEV_SAMP;
    String least = sample ? "1" : "0";
    String variance =
        "CAST(%s AS DOUBLE) / CAST(%s AS DOUBLE) / CAST(%s - %s AS DOUBLE)"
            .formatted(distances, count, count, least);
    boolean root = kind == SqlKind.STDDEV_POP || kind == SqlKind.STDDEV_SAMP;
    return "CASE WHEN %s <= %s THEN NULL WHEN %s <= %s THEN %s ELSE error('a spread of large numbers') END"
        .formatted(
            count, least, distances, PushedGuard.EXACT, root ? "sqrt(" + variance + ")" : variance);
  }

  private static String power(int scale) {
    return "1" + "0".repeat(scale);
  }
}
