package dev.turntable.plan.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** What the rewritings of syntax trees share. */
public final class SqlNodes {
  private SqlNodes() {}

  /** Returns the tree as a shuttle leaves it, or as it was if the shuttle leaves nothing. */
  static SqlNode rewritten(SqlNode node, SqlShuttle shuttle) {
    SqlNode result = node.accept(shuttle);
    return result == null ? node : result;
  }

  /** Returns {@code SELECT items FROM from WHERE condition}. */
  public static SqlSelect select(
      SqlParserPos place, SqlNodeList items, SqlNode from, @Nullable SqlNode condition) {
    return new SqlSelect(
        place, null, items, from, condition, null, null, null, null, null, null, null, null);
  }

  /** Returns {@code SELECT * FROM from}. */
  static SqlSelect all(SqlParserPos place, SqlNode from) {
    return select(place, SqlNodeList.of(SqlIdentifier.star(place)), from, null);
  }

  /** Returns a call of a function with another first argument, made of the one that it has. */
  static SqlCall withFirst(SqlBasicCall call, UnaryOperator<SqlNode> change) {
    List<SqlNode> operands = new ArrayList<>(call.getOperandList());
    operands.set(0, change.apply(operands.get(0)));
    return call.getOperator()
        .createCall(call.getFunctionQuantifier(), call.getParserPosition(), operands);
  }

  /** Returns a value where a condition holds, and NULL elsewhere. */
  static SqlNode where(SqlNode condition, SqlNode value, SqlParserPos place) {
    return new SqlCase(
        place,
        null,
        SqlNodeList.of(condition),
        SqlNodeList.of(value),
        SqlLiteral.createNull(place));
  }

  /** Returns whether it is the star of {@code COUNT(*)}. */
  static boolean isStar(SqlNode node) {
    return node instanceof SqlIdentifier id && id.isStar();
  }

  /** Returns whether a call of such a kind is in the tree, sub-queries included. */
  static boolean contains(SqlNode node, Predicate<SqlCall> wanted) {
    boolean[] found = {false};
    node.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            found[0] |= wanted.test(call);
            return found[0] ? null : super.visit(call);
          }
        });
    return found[0];
  }

  /** Returns whether a parameter is an operand of a call, or of one in it; sub-queries count, too. */
  public static boolean containsParameter(SqlCall call) {
    boolean[] found = {false};
    call.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlDynamicParam parameter) {
            found[0] = true;
            return null;
          }
        });
    return found[0];
  }

  /** Returns a type of any length. */
  static SqlDataTypeSpec type(SqlTypeName type, SqlParserPos here) {
    return new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, here), here);
  }

  static SqlNode cast(SqlNode value, SqlTypeName type) {
    SqlParserPos here = value.getParserPosition();
    return SqlStdOperatorTable.CAST.createCall(here, value, type(type, here));
  }
}
