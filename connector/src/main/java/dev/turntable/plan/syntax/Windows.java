package dev.turntable.plan.syntax;

import dev.turntable.plan.error.ValidationErrors;
import dev.turntable.plan.type.Names;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * Named windows, made such that Calcite takes them. Those that build on another one, {@code OVER (w
 * ROWS 1 PRECEDING)}, are written out whole: where Calcite puts the two together, it loses the frame.
 * Of those that say the same one is declared: Calcite refuses two. A name is found in any case, unless
 * there is one in the very case.
 */
final class Windows extends SqlShuttle {
  /** The place of the WINDOW clause among the operands of a SELECT. */
  private static final int WINDOWS = 6;

  private final Deque<Map<String, SqlWindow>> named = new ArrayDeque<>();
  private final Set<String> taken = new HashSet<>();
  private boolean inOrder;

  private Windows() {}

  static SqlNode writtenOut(SqlNode parsed, SqlStatement statement) {
    return statement.hasWord("WINDOW") ? SqlNodes.rewritten(parsed, new Windows()) : parsed;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      return within(select, null);
    }
    if (call instanceof SqlOrderBy ordered && ordered.query instanceof SqlSelect select) {
      return within(select, ordered);
    }
    SqlNode visited = super.visit(call);
    if (visited instanceof SqlWindow window && window.getRefName() != null) {
      return whole(window);
    }
    if (visited instanceof SqlCall over
        && over.getKind() == SqlKind.OVER
        && over.operand(1) instanceof SqlIdentifier name) {
      over.setOperand(1, used(find(name), name.getParserPosition()));
    }
    return visited;
  }

  /** What stands for a window at a place of its use; in ORDER BY Calcite knows no names of windows. */
  private SqlNode used(SqlWindow window, SqlParserPos place) {
    return inOrder
        ? copy(window, null, window, window.getOrderList(), place)
        : Objects.requireNonNull(window.getDeclName()).clone(place);
  }

  /** Visits a query, and the order around it, where the windows of the query are known. */
  private @Nullable SqlNode within(SqlSelect select, @Nullable SqlOrderBy ordered) {
    boolean outer = inOrder;
    inOrder = false;
    Map<String, SqlWindow> windows = new LinkedHashMap<>();
    named.push(windows);
    SqlNodeList declared = select.getWindowList();
    List<SqlNode> different = new ArrayList<>();
    for (SqlNode each : declared) {
      SqlWindow window = (SqlWindow) each;
      SqlIdentifier name = Objects.requireNonNull(window.getDeclName());
      if (windows.containsKey(name.getSimple())) {
        throw wrong(name, "there are two windows '" + name.getSimple() + "'");
      }
      SqlWindow known = window.getRefName() == null ? window : whole(window);
      SqlWindow same = same(known, different);
      if (same == null) {
        known.setDeclName(unique(name));
        different.add(known);
      }
      windows.put(name.getSimple(), same == null ? known : same);
    }
    select.setOperand(WINDOWS, new SqlNodeList(different, declared.getParserPosition()));
    SqlNode query = super.visit(select);
    SqlNode visited = ordered == null ? query : ordered(ordered, query);
    named.pop();
    inOrder = outer;
    return visited;
  }

  private SqlNode ordered(SqlOrderBy ordered, @Nullable SqlNode query) {
    inOrder = true;
    SqlNodeList order = (SqlNodeList) ordered.orderList.accept(this);
    return new SqlOrderBy(
        ordered.getParserPosition(),
        Objects.requireNonNull(query),
        Objects.requireNonNull(order),
        ordered.offset,
        ordered.fetch);
  }

  private static @Nullable SqlWindow same(SqlWindow window, List<SqlNode> declared) {
    for (SqlNode other : declared) {
      if (other.equalsDeep(window, Litmus.IGNORE)) {
        return (SqlWindow) other;
      }
    }
    return null;
  }

  /** Calcite takes a name once, in whatever case, even in a query and the queries within it. */
  private SqlIdentifier unique(SqlIdentifier name) {
    String simple = name.getSimple();
    return taken.add(simple.toLowerCase(Locale.ROOT))
        ? name
        : new SqlIdentifier(simple + " " + taken.size(), name.getParserPosition());
  }

  /** Returns the window that a name means: the one of that very name, else that of it in any case. */
  private SqlWindow find(SqlIdentifier name) {
    Map<String, SqlWindow> windows = named.isEmpty() ? Map.of() : named.element();
    SqlWindow window = Names.find(windows, name.getSimple());
    if (window == null) {
      throw wrong(name, "there is no window '" + name.getSimple() + "'");
    }
    return window;
  }

  private SqlWindow whole(SqlWindow window) {
    SqlIdentifier name = Objects.requireNonNull(window.getRefName());
    SqlWindow base = find(name);
    if (!window.getPartitionList().isEmpty()) {
      throw wrong(
          name, "a window that builds on '" + name.getSimple() + "' takes its PARTITION BY");
    }
    boolean ordered = !window.getOrderList().isEmpty();
    if (ordered && !base.getOrderList().isEmpty()) {
      throw wrong(name, "the window '" + name.getSimple() + "' has an ORDER BY already");
    }
    boolean framed = window.getLowerBound() != null;
    boolean baseFramed = base.getLowerBound() != null;
    if (baseFramed && (framed || ordered)) {
      throw wrong(name, "the window '" + name.getSimple() + "' has a frame already");
    }
    SqlWindow frame = baseFramed ? base : window;
    return copy(
        base,
        window.getDeclName(),
        frame,
        ordered ? window.getOrderList() : base.getOrderList(),
        window.getParserPosition());
  }

  private static SqlWindow copy(
      SqlWindow base,
      @Nullable SqlIdentifier name,
      SqlWindow frame,
      SqlNodeList order,
      SqlParserPos place) {
    return SqlWindow.create(
        name,
        null,
        base.getPartitionList(),
        order,
        SqlLiteral.createBoolean(frame.isRows(), SqlParserPos.ZERO),
        frame.getLowerBound(),
        frame.getUpperBound(),
        null,
        frame.getExclude(),
        place);
  }

  private static TurntableException wrong(SqlNode place, String reason) {
    return new TurntableException(
        ErrorKind.INVALID_STATEMENT, ValidationErrors.place(place.getParserPosition()) + reason);
  }
}
