package dev.turntable.plan.syntax;

import dev.turntable.text.SqlStatement;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** {@code TABLE t}, which Calcite plans only without an order and a limit, as {@code SELECT * FROM t}. */
final class ExplicitTables extends SqlShuttle {
  private static final String WORD = "TABLE";

  private ExplicitTables() {}

  static SqlNode spelledOut(SqlNode parsed, SqlStatement statement) {
    return statement.hasWord(WORD) ? SqlNodes.rewritten(parsed, new ExplicitTables()) : parsed;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call.getKind() != SqlKind.EXPLICIT_TABLE) {
      return super.visit(call);
    }
    SqlParserPos here = call.getParserPosition();
    return new SqlSelect(
        here,
        null,
        SqlNodeList.of(SqlIdentifier.star(here)),
        call.operand(0),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
