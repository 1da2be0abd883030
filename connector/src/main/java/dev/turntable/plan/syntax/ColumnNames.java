package dev.turntable.plan.syntax;

import dev.turntable.plan.token.SelectItems;
import dev.turntable.text.SqlLines;
import dev.turntable.text.SqlStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Names what a SELECT computes and gives no name, as the statement writes it: {@code SUM(credits)}, not
 * Calcite's {@code EXPR$0}; the columns of VALUES by its first row, as those of a UNION by its first
 * query. Queries around it may use that name.
 */
final class ColumnNames extends SqlBasicVisitor<@Nullable Void> {
  /** As long as PostgreSQL's names, in code points. */
  private static final int LONGEST = 63;

  private final Map<Long, List<String>> written = new HashMap<>();

  private ColumnNames(SqlStatement statement) {
    SqlLines lines = statement.lines();
    SelectItems.of(statement)
        .forEach(
            (start, items) -> written.put(place(lines.line(start), lines.column(start)), items));
  }

  static SqlNode given(SqlNode parsed, SqlStatement statement) {
    ColumnNames names = new ColumnNames(statement);
    SqlNode named = names.query(parsed);
    named.accept(names);
    return named;
  }

  private static long place(int line, int column) {
    return ((long) line << Integer.SIZE) + column;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      List<String> items = items(select);
      if (items != null && items.size() == select.getSelectList().size()) {
        select.setSelectList(named(select.getSelectList(), items));
      }
      if (select.getFrom() != null) {
        select.setFrom(relation(select.getFrom()));
      }
    } else if (call instanceof SqlJoin join) {
      join.setLeft(relation(join.getLeft()));
      join.setRight(relation(join.getRight()));
    } else if (call instanceof SqlWithItem item && item.columnList == null) {
      item.query = query(item.query);
    } else if (SqlKind.SET_QUERY.contains(call.getKind())) {
      call.setOperand(0, query(call.operand(0)));
    }
    return super.visit(call);
  }

  private @Nullable List<String> items(SqlNode query) {
    SqlParserPos place = query.getParserPosition();
    return written.get(place(place.getLineNum(), place.getColumnNum()));
  }

  /** Returns what FROM may name; a list of columns names them already. */
  private SqlNode relation(SqlNode node) {
    if (node.getKind() == SqlKind.AS && ((SqlCall) node).operandCount() == 2) {
      ((SqlCall) node).setOperand(0, query(((SqlCall) node).operand(0)));
      return node;
    }
    return query(node);
  }

  /** Returns the query; VALUES as {@code SELECT * FROM (VALUES …) AS "values" (…)}. */
  private SqlNode query(SqlNode node) {
    if (node instanceof SqlOrderBy ordered) {
      return new SqlOrderBy(
          ordered.getParserPosition(),
          query(ordered.query),
          ordered.orderList,
          ordered.offset,
          ordered.fetch);
    }
    List<String> items = node.getKind() == SqlKind.VALUES ? items(node) : null;
    if (items == null || items.size() != columns((SqlCall) node)) {
      return node;
    }
    SqlParserPos place = node.getParserPosition();
    Set<String> taken = new TreeSet<>();
    List<SqlNode> operands = new ArrayList<>(List.of(node, new SqlIdentifier("values", place)));
    items.forEach(item -> operands.add(new SqlIdentifier(free(item, taken), place)));
    return SqlNodes.all(place, SqlStdOperatorTable.AS.createCall(place, operands));
  }

  private static int columns(SqlCall values) {
    return ((SqlCall) values.operand(0)).operandCount();
  }

  private static SqlNodeList named(SqlNodeList list, List<String> items) {
    Set<String> taken = new TreeSet<>();
    for (SqlNode node : list) {
      String name = ownName(node);
      if (name != null) {
        taken.add(name.toLowerCase(Locale.ROOT));
      }
    }
    List<SqlNode> nodes = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      SqlNode node = list.get(i);
      if (node instanceof SqlIdentifier || node.getKind() == SqlKind.AS) {
        nodes.add(node);
      } else {
        SqlParserPos place = node.getParserPosition();
        SqlIdentifier name = new SqlIdentifier(free(items.get(i), taken), place);
        nodes.add(SqlStdOperatorTable.AS.createCall(place, node, name));
      }
    }
    return new SqlNodeList(nodes, list.getParserPosition());
  }

  /** Returns the name that an item has anyway, or null. */
  private static @Nullable String ownName(SqlNode node) {
    SqlNode name = node.getKind() == SqlKind.AS ? ((SqlCall) node).operand(1) : node;
    return name instanceof SqlIdentifier id && !id.isStar()
        ? id.names.get(id.names.size() - 1)
        : null;
  }

  /** Returns a name that no other column of the list has. */
  private static String free(String text, Set<String> taken) {
    String name = cut(text, LONGEST);
    for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
      String suffix = "_" + number;
      name = cut(text, LONGEST - suffix.length()) + suffix;
    }
    return name;
  }

  private static String cut(String text, int length) {
    return text.codePointCount(0, text.length()) <= length
        ? text
        : text.substring(0, text.offsetByCodePoints(0, length));
  }
}
