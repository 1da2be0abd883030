package dev.turntable.plan.statement;

import dev.turntable.plan.scan.SourceScan;
import dev.turntable.plan.scan.SourceTable;
import dev.turntable.plan.syntax.SqlNodes;
import dev.turntable.source.Column;
import dev.turntable.source.Deleter;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Plans DELETE: the keys of the rows, and what is returned of them, are a query like any other. */
final class DeletePlanner {
  private DeletePlanner() {}

  /**
   * @param returns names what is returned of a table's rows; null for nothing
   */
  static DeleteSql plan(
      SqlDelete delete,
      @Nullable Function<SourceTable, ReturningColumns> returns,
      String schema,
      QueryPlanner planner) {
    SourceTable table = planner.table(InsertPlanner.target(delete.getTargetTable()), schema);
    Deleter deleter = table.definition().deleter();
    if (deleter == null) {
      throw new TurntableException(
          ErrorKind.UNSUPPORTED, table + " cannot be deleted from; nothing was changed");
    }
    if (delete.getCondition() == null) {
      throw everything(table);
    }
    ReturningColumns returning = returns == null ? null : returns.apply(table);
    List<String> columns = new ArrayList<>(deleter.keys());
    if (returning != null) {
      returning.columns().stream()
          .filter(column -> !ReturningColumns.isGiven(column))
          .map(Column::name)
          .filter(name -> !columns.contains(name))
          .forEach(columns::add);
    }
    QuerySql keys = planner.query(select(delete, columns), schema);
    if (keys.rel() instanceof SourceScan scan && scan.filters().isEmpty()) {
      throw everything(table);
    }
    return new DeleteSql(table, keys, columns, returning);
  }

  private static TurntableException everything(SourceTable table) {
    return new TurntableException(
        ErrorKind.INVALID_STATEMENT,
        "DELETE FROM "
            + table
            + " needs a WHERE that names rows; archiving every known row is refused");
  }

  private static SqlSelect select(SqlDelete delete, List<String> columns) {
    SqlParserPos here = delete.getParserPosition();
    SqlIdentifier alias = delete.getAlias();
    SqlNode from =
        alias == null
            ? delete.getTargetTable()
            : SqlStdOperatorTable.AS.createCall(here, delete.getTargetTable(), alias);
    List<SqlNode> items = new ArrayList<>();
    columns.forEach(name -> items.add(new SqlIdentifier(name, here)));
    return SqlNodes.select(here, new SqlNodeList(items, here), from, delete.getCondition());
  }
}
