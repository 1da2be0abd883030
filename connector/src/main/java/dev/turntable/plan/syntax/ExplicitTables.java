package dev.turntable.plan.syntax;

import dev.turntable.text.SqlStatement;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
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
    return SqlNodes.all(call.getParserPosition(), call.operand(0));
  }
}
