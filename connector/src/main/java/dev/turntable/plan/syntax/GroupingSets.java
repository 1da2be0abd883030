package dev.turntable.plan.syntax;

import dev.turntable.plan.error.ValidationErrors;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * ROLLUP and CUBE that hold a set twice, such as {@code ROLLUP (a, a)}, written out as GROUPING SETS,
 * which give its groups twice, as the standard has it; Calcite gives them once. All names must have
 * been resolved, so that two names of one column are one.
 */
public final class GroupingSets {
  /** As in PostgreSQL; every set is a pass over the groups. */
  private static final int MOST = 4096;

  private GroupingSets() {}

  /**
   * Returns the items of a GROUP BY written out, or null if they say it all as they are.
   *
   * @throws TurntableException as {@link ErrorKind#TOO_LARGE} if there are too many sets
   */
  public static @Nullable SqlNodeList writtenOut(@Nullable SqlNodeList group) {
    if (group == null) {
      return null;
    }
    double total = 1;
    boolean changed = false;
    List<SqlNode> items = new ArrayList<>();
    for (SqlNode item : group) {
      total *= count(item);
      check(total, item);
      SqlNode written = written(item);
      changed |= written != item;
      items.add(written);
    }
    return changed ? new SqlNodeList(items, group.getParserPosition()) : null;
  }

  private static void check(double sets, SqlNode item) {
    if (sets > MOST) {
      throw new TurntableException(
          ErrorKind.TOO_LARGE,
          ValidationErrors.place(item.getParserPosition())
              + "GROUP BY has more than "
              + MOST
              + " grouping sets; name those that are needed by GROUPING SETS");
    }
  }

  private static double count(SqlNode item) {
    int operands = item instanceof SqlCall call ? call.operandCount() : 0;
    return switch (item.getKind()) {
      case ROLLUP -> operands + 1;
      case CUBE -> Math.pow(2, operands);
      case GROUPING_SETS ->
          ((SqlCall) item).getOperandList().stream().mapToDouble(GroupingSets::count).sum();
      default -> 1;
    };
  }

  private static SqlNode written(SqlNode item) {
    return switch (item.getKind()) {
      case ROLLUP, CUBE -> {
        SqlCall call = (SqlCall) item;
        List<List<SqlNode>> elements = new ArrayList<>();
        call.getOperandList().forEach(operand -> elements.add(columns(operand)));
        yield repeats(elements)
            ? sets(
                item.getKind() == SqlKind.CUBE ? cube(elements) : rollup(elements),
                item.getParserPosition())
            : item;
      }
      case GROUPING_SETS -> {
        SqlCall call = (SqlCall) item;
        List<SqlNode> operands = call.getOperandList().stream().map(GroupingSets::written).toList();
        yield operands.equals(call.getOperandList())
            ? item
            : call.getOperator().createCall(item.getParserPosition(), operands);
      }
      default -> item;
    };
  }

  /** Returns what an element of ROLLUP or CUBE groups by: one expression, several in a row, none. */
  private static List<SqlNode> columns(SqlNode element) {
    List<SqlNode> parts;
    if (element instanceof SqlNodeList list) {
      parts = list.getList();
    } else if (element.getKind() == SqlKind.ROW) {
      parts = ((SqlCall) element).getOperandList();
    } else {
      return List.of(element);
    }
    return parts.stream().flatMap(part -> columns(part).stream()).toList();
  }

  /** Returns whether an element may add nothing to the others. */
  private static boolean repeats(List<List<SqlNode>> elements) {
    List<SqlNode> seen = new ArrayList<>();
    for (List<SqlNode> element : elements) {
      if (element.isEmpty() || element.stream().anyMatch(column -> holds(seen, column))) {
        return true;
      }
      seen.addAll(element);
    }
    return false;
  }

  private static boolean holds(List<SqlNode> columns, SqlNode column) {
    return columns.stream().anyMatch(other -> other.equalsDeep(column, Litmus.IGNORE));
  }

  private static List<List<SqlNode>> rollup(List<List<SqlNode>> elements) {
    List<List<SqlNode>> sets = new ArrayList<>();
    for (int size = elements.size(); size >= 0; size--) {
      sets.add(elements.subList(0, size).stream().flatMap(List::stream).toList());
    }
    return sets;
  }

  private static List<List<SqlNode>> cube(List<List<SqlNode>> elements) {
    List<List<SqlNode>> sets = List.of(List.of());
    for (List<SqlNode> element : elements) {
      List<List<SqlNode>> longer = new ArrayList<>();
      for (List<SqlNode> set : sets) {
        List<SqlNode> with = new ArrayList<>(set);
        with.addAll(element);
        longer.add(with);
        longer.add(set);
      }
      sets = longer;
    }
    return sets;
  }

  private static SqlNode sets(List<List<SqlNode>> sets, SqlParserPos place) {
    List<SqlNode> nodes = new ArrayList<>();
    for (List<SqlNode> set : sets) {
      nodes.add(set.isEmpty() ? SqlNodeList.EMPTY : SqlStdOperatorTable.ROW.createCall(place, set));
    }
    return SqlStdOperatorTable.GROUPING_SETS.createCall(place, nodes);
  }
}
