package dev.turntable.plan.statement;

import static java.util.Objects.requireNonNull;

import dev.turntable.plan.error.Suggestions;
import dev.turntable.plan.error.ValidationErrors;
import dev.turntable.plan.rewrite.RelPlanner;
import dev.turntable.plan.scan.SourceTable;
import dev.turntable.plan.type.SqlTypeFactory;
import dev.turntable.plan.type.Types;
import dev.turntable.source.Column;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TableDef;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Plans INSERT: its source is a query like any other, whose columns become those of the target. A bare
 * {@code ?} or DEFAULT in VALUES takes the type of its column.
 */
final class InsertPlanner {
  private InsertPlanner() {}

  /**
   * @param returning names what is returned of a table's rows; null for nothing
   */
  static InsertSql plan(
      SqlInsert insert,
      @Nullable Function<SourceTable, ReturningColumns> returning,
      String schema,
      QueryPlanner planner) {
    if (insert.isUpsert()) {
      throw new TurntableException(ErrorKind.UNSUPPORTED, "UPSERT is not supported");
    }
    SourceTable table = planner.table(target(insert.getTargetTable()), schema);
    if (table.definition().inserter() == null) {
      throw new TurntableException(
          ErrorKind.UNSUPPORTED, table + " cannot be inserted into; the service has no such call");
    }
    List<Column<?>> columns = columns(insert, table);
    List<RelDataType> types =
        columns.stream()
            .map(column -> Types.columnType(column.use(Column.Use.READ), SqlTypeFactory.INSTANCE))
            .map(type -> SqlTypeFactory.INSTANCE.createTypeWithNullability(type, true))
            .toList();
    RelPlanner.Converted source = planner.convert(typed(insert.getSource(), types), schema);
    RelNode rel = source.rel().project();
    if (rel.getRowType().getFieldCount() != columns.size()) {
      throw new TurntableException(
          ErrorKind.INVALID_STATEMENT,
          "INSERT INTO "
              + table
              + " names "
              + columns.size()
              + " columns, its source has "
              + rel.getRowType().getFieldCount());
    }
    RelDataTypeFactory.Builder target = SqlTypeFactory.INSTANCE.builder();
    for (int i = 0; i < columns.size(); i++) {
      target.add(columns.get(i).name(), types.get(i));
    }
    RelNode cast = RelOptUtil.createCastRel(rel, target.build(), true);
    return new InsertSql(
        table,
        columns,
        planner.query(cast, List.of(), source.parameters()),
        ReturningWriter.of(table, returning == null ? null : returning.apply(table), planner));
  }

  /** Returns the name of the table that a statement writes to. */
  static SqlIdentifier target(SqlNode target) {
    if (target instanceof SqlIdentifier identifier) {
      return identifier;
    }
    if (target instanceof SqlCall call && !call.getOperandList().isEmpty()) {
      return target(call.getOperandList().get(0)); // TABLE t, t EXTEND (…), t AS x
    }
    throw new TurntableException(
        ErrorKind.UNSUPPORTED, "a statement can only write to a table named in it");
  }

  private static List<Column<?>> columns(SqlInsert insert, SourceTable table) {
    TableDef<?> definition = table.definition();
    SqlNodeList list = insert.getTargetColumnList();
    List<Column<?>> columns = new ArrayList<>();
    if (list == null || list.isEmpty()) {
      columns.addAll(implicit(insert.getSource(), definition));
      return columns;
    }
    for (SqlNode node : list) {
      Column<?> column = find(table, target(node));
      if (!column.use().insertable()) {
        throw new TurntableException(
            ErrorKind.UNSUPPORTED,
            table + "." + column.name() + " is set by the service; INSERT cannot give it");
      }
      if (columns.contains(column)) {
        throw new TurntableException(
            ErrorKind.INVALID_STATEMENT, "INSERT names column " + column.name() + " twice");
      }
      columns.add(column);
    }
    return columns;
  }

  private static Column<?> find(SourceTable table, SqlIdentifier identifier) {
    String name = identifier.names.get(identifier.names.size() - 1);
    Column<?> found = null;
    for (Column<?> column : table.definition().columns()) {
      if (column.name().equals(name)) {
        return column;
      }
      if (found == null && column.name().equalsIgnoreCase(name)) {
        found = column;
      }
    }
    for (Column<?> column :
        requireNonNull(table.definition().inserter(), "inserter").unlistedColumns()) {
      if (found == null && column.name().equalsIgnoreCase(name)) {
        found = column;
      }
    }
    if (found == null) {
      List<String> names = insertable(table.definition()).stream().map(Column::name).toList();
      throw new TurntableException(
          ErrorKind.UNKNOWN_COLUMN,
          ValidationErrors.place(identifier.getParserPosition())
              + table
              + " has no column '"
              + name
              + ValidationErrors.TOLD
              + String.join(", ", names)
              + Suggestions.nearest(name, names));
    }
    return found;
  }

  private static List<Column<?>> insertable(TableDef<?> definition) {
    return definition.columns().stream()
        .<Column<?>>map(column -> column)
        .filter(column -> column.use().insertable())
        .toList();
  }

  /** Without a list, a source as wide as the table fills all columns, else those INSERT may give. */
  private static List<Column<?>> implicit(SqlNode source, TableDef<?> definition) {
    if (source.getKind() == SqlKind.VALUES
        && ((SqlCall) source).getOperandList().get(0) instanceof SqlCall row
        && row.getOperandList().size() == definition.columns().size()) {
      return definition.columns().stream().<Column<?>>map(column -> column).toList();
    }
    return insertable(definition);
  }

  /** Gives bare parameters and DEFAULTs the type of the column they go to. */
  private static SqlNode typed(SqlNode source, List<RelDataType> types) {
    if (source.getKind() == SqlKind.VALUES) {
      for (SqlNode row : ((SqlCall) source).getOperandList()) {
        if (row instanceof SqlBasicCall call) {
          for (int i = 0; i < Math.min(call.operandCount(), types.size()); i++) {
            call.setOperand(i, typed(call.operand(i), types.get(i)));
          }
        }
      }
    } else if (source instanceof SqlSelect select) {
      SqlNodeList items = select.getSelectList();
      for (int i = 0; i < Math.min(items.size(), types.size()); i++) {
        if (items.get(i).getKind() == SqlKind.DYNAMIC_PARAM) {
          items.set(i, typed(items.get(i), types.get(i)));
        }
      }
    }
    return source;
  }

  private static SqlNode typed(SqlNode value, RelDataType type) {
    SqlNode typed =
        value.getKind() == SqlKind.DEFAULT
            ? SqlLiteral.createNull(value.getParserPosition())
            : value;
    boolean untyped =
        typed.getKind() == SqlKind.DYNAMIC_PARAM
            || (typed instanceof SqlLiteral literal && literal.getValue() == null);
    return untyped
        ? SqlStdOperatorTable.CAST.createCall(
            SqlParserPos.ZERO, typed, SqlTypeUtil.convertTypeToSpec(type))
        : typed;
  }
}
