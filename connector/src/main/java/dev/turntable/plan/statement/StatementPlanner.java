package dev.turntable.plan.statement;

import dev.turntable.engine.PreparedSql;
import dev.turntable.eval.CalciteThread;
import dev.turntable.plan.catalog.SourceSet;
import dev.turntable.plan.compile.UnknownNodeException;
import dev.turntable.plan.error.CalciteErrors;
import dev.turntable.plan.error.ValidationErrors;
import dev.turntable.plan.scan.SourceTable;
import dev.turntable.plan.syntax.LiftedLiterals;
import dev.turntable.plan.syntax.Operators;
import dev.turntable.plan.syntax.ReturningClause;
import dev.turntable.plan.syntax.SqlText;
import dev.turntable.plan.syntax.UnsupportedStatements;
import dev.turntable.plan.type.ExecutionMode;
import dev.turntable.plan.type.PlannedStatement;
import dev.turntable.plan.validate.GivenTypes;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import java.util.function.Function;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** From the text of a statement to something that can run. */
public final class StatementPlanner {
  private final SourceSet sources;
  private final QueryPlanner queries;
  private final ExecutionMode mode;
  private final GivenTypes given;

  public StatementPlanner(SourceSet sources, ExecutionMode mode) {
    this(sources, mode, GivenTypes.NONE);
  }

  /**
   * @param given the types of the values of parameters, as far as they are known
   */
  public StatementPlanner(SourceSet sources, ExecutionMode mode, GivenTypes given) {
    this.sources = sources;
    this.queries = new QueryPlanner(sources, mode, given);
    this.mode = mode;
    this.given = given;
  }

  /** Plans a statement as it is. */
  public PreparedSql prepare(SqlStatement statement, String schema) {
    return prepare(statement, schema, false);
  }

  /**
   * Plans a statement so that others may share the plan, if it can be: as a {@link SharedQuery}.
   */
  public PreparedSql prepareShared(SqlStatement statement, String schema) {
    return prepare(statement, schema, true);
  }

  private PreparedSql prepare(SqlStatement statement, String schema, boolean shared) {
    NoOpSql session = SessionSql.of(statement);
    if (session != null) {
      return session;
    }
    SqlStatement explained = SqlText.explained(statement);
    return explained == null
        ? plan(statement, schema, shared)
        : new ExplainSql(plan(explained, schema, false), SqlText.explainsStore(statement));
  }

  private PlannedSql plan(SqlStatement statement, String schema, boolean shared) {
    try {
      return late(planSomehow(statement, schema, shared), statement, schema, GivenTypes.NONE);
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      TurntableException failure = CalciteErrors.planning(e);
      PlannedSql guessed = !statement.hasSign("?") ? null : guessed(failure, statement, schema);
      if (guessed == null) {
        throw ValidationErrors.withRemedy(
            failure, statement, schema, sources.tables(), Operators::names);
      }
      return guessed;
    }
  }

  /** What makes no sense of parameters as texts may of numbers, or of times. */
  private @Nullable PlannedSql guessed(
      TurntableException failure, SqlStatement statement, String schema) {
    if (failure.kind() != ErrorKind.INVALID_STATEMENT && failure.kind() != ErrorKind.UNSUPPORTED) {
      return null;
    }
    for (GivenTypes guess : GivenTypes.GUESSES) {
      try {
        return late(
            new StatementPlanner(sources, mode, guess).planSomehow(statement, schema, false),
            statement,
            schema,
            guess);
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        failure.addSuppressed(e); // what is wrong with the statement as it is says more
      }
    }
    return null;
  }

  private PlannedSql late(
      PlannedSql planned, SqlStatement statement, String schema, GivenTypes otherwise) {
    return LateTypes.of(
        planned,
        statement.sql().length(),
        (types, scope) ->
            PlannedStatement.planningElsewhere(
                scope,
                () ->
                    CalciteThread.planning(
                        () ->
                            new StatementPlanner(sources, mode, GivenTypes.of(types, otherwise))
                                .planSomehow(statement, schema, false))));
  }

  private PlannedSql planSomehow(SqlStatement statement, String schema, boolean shared) {
    UnsupportedStatements.check(statement);
    SqlText.checkReadable(statement);
    String shown = ShowSql.query(statement, schema, queries);
    SqlStatement query = shown == null ? statement : SqlStatement.of(shown);
    ReturningClause clause = ReturningClause.of(query);
    SqlStatement plain = clause == null ? query : clause.statement();
    SqlNode tree = SqlText.parse(plain, schema);
    LiftedLiterals lifted = shared ? LiftedLiterals.of(tree, plain) : null;
    if (lifted != null) {
      SharedQuery plan = shared(lifted, schema);
      if (plan != null) {
        return plan;
      }
      tree = SqlText.parse(plain, schema); // validation has written into parts of it
    }
    try {
      return plan(tree, clause, schema);
    } catch (UnknownNodeException e) {
      return new StatementPlanner(sources, ExecutionMode.ENUMERABLE, given)
          .plan(SqlText.parse(plain, schema), clause, schema);
    }
  }

  /** Returns null if the query is not to be shared; what may be wrong with it, its own text tells. */
  private @Nullable SharedQuery shared(LiftedLiterals lifted, String schema) {
    try {
      return SharedQuery.of(queries.query(lifted.query(), schema), lifted);
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      PlannedStatement.check();
      return null;
    }
  }

  private PlannedSql plan(SqlNode node, @Nullable ReturningClause clause, String schema) {
    if (node instanceof SqlInsert insert) {
      return InsertPlanner.plan(insert, returning(clause, null, true), schema, queries);
    }
    if (node instanceof SqlDelete delete) {
      return DeletePlanner.plan(
          delete, returning(clause, delete.getAlias(), false), schema, queries);
    }
    if (!node.isA(SqlKind.QUERY)) {
      throw UnsupportedStatements.unsupported(node.getKind().toString().replace('_', ' '));
    }
    return queries.query(node, schema);
  }

  private static @Nullable Function<SourceTable, ReturningColumns> returning(
      @Nullable ReturningClause clause, @Nullable SqlIdentifier alias, boolean inserts) {
    String name = alias == null ? null : alias.getSimple();
    return clause == null
        ? null
        : table -> ReturningColumns.of(clause, clause.statement(), table, name, inserts);
  }
}
