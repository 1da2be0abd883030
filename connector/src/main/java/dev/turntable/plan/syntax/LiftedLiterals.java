package dev.turntable.plan.syntax;

import dev.turntable.text.SqlLines;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/**
 * A query with parameters for those of its literals that decide nothing but which rows there are: no
 * type, name, plan or error.
 *
 * @param query the syntax tree
 * @param literals what stands in the text for each parameter, in order
 */
public record LiftedLiterals(SqlNode query, List<SqlToken> literals) {
  public LiftedLiterals {
    literals = List.copyOf(literals);
  }

  /**
   * Lifts the literals of a query.
   *
   * @param statement what the query was parsed from
   * @return null if there is none to lift
   */
  public static @Nullable LiftedLiterals of(SqlNode query, SqlStatement statement) {
    List<SqlLiteral> comparands = LoneComparands.in(query);
    if (comparands.isEmpty()) {
      return null;
    }
    Map<Long, SqlToken> tokens = byPlace(statement);
    IdentityHashMap<SqlLiteral, SqlNode> parameters = new IdentityHashMap<>();
    List<SqlToken> literals = new ArrayList<>();
    for (SqlLiteral comparand : comparands) {
      SqlParserPos place = comparand.getParserPosition();
      SqlToken token = tokens.get(place(place.getLineNum(), place.getColumnNum()));
      if (token != null && isAs(comparand, token)) {
        parameters.put(comparand, new SqlDynamicParam(literals.size(), place));
        literals.add(token);
      }
    }
    return literals.isEmpty()
        ? null
        : new LiftedLiterals(SqlNodes.rewritten(query, new Lifting(parameters)), literals);
  }

  private static final class Lifting extends SqlShuttle {
    private final IdentityHashMap<SqlLiteral, SqlNode> parameters;

    Lifting(IdentityHashMap<SqlLiteral, SqlNode> parameters) {
      this.parameters = parameters;
    }

    @Override
    public SqlNode visit(SqlLiteral literal) {
      return parameters.getOrDefault(literal, literal);
    }
  }

  private static Map<Long, SqlToken> byPlace(SqlStatement statement) {
    SqlLines lines = statement.lines();
    Map<Long, SqlToken> tokens = new HashMap<>();
    for (SqlToken token : statement.tokens()) {
      if (LiteralKind.of(token) != LiteralKind.OTHER) {
        tokens.put(place(lines.line(token.start()), lines.column(token.start())), token);
      }
    }
    return tokens;
  }

  private static long place(int line, int column) {
    return ((long) line << Integer.SIZE) + column;
  }

  /** Returns whether the literal is what the token says; another may have been put in its place. */
  private static boolean isAs(SqlLiteral literal, SqlToken token) {
    Object value = LiteralKind.of(token).value(token);
    if (literal instanceof SqlNumericLiteral number) {
      return value instanceof Long && number.toValue().equals(value.toString());
    }
    return literal.getValue() instanceof NlsString text && text.getValue().equals(value);
  }
}
