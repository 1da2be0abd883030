package dev.turntable.plan.syntax;

import dev.turntable.plan.error.ValidationErrors;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/** What other databases write and Calcite's parser takes for something else, or does not know. */
final class DialectRewriter extends SqlShuttle {
  /** Costs the few statements that may need it, and spares the rest. */
  private static final Set<String> SUSPICIOUS =
      Set.of(
          ("DATE_ADD DATE_SUB DATETIME_ADD DATETIME_SUB TIME_ADD TIME_SUB TIMESTAMP_ADD TIMESTAMP_SUB"
                  + " NOW GETDATE DATE_TRUNC IFNULL NVL TEXT STRING BOOL INT2 INT4 INT8 INT64 FLOAT4"
                  + " FLOAT8 FLOAT64 DUAL CURRENT_SCHEMA CURRENT_DATABASE DATABASE SCHEMA TIMESTAMPADD"
                  + " TIMESTAMP DATE TIME TIMESTAMPTZ DATETIME JSON JSONB BYTEA NUMBER BPCHAR LISTAGG ZONE MEDIAN")
              .split(" ", -1));

  private static final Map<String, SqlTypeName> TYPES =
      Map.ofEntries(
          Map.entry("TEXT", SqlTypeName.VARCHAR),
          Map.entry("STRING", SqlTypeName.VARCHAR),
          Map.entry("BOOL", SqlTypeName.BOOLEAN),
          Map.entry("INT2", SqlTypeName.SMALLINT),
          Map.entry("INT4", SqlTypeName.INTEGER),
          Map.entry("INT8", SqlTypeName.BIGINT),
          Map.entry("INT64", SqlTypeName.BIGINT),
          Map.entry("FLOAT4", SqlTypeName.DOUBLE),
          Map.entry("FLOAT8", SqlTypeName.DOUBLE),
          Map.entry("FLOAT64", SqlTypeName.DOUBLE),
          Map.entry("TIMESTAMPTZ", SqlTypeName.TIMESTAMP),
          Map.entry("DATETIME", SqlTypeName.TIMESTAMP),
          Map.entry("JSON", SqlTypeName.VARCHAR),
          Map.entry("JSONB", SqlTypeName.VARCHAR),
          Map.entry("BPCHAR", SqlTypeName.VARCHAR),
          Map.entry("BYTEA", SqlTypeName.VARBINARY),
          Map.entry("NUMBER", SqlTypeName.DECIMAL));

  /** The functions without a counterpart of the same name in Calcite. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "NOW",
          "GETDATE",
          "DATABASE",
          "SCHEMA",
          "CURRENT_DATABASE",
          "CURRENT_SCHEMA",
          "IFNULL",
          "NVL",
          "DATE_TRUNC");

  private final String schema;

  private DialectRewriter(String schema) {
    this.schema = schema;
  }

  static Stream<String> names() {
    return FUNCTIONS.stream();
  }

  /** Returns the statement in the words of Calcite. */
  static SqlNode corrected(SqlNode parsed, SqlStatement statement, String schema) {
    if (statement.tokens().stream().noneMatch(DialectRewriter::isSuspicious)) {
      return parsed;
    }
    SqlNode corrected = parsed.accept(new DialectRewriter(schema));
    return corrected == null ? parsed : corrected;
  }

  private static boolean isSuspicious(SqlToken token) {
    return token.kind() == SqlToken.Kind.PREFIXED_TEXT || token.isWord(SUSPICIOUS);
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    return visited instanceof SqlCall same && same.getOperator() instanceof SqlFunction
        ? function(same, same.getOperator().getName().toUpperCase(Locale.ROOT))
        : visited;
  }

  private SqlNode function(SqlCall call, String name) {
    SqlParserPos here = call.getParserPosition();
    List<SqlNode> operands = call.getOperandList();
    return switch (name + "/" + operands.size()) {
      case "NOW/0", "GETDATE/0" -> SqlStdOperatorTable.CURRENT_TIMESTAMP.createCall(here);
      case "DATABASE/0", "SCHEMA/0", "CURRENT_DATABASE/0", "CURRENT_SCHEMA/0" ->
          SqlLiteral.createCharString(schema, here);
      case "IFNULL/2", "NVL/2" -> SqlStdOperatorTable.COALESCE.createCall(here, operands);
      case "TIMESTAMPADD/3" -> {
        call.setOperand(1, typed(operands.get(1), SqlTypeName.INTEGER));
        yield call;
      }
      case "DATE_ADD/2",
          "DATE_SUB/2",
          "DATETIME_ADD/2",
          "DATETIME_SUB/2",
          "TIME_ADD/2",
          "TIME_SUB/2",
          "TIMESTAMP_ADD/2",
          "TIMESTAMP_SUB/2" -> {
        call.setOperand(1, counted(operands.get(1)));
        yield call;
      }
      case "LISTAGG/1" -> // nothing stands between, unless it is said
          call.getOperator()
              .createCall(
                  call.getFunctionQuantifier(),
                  here,
                  operands.get(0),
                  SqlLiteral.createCharString("", here));
      case "DATE_TRUNC/2" -> truncated(call, operands.get(0), operands.get(1));
      default -> call;
    };
  }

  /** BigQuery's functions take an interval without quotes only: a count and a unit. */
  private static SqlNode counted(SqlNode interval) {
    if (!(interval instanceof SqlIntervalLiteral literal)) {
      return interval;
    }
    SqlParserPos here = interval.getParserPosition();
    SqlIntervalLiteral.IntervalValue value =
        literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    String count = (value.getSign() < 0 ? "-" : "") + value.getIntervalLiteral().strip();
    if (!value.getIntervalQualifier().isSingleDatetimeField() || !count.matches("[+-]?\\d+")) {
      throw new TurntableException(
          ErrorKind.UNSUPPORTED,
          ValidationErrors.place(here)
              + "the interval must be a whole number of one unit, as in INTERVAL 1 DAY");
    }
    return SqlStdOperatorTable.INTERVAL.createCall(
        here, SqlLiteral.createExactNumeric(count, here), value.getIntervalQualifier());
  }

  /** PostgreSQL's, where the unit is a text and comes first; its weeks begin on Monday. */
  private static SqlNode truncated(SqlCall call, SqlNode unit, SqlNode value) {
    if (!(unit instanceof SqlLiteral literal) || literal.getTypeName() != SqlTypeName.CHAR) {
      return call;
    }
    SqlParserPos here = call.getParserPosition();
    TimeUnit range = unit(String.valueOf(literal.toValue()));
    if (range == null) {
      return call;
    }
    SqlNode time = typed(value, SqlTypeName.TIMESTAMP);
    if (range != TimeUnit.WEEK) {
      return floor(time, range, here);
    }
    SqlNode day = SqlLiteral.createInterval(1, "1", interval(TimeUnit.DAY, here), here);
    SqlNode before = SqlStdOperatorTable.MINUS.createCall(here, time, day);
    return SqlStdOperatorTable.PLUS.createCall(here, floor(before, range, here), day);
  }

  private static SqlNode floor(SqlNode value, TimeUnit unit, SqlParserPos here) {
    return SqlStdOperatorTable.FLOOR.createCall(here, value, interval(unit, here));
  }

  private static SqlIntervalQualifier interval(TimeUnit unit, SqlParserPos here) {
    return new SqlIntervalQualifier(unit, null, here);
  }

  private static @Nullable TimeUnit unit(String name) {
    return switch (name.strip().toUpperCase(Locale.ROOT)) {
      case "MILLENNIUM" -> TimeUnit.MILLENNIUM;
      case "CENTURY" -> TimeUnit.CENTURY;
      case "DECADE" -> TimeUnit.DECADE;
      case "YEAR" -> TimeUnit.YEAR;
      case "QUARTER" -> TimeUnit.QUARTER;
      case "MONTH" -> TimeUnit.MONTH;
      case "WEEK" -> TimeUnit.WEEK;
      case "DAY" -> TimeUnit.DAY;
      case "HOUR" -> TimeUnit.HOUR;
      case "MINUTE" -> TimeUnit.MINUTE;
      case "SECOND" -> TimeUnit.SECOND;
      case "MILLISECOND", "MILLISECONDS" -> TimeUnit.MILLISECOND;
      default -> null;
    };
  }

  /** Gives a text or a parameter a type where it cannot be told otherwise. */
  private static SqlNode typed(SqlNode value, SqlTypeName type) {
    boolean untyped =
        value.getKind() == SqlKind.DYNAMIC_PARAM
            || (value instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR);
    return untyped ? SqlNodes.cast(value, type) : value;
  }

  @Override
  public @Nullable SqlNode visit(SqlDataTypeSpec type) {
    if (type.getTypeNameSpec() instanceof SqlUserDefinedTypeNameSpec named
        && named.getTypeName().isSimple()) {
      SqlTypeName known = TYPES.get(named.getTypeName().getSimple().toUpperCase(Locale.ROOT));
      return known == null ? type : SqlNodes.type(known, type.getParserPosition());
    }
    if (type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic) {
      String name = basic.getTypeName().getSimple();
      boolean zoned = name.startsWith("TIMESTAMP_WITH") || name.equals("TIMESTAMP_TZ");
      if (zoned) { // all timestamps are UTC
        SqlParserPos here = type.getParserPosition();
        return new SqlDataTypeSpec(
            new SqlBasicTypeNameSpec(SqlTypeName.TIMESTAMP, basic.getPrecision(), here), here);
      }
    }
    return type;
  }

  /**
   * All text is Unicode: a literal with a character set of its own could not be compared. And
   * dates and times are read as everywhere.
   */
  @Override
  public @Nullable SqlNode visit(SqlLiteral literal) {
    if (literal instanceof SqlCharStringLiteral) {
      NlsString text = literal.getValueAs(NlsString.class);
      return text.getCharset() == null
          ? literal
          : SqlLiteral.createCharString(text.getValue(), literal.getParserPosition());
    }
    return literal instanceof SqlUnknownLiteral unknown ? TimeLiterals.plain(unknown) : literal;
  }
}
