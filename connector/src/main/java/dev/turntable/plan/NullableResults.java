package dev.turntable.plan;

import dev.turntable.text.SqlStatement;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates that are NULL where there are too few rows, and that Calcite takes for NOT NULL if their
 * argument is: it would fold {@code IS NULL} over them to FALSE. Their argument becomes one that may be
 * NULL, and is the same.
 */
final class NullableResults extends SqlShuttle {
  private static final Set<String> NAMES =
      Set.of("NTH_VALUE", "VAR_SAMP", "VARIANCE", "LISTAGG", "STRING_AGG", "GROUP_CONCAT");

  private NullableResults() {}

  static SqlNode rewritten(SqlNode parsed, SqlStatement statement) {
    return statement.tokens().stream().anyMatch(token -> token.isWord(NAMES))
        ? SqlNodes.rewritten(parsed, new NullableResults())
        : parsed;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (!(visited instanceof SqlBasicCall aggregate)
        || aggregate.operandCount() == 0
        || !NAMES.contains(aggregate.getOperator().getName().toUpperCase(Locale.ROOT))
        || SqlNodes.isStar(aggregate.operand(0))) {
      return visited;
    }
    return SqlNodes.withFirst(aggregate, NullableResults::maybeNull);
  }

  private static SqlNode maybeNull(SqlNode value) {
    SqlParserPos here = value.getParserPosition();
    return SqlNodes.where(SqlLiteral.createBoolean(true, here), value, here);
  }
}
