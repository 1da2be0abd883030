package dev.turntable.plan.syntax;

import dev.turntable.plan.token.DateParts;
import dev.turntable.plan.type.SourceColumns;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.jspecify.annotations.Nullable;

/**
 * Functions that other databases have and Calcite has not, or has with a type that cuts what they
 * give. What they give is in {@code dev.turntable.eval}, by their names.
 */
final class DialectFunctions {
  private static final SqlReturnTypeInference TEXT =
      ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE);

  /** The letters of another case may be more: Calcite gives these the length of their argument. */
  private static final Set<String> OF_LETTERS = Set.of("LOWER", "UPPER", "INITCAP");

  private static final Set<String> INTERNAL =
      Set.of(
          "JSON_GET",
          "JSON_GET_TEXT",
          "JSON_PASSING",
          "AT_ZONE",
          "AT_ZONE_WALL",
          DateParts.DIFFERENCE);

  private static final SqlOperandTypeChecker JSON = OperandTypes.family(SqlTypeFamily.ANY);

  private static final SqlOperandTypeChecker STEP =
      OperandTypes.or(
          OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.CHARACTER),
          OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.INTEGER));

  private static final SqlOperandTypeChecker PATHS =
      OperandTypes.repeat(SqlOperandCountRanges.from(2), OperandTypes.ANY);

  private static final SqlReturnTypeInference TIMESTAMP =
      ReturnTypes.explicit(SqlTypeName.TIMESTAMP, SourceColumns.TIMESTAMP_PRECISION)
          .andThen(SqlTypeTransforms.FORCE_NULLABLE);

  private static final SqlOperandTypeChecker ZONED =
      OperandTypes.or(
          OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.CHARACTER),
          OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER));

  private static final SqlReturnTypeInference STATISTIC =
      ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE);

  private static final Map<String, SqlFunction> BY_NAME = new TreeMap<>();

  static {
    OF_LETTERS.forEach(name -> add(name, ReturnTypes.VARCHAR_NULLABLE, OperandTypes.CHARACTER));
    add("JSON_GET", TEXT, STEP);
    add("JSON_GET_TEXT", TEXT, STEP);
    add("JSON_EXTRACT", TEXT, PATHS);
    add("JSON_EXTRACT_STRING", TEXT, PATHS);
    add("JSON_EXTRACT_PATH", TEXT, PATHS);
    add("JSON_EXTRACT_PATH_TEXT", TEXT, PATHS);
    add("JSON_UNQUOTE", TEXT, JSON);
    add(
        "JSON_PASSING",
        TEXT,
        OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER));
    add("TO_JSON", TEXT, JSON);
    add("JSON_TYPEOF", TEXT, JSON);
    add("JSON_ARRAY_LENGTH", ReturnTypes.INTEGER_NULLABLE, JSON);
    add("JSON_VALID", ReturnTypes.BOOLEAN_NULLABLE, JSON);
    add("AT_ZONE", TIMESTAMP, ZONED);
    add("AT_ZONE_WALL", TIMESTAMP, ZONED);
    add(
        DateParts.DIFFERENCE,
        ReturnTypes.BIGINT_NULLABLE,
        OperandTypes.or(
            OperandTypes.family(
                SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME),
            OperandTypes.family(
                SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME),
            OperandTypes.family(
                SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME, SqlTypeFamily.CHARACTER),
            OperandTypes.family(
                SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER)));
    BY_NAME.put(
        "MEDIAN",
        SqlBasicAggFunction.create(
            "MEDIAN", SqlKind.OTHER_FUNCTION, STATISTIC, OperandTypes.NUMERIC));
    statistic("CORR");
    statistic("REGR_SLOPE");
    statistic("REGR_INTERCEPT");
    statistic("REGR_R2");
    statistic("REGR_AVGX");
    statistic("REGR_AVGY");
    statistic("REGR_SXY");
  }

  private DialectFunctions() {}

  private static void add(
      String name, SqlReturnTypeInference type, SqlOperandTypeChecker operands) {
    BY_NAME.put(
        name,
        SqlBasicFunction.create(name, type, operands)
            .withFunctionType(SqlFunctionCategory.USER_DEFINED_FUNCTION));
  }

  private static void statistic(String name) {
    BY_NAME.put(
        name,
        SqlBasicAggFunction.create(
                name, SqlKind.OTHER_FUNCTION, STATISTIC, OperandTypes.NUMERIC_NUMERIC)
            .withFunctionType(SqlFunctionCategory.NUMERIC));
  }

  /** Returns whether Calcite's function of this name is not to be used. */
  static boolean replaces(SqlIdentifier name) {
    return name.isSimple() && OF_LETTERS.contains(name.getSimple().toUpperCase(Locale.ROOT));
  }

  /** Adds the function of this name, if there is one. */
  static void lookup(SqlIdentifier name, SqlSyntax syntax, List<SqlOperator> operators) {
    SqlFunction found = find(name);
    if (found != null && syntax == SqlSyntax.FUNCTION) {
      operators.add(found);
    }
  }

  private static @Nullable SqlFunction find(SqlIdentifier name) {
    return name.isSimple() ? BY_NAME.get(name.getSimple().toUpperCase(Locale.ROOT)) : null;
  }

  /** Returns the names that users write; the others stand for operators and other functions. */
  static Stream<String> names() {
    return BY_NAME.keySet().stream().filter(name -> !INTERNAL.contains(name));
  }

  /** Returns the function of a name in capitals. */
  static SqlFunction get(String name) {
    return java.util.Objects.requireNonNull(BY_NAME.get(name), name);
  }
}
