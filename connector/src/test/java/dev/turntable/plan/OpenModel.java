package dev.turntable.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * <em>What a table means</em>, as a program: what binds each reference of a statement; the sets
 * that come of it are {@link OpenSets}. A reference is one place of a table in the text. The
 * statement is not read; who writes it says here what it wrote.
 *
 * <p>A reference stands for K and B. K is what the connection knows. B are the rows of the keys
 * that the statement binds to it:
 *
 * <ul>
 *   <li>constants, wherever they stand but under NOT;
 *   <li>columns of other references that an equality compares with the key: the values in those
 *       rows of the other reference's own set that pass the conditions on that reference alone.
 * </ul>
 *
 * The keys never return to a reference that they came through, so the sets are over simple paths,
 * and no order of evaluation matters. Into a derived table keys enter by the columns that its door
 * lets through; what leaves it are the rows that the reference inside stands for.
 */
final class OpenModel {
  /** Which connection's knowledge is meant: the column of the judge's tables that marks K. */
  record Known(String flag, boolean tasks, boolean workers) {
    /** Whether the table has a source of K at all, which may still be empty. */
    boolean isSource(OpenTable table) {
      return switch (table) {
        case TASKS, TURNS -> tasks || workers;
        case WORKERS, SCHEDULES, LOGS -> workers;
        case RB_REPORT -> false;
        default -> true;
      };
    }
  }

  /** One place of a table in the text. */
  static final class Reference {
    private final String alias;
    private final OpenTable table;
    private final int scope;
    private final @Nullable Set<String> door;
    private final String values;
    private final List<String> alone = new ArrayList<>();
    private final Map<String, Set<String>> constants = new LinkedHashMap<>();
    private boolean pinned;

    private Reference(
        String alias, OpenTable table, int scope, @Nullable Set<String> door, String values) {
      this.alias = alias;
      this.table = table;
      this.scope = scope;
      this.door = door;
      this.values = values;
    }

    String alias() {
      return alias;
    }

    OpenTable table() {
      return table;
    }

    /** Returns what a FROM clause has of it. */
    String ours() {
      return table.isValues()
          ? "(VALUES " + values + ") AS " + alias + " (k, n)"
          : table.ours() + " AS " + alias;
    }

    /** Returns where the judge's statement has the set. */
    String place() {
      return "{" + alias + "}";
    }

    /** A condition on this reference alone, which every row of it must pass to be of any use. */
    void alone(String condition) {
      alone.add(condition);
    }

    /** Constants that an equality compares with a column, in a branch that is not under NOT. */
    void constants(String column, List<String> literals) {
      constants.computeIfAbsent(column, unused -> new LinkedHashSet<>()).addAll(literals);
    }

    /** The constants stand in a conjunct: only their rows can qualify. */
    void pin() {
      pinned = true;
    }

    /** Returns the conditions on this reference alone. */
    List<String> alone() {
      return alone;
    }

    String values() {
      return values;
    }

    Set<String> constants(String column) {
      return constants.getOrDefault(column, Set.of());
    }
  }

  /**
   * An equality of two columns in a conjunct, or what amounts to one (IN, EXISTS, INTERSECT).
   *
   * @param leftAlone what the same ON says of the left reference alone
   */
  private record Equality(
      Reference left,
      String leftColumn,
      List<String> leftAlone,
      Reference right,
      String rightColumn,
      List<String> rightAlone,
      Needed needed) {}

  /** Which rows of an equality are of no use without a match on the other side. */
  enum Needed {
    NEITHER,
    RIGHT,
    BOTH
  }

  /**
   * A reference whose rows bind another one's column.
   *
   * @param alone what the rows must pass besides the conditions on their reference alone
   */
  record Edge(Reference from, String fromColumn, List<String> alone, String toColumn) {}

  private final List<Reference> references = new ArrayList<>();
  private final List<Equality> equalities = new ArrayList<>();
  private int scopes = 1;

  /** A reference in the outermost scope, which keys enter by any column. */
  Reference reference(OpenTable table) {
    return reference(table, 0, null);
  }

  /** Opens a derived table. */
  int scope() {
    return scopes++;
  }

  /**
   * A reference within a derived table.
   *
   * @param door the columns by which keys from outside enter; null for any, empty for none
   */
  Reference reference(OpenTable table, int scope, @Nullable Set<String> door) {
    return add(new Reference("t" + references.size(), table, scope, door, ""));
  }

  Reference values(OpenTable table, String rows) {
    return add(new Reference("t" + references.size(), table, 0, null, rows));
  }

  private Reference add(Reference reference) {
    references.add(reference);
    return reference;
  }

  void equal(
      Reference left, String leftColumn, Reference right, String rightColumn, Needed needed) {
    equal(left, leftColumn, List.of(), right, rightColumn, List.of(), needed);
  }

  void equal(
      Reference left,
      String leftColumn,
      List<String> leftAlone,
      Reference right,
      String rightColumn,
      List<String> rightAlone,
      Needed needed) {
    equalities.add(
        new Equality(left, leftColumn, leftAlone, right, rightColumn, rightAlone, needed));
  }

  List<Reference> references() {
    return references;
  }

  static Set<Reference> with(Set<Reference> through, Reference reference) {
    Set<Reference> more = new HashSet<>(through);
    more.add(reference);
    return more;
  }

  /** Returns the equalities that bind a column of the reference. */
  List<Edge> edges(Reference to, Set<Reference> through) {
    List<Edge> edges = new ArrayList<>();
    for (Equality each : equalities) {
      if (each.left == to) {
        edges.add(new Edge(each.right, each.rightColumn, each.rightAlone, each.leftColumn));
      }
      if (each.right == to) {
        edges.add(new Edge(each.left, each.leftColumn, each.leftAlone, each.rightColumn));
      }
    }
    edges.removeIf(
        edge ->
            edge.from == to
                || through.contains(edge.from)
                || !isOpen(edge.from, to, edge.toColumn));
    return edges;
  }

  /** Whether keys get to the column, past the limits and aggregates of a derived table. */
  private static boolean isOpen(Reference from, Reference to, String column) {
    return from.scope == to.scope || to.door == null || to.door.contains(column);
  }

  /**
   * Whether every reference has a source of K or a key that can be told; else the error is 42000.
   */
  boolean isAnswerable(Known known) {
    return references.stream().allMatch(each -> isRooted(each, Set.of(), known));
  }

  private boolean isRooted(Reference reference, Set<Reference> through, Known known) {
    if (known.isSource(reference.table)) {
      return true;
    }
    String key = reference.table.key().orElseThrow();
    return !reference.constants(key).isEmpty()
        || edges(reference, through).stream()
            .anyMatch(
                edge ->
                    edge.toColumn.equals(key)
                        && isRooted(edge.from, with(through, reference), known));
  }

  /** Whether only rows of bound keys can qualify, of every reference: then K changes no answer. */
  boolean isBound() {
    return references.stream().allMatch(each -> isBound(each, Set.of()));
  }

  private boolean isBound(Reference reference, Set<Reference> through) {
    if (reference.table.isValues() || reference.table == OpenTable.RB_TYPED || reference.pinned) {
      return true;
    }
    String key = reference.table.key().orElseThrow();
    Set<Reference> next = with(through, reference);
    return equalities.stream()
        .anyMatch(
            each ->
                (each.right == reference
                        && each.needed != Needed.NEITHER
                        && each.rightColumn.equals(key)
                        && isOpen(each.left, reference, key)
                        && !next.contains(each.left)
                        && isBound(each.left, next))
                    || (each.left == reference
                        && each.needed == Needed.BOTH
                        && each.leftColumn.equals(key)
                        && isOpen(each.right, reference, key)
                        && !next.contains(each.right)
                        && isBound(each.right, next)));
  }
}
