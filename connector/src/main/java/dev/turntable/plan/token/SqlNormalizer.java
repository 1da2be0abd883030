package dev.turntable.plan.token;

import dev.turntable.plan.type.PlannedStatement;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;

/**
 * What is rewritten before Calcite parses: tokens become tokens that keep their places. Each step reads
 * what the one before has left, and most statements pass all of them as they are.
 */
public final class SqlNormalizer {
  private SqlNormalizer() {}

  /**
   * Returns the statement in the words of Calcite's grammar.
   *
   * @throws TurntableException as {@link ErrorKind#SYNTAX} for an invalid escape in a literal; as
   *     {@link ErrorKind#UNSUPPORTED} for what cannot be said in those words
   */
  public static SqlStatement normalize(SqlStatement statement) {
    SqlStatement result = statement.with(Escapes.unframed(statement.tokens()));
    PlannedStatement.check(); // a text of megabytes takes a while in each
    result = result.with(TextLiterals.plain(result));
    result = result.with(PrefixWords.quoted(result));
    PlannedStatement.check();
    result = result.with(JsonClauses.spelled(result.tokens()));
    result = result.with(DayDifferences.spelled(result.tokens()));
    PlannedStatement.check();
    result = result.with(TightOperators.bound(result.tokens()));
    result = result.with(Spellings.changed(result));
    PlannedStatement.check();
    result = result.with(Concatenation.bound(result.tokens()));
    result = result.with(BalancedConditions.halved(result.tokens()));
    PlannedStatement.check();
    return result.with(SelectWithoutFrom.completed(result.tokens()));
  }
}
