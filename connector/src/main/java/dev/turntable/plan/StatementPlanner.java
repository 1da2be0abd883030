package dev.turntable.plan;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.PreparedSql;
import dev.turntable.eval.CalciteThread;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** From the text of a statement to something that can run. */
final class StatementPlanner {
  private final SourceSet sources;
  private final RelPlanner planner;
  private final Road road;
  private final GivenTypes given;

  StatementPlanner(SourceSet sources, Road road) {
    this(sources, road, GivenTypes.NONE);
  }

  /**
   * @param given the types of the values of parameters, as far as they are known
   */
  StatementPlanner(SourceSet sources, Road road, GivenTypes given) {
    this.sources = sources;
    this.planner =
        new RelPlanner(
            sources.root(),
            road,
            road == Road.OPERATORS ? RelPlanner::withoutProgram : EnumerableRoad::planner,
            given);
    this.road = road;
    this.given = given;
  }

  PreparedSql prepare(SqlStatement statement, String schema) {
    NothingSql session = SessionSql.of(statement);
    if (session != null) {
      return session;
    }
    SqlStatement explained = SqlText.explained(statement);
    return explained == null ? plan(statement, schema) : new ExplainSql(plan(explained, schema));
  }

  private PlannedSql plan(SqlStatement statement, String schema) {
    try {
      return late(planSomehow(statement, schema), statement, schema, GivenTypes.NONE);
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      TurntableException failure = Mishaps.planning(e);
      PlannedSql guessed = !statement.hasSign("?") ? null : guessed(failure, statement, schema);
      if (guessed == null) {
        throw SqlFailures.withRemedy(failure, statement, schema, sources.tables());
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
            new StatementPlanner(sources, road, guess).planSomehow(statement, schema),
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
                            new StatementPlanner(sources, road, GivenTypes.of(types, otherwise))
                                .planSomehow(statement, schema))));
  }

  private PlannedSql planSomehow(SqlStatement statement, String schema) {
    Refusals.check(statement);
    SqlText.checkReadable(statement);
    String shown = ShowSql.query(statement, schema, this);
    SqlStatement query = shown == null ? statement : SqlStatement.of(shown);
    try {
      return plan(SqlText.parse(query, schema), schema);
    } catch (RelCompiler.UnknownNodeException e) {
      return new StatementPlanner(sources, Road.ENUMERABLE, given)
          .plan(SqlText.parse(query, schema), schema);
    }
  }

  private PlannedSql plan(SqlNode node, String schema) {
    if (node instanceof SqlInsert insert) {
      return InsertPlanner.plan(insert, schema, this);
    }
    if (node instanceof SqlDelete delete) {
      return DeletePlanner.plan(delete, schema, this);
    }
    if (!node.isA(SqlKind.QUERY)) {
      throw Refusals.unsupported(node.getKind().toString().replace('_', ' '));
    }
    return query(node, schema);
  }

  /** Plans a query. */
  QuerySql query(SqlNode node, String schema) {
    RelPlanner.Converted converted = planner.convert(node, schema);
    return query(converted.rel().project(), resultColumns(converted), converted.parameters());
  }

  /** Plans a tree. */
  QuerySql query(RelNode rel, List<ColumnInfo> columns, List<Parameter> parameters) {
    RelNode rewritten = planner.rewrite(rel);
    Plan plan =
        road == Road.OPERATORS ? RelCompiler.compile(rewritten) : EnumerableRoad.compile(rewritten);
    return new QuerySql(plan, rewritten, columns, parameters, RepeatedReads.in(rewritten));
  }

  /** Converts a query without compiling it. */
  RelPlanner.Converted convert(SqlNode node, String schema) {
    return planner.convert(node, schema);
  }

  private List<ColumnInfo> resultColumns(RelPlanner.Converted converted) {
    List<ColumnInfo> columns = new ArrayList<>();
    for (RelDataTypeField field : converted.fields().getFieldList()) {
      List<String> origin = converted.origins().get(field.getIndex());
      String label = field.getName();
      boolean known = origin != null && origin.size() >= 2;
      columns.add(
          Types.info(
              label,
              known ? origin.get(origin.size() - 1) : label,
              known ? origin.get(origin.size() - 2) : null,
              known && origin.size() >= 3 ? origin.get(origin.size() - 3) : null,
              field.getType(),
              known && isInsertable(origin)));
    }
    return columns;
  }

  private boolean isInsertable(List<String> origin) {
    SourceCatalogSchema schema =
        origin.size() < 3 ? null : sources.schemas().get(origin.get(origin.size() - 3));
    return schema != null
        && schema.getTableMap().get(origin.get(origin.size() - 2)) instanceof SourceTable table
        && table.definition().inserter() != null
        && table.definition().column(origin.get(origin.size() - 1)).use().insertable();
  }

  /**
   * Finds a table by the name that a statement gives.
   *
   * @throws TurntableException as {@link ErrorKind#UNKNOWN_TABLE}, naming the place
   */
  SourceTable table(SqlIdentifier name, String schema) {
    try {
      return table(name.names, schema);
    } catch (TurntableException e) {
      throw new TurntableException(
          e.kind(), SqlFailures.place(name.getParserPosition()) + e.getMessage(), e);
    }
  }

  /**
   * Finds a table by name; an exact match wins over one that differs by case.
   *
   * @throws TurntableException as {@link ErrorKind#UNKNOWN_TABLE}
   */
  SourceTable table(List<String> names, String schema) {
    String schemaName = names.size() > 1 ? names.get(names.size() - 2) : schema;
    String tableName = names.get(names.size() - 1);
    SourceCatalogSchema found = sources.schemas().get(schemaName(schemaName));
    var table = found == null ? null : Names.find(found.getTableMap(), tableName);
    if (table instanceof SourceTable sourceTable) {
      return sourceTable;
    }
    throw new TurntableException(
        ErrorKind.UNKNOWN_TABLE, "table '" + tableName + "' not found within '" + schemaName + "'");
  }

  /**
   * Returns the name of a schema as it is kept.
   *
   * @throws TurntableException as {@link ErrorKind#UNKNOWN_TABLE} if there is none
   */
  String schemaName(String name) {
    SourceCatalogSchema found = Names.find(sources.schemas(), name);
    if (found == null) {
      throw new TurntableException(ErrorKind.UNKNOWN_TABLE, "schema '" + name + "' not found");
    }
    return found.source().name();
  }
}
