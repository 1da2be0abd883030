package dev.turntable.plan.syntax;

import dev.turntable.text.SqlStatement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates that are NULL where there are too few rows, and that Calcite takes for NOT NULL if their
 * argument is, or always: it would fold {@code IS NULL} over them to FALSE. Their argument, or what
 * they order by, becomes one that may be NULL, and is the same; arrays get a type that may be NULL.
 */
final class NullableResults extends SqlShuttle {
  private static final String DISCRETE = "PERCENTILE_DISC";

  private static final Set<String> NAMES = Set.of("NTH_VALUE", "VAR_SAMP", "VARIANCE");

  /** Those that join texts: what they give is longer than their argument too, whose type they have. */
  private static final Set<String> JOINED = Set.of("LISTAGG", "STRING_AGG", "GROUP_CONCAT");

  private static final Map<String, SqlOperator> ARRAYS =
      Map.of(
          "ARRAY_AGG",
          array(SqlKind.ARRAY_AGG, ReturnTypes.TO_ARRAY, OperandTypes.ANY),
          "ARRAY_CONCAT_AGG",
          array(SqlKind.ARRAY_CONCAT_AGG, ReturnTypes.ARG0, OperandTypes.ARRAY));

  /** Takes the rows of a frame away that Calcite counts on. */
  private static final String EXCLUDE = "EXCLUDE";

  /** What a frame does not bound, counts, or takes a number for. */
  private static final Set<String> NEEDS_NO_ROW = Set.of("COUNT", "LAG", "LEAD", "NTILE");

  private static final Set<String> WORDS =
      Stream.of(NAMES, JOINED, ARRAYS.keySet(), Set.of(DISCRETE, EXCLUDE))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  private final boolean excludes;

  private NullableResults(boolean excludes) {
    this.excludes = excludes;
  }

  static SqlNode rewritten(SqlNode parsed, SqlStatement statement) {
    return statement.tokens().stream().anyMatch(token -> token.isWord(WORDS))
        ? SqlNodes.rewritten(parsed, new NullableResults(statement.hasWord(EXCLUDE)))
        : parsed;
  }

  private static SqlOperator array(
      SqlKind kind, SqlReturnTypeInference type, SqlOperandTypeChecker operands) {
    return SqlBasicAggFunction.create(
            kind, type.andThen(SqlTypeTransforms.FORCE_NULLABLE), operands)
        .withFunctionType(SqlFunctionCategory.SYSTEM)
        .withSyntax(SqlSyntax.ORDERED_FUNCTION)
        .withAllowsNullTreatment(true);
  }

  /** Adds the aggregate of this name whose type is that of Calcite's, and may be NULL. */
  static void lookup(SqlIdentifier name, SqlSyntax syntax, List<SqlOperator> operators) {
    SqlOperator array =
        name.isSimple() ? ARRAYS.get(name.getSimple().toUpperCase(Locale.ROOT)) : null;
    if (array != null && syntax.family == SqlSyntax.FUNCTION) {
      operators.add(array);
    }
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (!(visited instanceof SqlBasicCall aggregate) || aggregate.operandCount() == 0) {
      return visited;
    }
    String name = aggregate.getOperator().getName().toUpperCase(Locale.ROOT);
    SqlOperator array = ARRAYS.get(name);
    if (array != null) {
      // Calls with an order of their own are not looked up by name.
      return array.createCall(
          aggregate.getFunctionQuantifier(),
          aggregate.getParserPosition(),
          aggregate.getOperandList());
    }
    SqlNode first = aggregate.operand(0);
    if (excludes && aggregate.getKind() == SqlKind.OVER) {
      return SqlNodes.withFirst(aggregate, NullableResults::ofNoRows);
    }
    if (aggregate.getKind() == SqlKind.WITHIN_GROUP && isDiscrete(first)) {
      return ordered(aggregate, NullableResults::maybeNull);
    }
    if (aggregate.getKind() == SqlKind.FILTER
        && first instanceof SqlBasicCall within
        && within.getKind() == SqlKind.WITHIN_GROUP
        && isDiscrete(within.operand(0))) {
      // Calcite knows no type of such a call. NULLs are passed over.
      SqlNode condition = aggregate.operand(1);
      return ordered(within, key -> SqlNodes.where(condition, key, condition.getParserPosition()));
    }
    if (SqlNodes.isStar(first)) {
      return visited;
    }
    if (JOINED.contains(name)) {
      return SqlNodes.withFirst(
          aggregate, value -> maybeNull(SqlNodes.cast(value, SqlTypeName.VARCHAR)));
    }
    return NAMES.contains(name)
        ? SqlNodes.withFirst(aggregate, NullableResults::maybeNull)
        : visited;
  }

  /** Returns a function over a frame that may have no rows. */
  private static SqlNode ofNoRows(SqlNode function) {
    if (!(function instanceof SqlBasicCall call)
        || call.operandCount() == 0
        || SqlNodes.isStar(call.operand(0))
        || NEEDS_NO_ROW.contains(call.getOperator().getName().toUpperCase(Locale.ROOT))) {
      return function;
    }
    return switch (call.getKind()) {
      case FILTER -> function;
      case IGNORE_NULLS, RESPECT_NULLS, WITHIN_GROUP, WITHIN_DISTINCT ->
          SqlNodes.withFirst(call, NullableResults::ofNoRows);
      default -> SqlNodes.withFirst(call, NullableResults::maybeNull);
    };
  }

  private static boolean isDiscrete(SqlNode aggregate) {
    return aggregate instanceof SqlCall call
        && call.getOperator().getName().equalsIgnoreCase(DISCRETE);
  }

  /** Returns an aggregate that orders by other keys. */
  private static SqlNode ordered(SqlBasicCall within, UnaryOperator<SqlNode> change) {
    SqlNodeList order = within.operand(1);
    SqlNodeList keys = new SqlNodeList(order.getParserPosition());
    order.forEach(key -> keys.add(changedKey(key, change)));
    return within.getOperator().createCall(within.getParserPosition(), within.operand(0), keys);
  }

  private static SqlNode changedKey(SqlNode key, UnaryOperator<SqlNode> change) {
    return switch (key.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST ->
          SqlNodes.withFirst((SqlBasicCall) key, value -> changedKey(value, change));
      default -> change.apply(key);
    };
  }

  private static SqlNode maybeNull(SqlNode value) {
    SqlParserPos here = value.getParserPosition();
    return SqlNodes.where(SqlLiteral.createBoolean(true, here), value, here);
  }
}
