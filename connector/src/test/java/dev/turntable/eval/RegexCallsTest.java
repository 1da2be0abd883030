package dev.turntable.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.run.Scalar;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.SqlFunctions;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;

/** Our regular expressions give what Calcite's give, and fail where those do. */
class RegexCallsTest {
  private static final RexBuilder REX =
      new RexBuilder(new JavaTypeFactoryImpl(RelDataTypeSystem.DEFAULT));

  private static final SqlFunctions.RegexFunction THEIRS = new SqlFunctions.RegexFunction();
  private static final SqlFunctions.PosixRegexFunction POSIX =
      new SqlFunctions.PosixRegexFunction();

  private static final List<String> TEXTS =
      List.of("", "banana", "Banana\nBAN", "a1b22c333", "x.y*z", "über 5 €", "$1 \\ 2");

  private static final List<String> REGEXES =
      List.of(
          "a",
          "(an)",
          "[0-9]+",
          "^B",
          "n.?$",
          "x\\.y",
          "b|c",
          "",
          "(?i)ban",
          "(a)?n",
          "\\s",
          "(",
          "(a)(n)",
          "[[:digit:]]",
          "alphadigit");

  /** A call over as many columns as there are types. */
  private static Scalar call(SqlOperator operator, SqlTypeName... types) {
    List<RexNode> columns = new ArrayList<>();
    for (SqlTypeName type : types) {
      columns.add(REX.makeInputRef(REX.getTypeFactory().createSqlType(type), columns.size()));
    }
    RexCall call = (RexCall) REX.makeCall(operator, columns);
    Scalar ours =
        RegexCalls.compile(
            operator.getName(), call, new RexCompiler(REX).compileAll(call.getOperands()));
    assertThat(ours).as(operator.getName()).isNotNull();
    return new RexCompiler(REX).compile(call);
  }

  private static void assertSame(Scalar ours, Callable<?> theirs, Object... values)
      throws Exception {
    Object expected;
    try {
      expected = theirs.call();
    } catch (RuntimeException e) {
      expected = ErrorKind.BAD_VALUE;
    }
    Object given;
    try {
      given = ours.eval(values, Runs.execution());
    } catch (TurntableException e) {
      given = e.kind();
    }
    assertThat(given).as(List.of(values).toString()).isEqualTo(expected);
  }

  @Test
  void predicates() throws Exception {
    SqlTypeName text = SqlTypeName.VARCHAR;
    Scalar rlike = call(SqlLibraryOperators.RLIKE, text, text);
    Scalar like = call(SqlLibraryOperators.REGEXP_LIKE, text, text);
    Scalar likeBy = call(SqlLibraryOperators.REGEXP_LIKE, text, text, text);
    Scalar contains = call(SqlLibraryOperators.REGEXP_CONTAINS, text, text);
    Scalar posix = call(SqlStdOperatorTable.POSIX_REGEX_CASE_SENSITIVE, text, text);
    Scalar posixAny = call(SqlStdOperatorTable.POSIX_REGEX_CASE_INSENSITIVE, text, text);
    Scalar noPosix = call(SqlStdOperatorTable.NEGATED_POSIX_REGEX_CASE_SENSITIVE, text, text);
    for (String r : REGEXES) {
      for (String s : TEXTS) {
        assertSame(rlike, () -> THEIRS.rlike(s, r), s, r);
        assertSame(like, () -> THEIRS.rlike(s, r), s, r);
        assertSame(contains, () -> THEIRS.regexpContains(s, r), s, r);
        assertSame(posix, () -> POSIX.posixRegexSensitive(s, r), s, r);
        assertSame(posixAny, () -> POSIX.posixRegexInsensitive(s, r), s, r);
        assertSame(noPosix, () -> !POSIX.posixRegexSensitive(s, r), s, r);
        for (String flags : List.of("", "i", "ic", "n", "m", "s", "g", "q")) {
          assertSame(likeBy, () -> THEIRS.regexpLike(s, r, flags), s, r, flags);
        }
      }
    }
  }

  @Test
  void partsAndPlaces() throws Exception {
    SqlTypeName text = SqlTypeName.VARCHAR;
    SqlTypeName whole = SqlTypeName.INTEGER;
    Scalar extract = call(SqlLibraryOperators.REGEXP_EXTRACT, text, text);
    Scalar substr = call(SqlLibraryOperators.REGEXP_SUBSTR, text, text, whole, whole);
    Scalar all = call(SqlLibraryOperators.REGEXP_EXTRACT_ALL, text, text);
    Scalar instr = call(SqlLibraryOperators.REGEXP_INSTR, text, text);
    Scalar instrEnd = call(SqlLibraryOperators.REGEXP_INSTR, text, text, whole, whole, whole);
    for (String r : REGEXES) {
      for (String s : TEXTS) {
        assertSame(extract, () -> THEIRS.regexpExtract(s, r), s, r);
        assertSame(all, () -> THEIRS.regexpExtractAll(s, r), s, r);
        assertSame(instr, () -> THEIRS.regexpInstr(s, r), s, r);
        for (int from : new int[] {-1, 0, 1, 2, 6, 7, 50}) {
          for (int number : new int[] {0, 1, 2, 3}) {
            assertSame(substr, () -> THEIRS.regexpExtract(s, r, from, number), s, r, from, number);
            assertSame(
                instrEnd, () -> THEIRS.regexpInstr(s, r, from, number, 1), s, r, from, number, 1);
          }
        }
      }
    }
  }

  @Test
  void replacements() throws Exception {
    SqlTypeName text = SqlTypeName.VARCHAR;
    Scalar first = call(SqlLibraryOperators.REGEXP_REPLACE_PG_3, text, text, text);
    Scalar all = call(SqlLibraryOperators.REGEXP_REPLACE_PG_4, text, text, text, text);
    for (String r : REGEXES) {
      for (String s : TEXTS) {
        for (String with : List.of("", "-", "$", "<\\0>", "<\\\\1>", "a$1b", "\\\\\\\\", "\\x")) {
          assertSame(first, () -> THEIRS.regexpReplacePg(s, r, with), s, r, with);
          assertSame(all, () -> THEIRS.regexpReplacePg(s, r, with, "gi"), s, r, with, "gi");
        }
      }
    }
  }
}
