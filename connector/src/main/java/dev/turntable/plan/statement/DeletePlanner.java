package dev.turntable.plan.statement;

import dev.turntable.plan.scan.SourceScan;
import dev.turntable.plan.scan.SourceTable;
import dev.turntable.source.Deleter;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Plans DELETE: the keys of the rows are a query like any other. */
final class DeletePlanner {
  private DeletePlanner() {}

  static DeleteSql plan(SqlDelete delete, String schema, QueryPlanner planner) {
    SourceTable table = planner.table(InsertPlanner.target(delete.getTargetTable()), schema);
    Deleter deleter = table.definition().deleter();
    if (deleter == null) {
      throw new TurntableException(
          ErrorKind.UNSUPPORTED, table + " cannot be deleted from; nothing was changed");
    }
    if (delete.getCondition() == null) {
      throw everything(table);
    }
    QuerySql keys = planner.query(select(delete, deleter), schema);
    if (keys.rel() instanceof SourceScan scan && scan.filters().isEmpty()) {
      throw everything(table);
    }
    return new DeleteSql(table, keys);
  }

  private static TurntableException everything(SourceTable table) {
    return new TurntableException(
        ErrorKind.INVALID_STATEMENT,
        "DELETE FROM "
            + table
            + " needs a WHERE that names rows; archiving every known row is refused");
  }

  private static SqlSelect select(SqlDelete delete, Deleter deleter) {
    SqlParserPos here = delete.getParserPosition();
    SqlIdentifier alias = delete.getAlias();
    SqlNode from =
        alias == null
            ? delete.getTargetTable()
            : SqlStdOperatorTable.AS.createCall(here, delete.getTargetTable(), alias);
    List<SqlNode> keys = new ArrayList<>();
    deleter.keys().forEach(key -> keys.add(new SqlIdentifier(key, here)));
    return new SqlSelect(
        here,
        null,
        new SqlNodeList(keys, here),
        from,
        delete.getCondition(),
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
