package dev.turntable.plan.syntax;

import dev.turntable.engine.ReservedWords;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Finds the literals that a query of one table compares with a column of which no other condition says
 * anything. The planner would look at the value of such a literal only to put two conditions of one
 * column together, and to choose between joins; neither is there.
 */
final class LoneComparands extends SqlBasicVisitor<@Nullable Void> {
  /** A longer list is not like the next one, and is planned faster as a set of values. */
  private static final int LONGEST_LIST = 32;

  private static final Set<SqlKind> COMPARISONS =
      EnumSet.of(
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL);

  /** What has a condition as its value; its operands are part of one. */
  private static final Set<SqlKind> CONDITIONS = conditions();

  private final Map<String, List<SqlLiteral>> comparands = new HashMap<>();
  private final Map<String, Integer> mentioned = new HashMap<>();
  private final Set<String> aliases = new HashSet<>();
  private final SqlSelect select;
  private int depth;
  private boolean single = true;

  private LoneComparands(SqlSelect select) {
    this.select = select;
  }

  /** Returns the literals, in no order; none if the query is not of one table. */
  static List<SqlLiteral> in(SqlNode query) {
    SqlNode body = query instanceof SqlOrderBy ordered ? ordered.query : query;
    if (!(body instanceof SqlSelect select) || !isTable(select.getFrom())) {
      return List.of();
    }
    LoneComparands finder = new LoneComparands(select);
    query.accept(finder);
    return finder.single ? finder.found() : List.of();
  }

  private static boolean isTable(@Nullable SqlNode from) {
    return from instanceof SqlIdentifier
        || (from instanceof SqlCall call
            && call.getKind() == SqlKind.AS
            && call.operandCount() == 2
            && call.operand(0) instanceof SqlIdentifier);
  }

  private static Set<SqlKind> conditions() {
    Set<SqlKind> kinds = EnumSet.copyOf(SqlKind.COMPARISON);
    kinds.addAll(
        List.of(
            SqlKind.AND,
            SqlKind.OR,
            SqlKind.NOT,
            SqlKind.CASE,
            SqlKind.IN,
            SqlKind.NOT_IN,
            SqlKind.BETWEEN,
            SqlKind.LIKE,
            SqlKind.RLIKE,
            SqlKind.SIMILAR,
            SqlKind.IS_NULL,
            SqlKind.IS_NOT_NULL,
            SqlKind.IS_TRUE,
            SqlKind.IS_NOT_TRUE,
            SqlKind.IS_FALSE,
            SqlKind.IS_NOT_FALSE,
            SqlKind.IS_UNKNOWN));
    return kinds;
  }

  private List<SqlLiteral> found() {
    List<SqlLiteral> found = new ArrayList<>();
    comparands.forEach(
        (column, literals) -> {
          if (mentioned.getOrDefault(column, 0) == 1 && !aliases.contains(column)) {
            found.addAll(literals);
          }
        });
    return found;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call == select) {
      visitSelect();
    } else if (call.isA(SqlKind.QUERY) && !(call instanceof SqlOrderBy)) {
      single = false;
    } else {
      collect(call);
      int around = depth;
      depth += CONDITIONS.contains(call.getKind()) ? 1 : 0;
      super.visit(call);
      depth = around;
    }
    return null;
  }

  private void visitSelect() {
    for (SqlNode operand : select.getOperandList()) {
      if (operand != null) {
        boolean condition =
            operand == select.getWhere()
                || operand == select.getHaving()
                || operand == select.getQualify();
        depth = condition ? 1 : 0;
        operand.accept(this);
      }
    }
    depth = 0;
  }

  private void collect(SqlCall call) {
    if (call.getKind() == SqlKind.AS && call.operand(1) instanceof SqlIdentifier alias) {
      aliases.add(name(alias));
    } else if (COMPARISONS.contains(call.getKind()) && call.operandCount() == 2) {
      collect(call.operand(0), List.of(call.operand(1)));
      collect(call.operand(1), List.of(call.operand(0)));
    } else if (call.getKind() == SqlKind.IN
        && call.operand(1) instanceof SqlNodeList list
        && list.size() <= LONGEST_LIST) {
      collect(call.operand(0), list);
    }
  }

  private void collect(SqlNode side, Iterable<? extends @Nullable SqlNode> others) {
    if (!(side instanceof SqlIdentifier column)
        || ReservedWords.contains(column.names.get(column.names.size() - 1))) {
      return;
    }
    List<SqlLiteral> literals = new ArrayList<>();
    Set<Object> values = new HashSet<>();
    for (SqlNode other : others) {
      if (!(other instanceof SqlLiteral literal)
          || literal.getValue() == null
          || !values.add(literal.getValue())) {
        return; // the planner leaves out what a list repeats
      }
      literals.add(literal);
    }
    comparands.put(name(column), literals);
  }

  @Override
  public @Nullable Void visit(SqlIdentifier id) {
    if (depth > 0) {
      mentioned.merge(name(id), 1, Integer::sum);
    }
    return null;
  }

  private static String name(SqlIdentifier id) {
    return id.names.get(id.names.size() - 1).toLowerCase(Locale.ROOT);
  }
}
