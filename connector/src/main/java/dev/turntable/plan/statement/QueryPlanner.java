package dev.turntable.plan.statement;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.plan.catalog.SourceCatalogSchema;
import dev.turntable.plan.catalog.SourceSet;
import dev.turntable.plan.compile.KeySupplies;
import dev.turntable.plan.compile.Plan;
import dev.turntable.plan.compile.RelCompiler;
import dev.turntable.plan.compile.RepeatedReads;
import dev.turntable.plan.error.ValidationErrors;
import dev.turntable.plan.generated.EnumerableCompiler;
import dev.turntable.plan.pushed.PushedQuery;
import dev.turntable.plan.rewrite.RelPlanner;
import dev.turntable.plan.scan.SourceTable;
import dev.turntable.plan.type.ExecutionMode;
import dev.turntable.plan.type.Names;
import dev.turntable.plan.type.Parameter;
import dev.turntable.plan.type.Types;
import dev.turntable.plan.validate.GivenTypes;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Plans queries, and finds the tables that statements name. */
final class QueryPlanner {
  private final SourceSet sources;
  private final RelPlanner planner;
  private final ExecutionMode mode;

  /**
   * @param given the types of the values of parameters, as far as they are known
   */
  QueryPlanner(SourceSet sources, ExecutionMode mode, GivenTypes given) {
    this.sources = sources;
    this.planner =
        new RelPlanner(
            sources.root(),
            mode,
            mode == ExecutionMode.OPERATORS
                ? RelPlanner::withoutProgram
                : EnumerableCompiler::planner,
            KeySupplies::compiler,
            given);
    this.mode = mode;
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
        mode == ExecutionMode.OPERATORS
            ? RelCompiler.compile(rewritten)
            : EnumerableCompiler.compile(rewritten);
    return new QuerySql(
        plan,
        rewritten,
        columns,
        parameters,
        RepeatedReads.in(rewritten),
        mode == ExecutionMode.OPERATORS
            ? PushedQuery.of(rewritten)
            : new PushedQuery.Attempt(null, "what only generated code can do"));
  }

  /** Converts a query without compiling it. */
  RelPlanner.Converted convert(SqlNode node, String schema) {
    return planner.convert(node, schema);
  }

  private List<ColumnInfo> resultColumns(RelPlanner.Converted converted) {
    List<ColumnInfo> columns = new ArrayList<>();
    for (RelDataTypeField field : converted.fields().getFieldList()) {
      List<String> path = converted.origins().get(field.getIndex());
      String label = field.getName();
      // Under another name it is no column that a tool could write to.
      boolean known = path != null && label.equalsIgnoreCase(path.get(path.size() - 1));
      columns.add(Types.info(label, known ? origin(path) : null, field.getType()));
    }
    return columns;
  }

  /**
   * Returns a column of a table.
   *
   * @param path its name, behind those of its table and schema as far as they are known
   */
  private ColumnInfo.@Nullable Origin origin(List<String> path) {
    int last = path.size() - 1;
    if (last < 1) {
      return null;
    }
    String schema = last < 2 ? null : path.get(last - 2);
    String table = path.get(last - 1);
    String column = path.get(last);
    return new ColumnInfo.Origin(schema, table, column, isInsertable(schema, table, column));
  }

  private boolean isInsertable(@Nullable String schemaName, String tableName, String column) {
    SourceCatalogSchema schema = schemaName == null ? null : sources.schemas().get(schemaName);
    return schema != null
        && schema.getTableMap().get(tableName) instanceof SourceTable table
        && table.definition().inserter() != null
        && table.definition().column(column).use().insertable();
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
          e.kind(), ValidationErrors.place(name.getParserPosition()) + e.getMessage(), e);
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
    throw ValidationErrors.noTable(schemaName, tableName);
  }

  /**
   * Returns the name of a schema as it is kept.
   *
   * @throws TurntableException as {@link ErrorKind#UNKNOWN_TABLE} if there is none
   */
  String schemaName(String name) {
    SourceCatalogSchema found = Names.find(sources.schemas(), name);
    if (found == null) {
      throw ValidationErrors.noSchema(name);
    }
    return found.source().name();
  }
}
