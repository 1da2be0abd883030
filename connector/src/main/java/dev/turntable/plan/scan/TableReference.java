package dev.turntable.plan.scan;

import dev.turntable.run.AccessChoice;
import dev.turntable.run.BoundKeys;
import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.KeySet;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.TableDef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * One place of a statement that names a table, with what the statement says of its keys. It stands for
 * one set of rows per execution: those that a list or the known ids give, and those of the keys that
 * are bound to it, wherever a plan reads it.
 */
public final class TableReference {
  private final int number;
  private final SourceTable table;
  private final RelNode scan;
  private final Map<Set<Integer>, BoundKeys> compiled = new ConcurrentHashMap<>();
  private final List<Constant> constants = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final List<RexNode> conditions = new ArrayList<>();
  private final Set<Integer> bound = new LinkedHashSet<>();
  private final Set<Integer> underOr = new LinkedHashSet<>();

  /** By column: every way that keys may take asks for them. */
  private final Map<Integer, Optional<KeySet>> keySets = new ConcurrentHashMap<>();

  /** A column that may equal a constant; for a BETWEEN, if both bounds are the same. */
  public record Constant(int column, RexNode value, @Nullable RexNode upper) {}

  /**
   * A column that equals something of another reference.
   *
   * @param from the other reference, or null if the value is computed
   * @param fromColumn the position of its column in its table
   * @param conditions what must hold for its rows besides their own conditions
   * @param computed gives computed values in its only column, or null
   * @param sources the references whose rows give the keys
   */
  public record Link(
      int column,
      @Nullable TableReference from,
      int fromColumn,
      List<RexNode> conditions,
      @Nullable RelNode computed,
      Set<TableReference> sources) {
    static Link to(int column, TableReference from, int fromColumn, List<RexNode> conditions) {
      return new Link(column, from, fromColumn, conditions, null, Set.of(from));
    }

    static Link computed(int column, RelNode computed, Set<TableReference> sources) {
      return new Link(column, null, -1, List.of(), computed, sources);
    }
  }

  /**
   * @param scan reads the whole of it
   */
  TableReference(int number, SourceTable table, RelNode scan) {
    this.number = number;
    this.table = table;
    this.scan = scan;
  }

  public int number() {
    return number;
  }

  SourceTable table() {
    return table;
  }

  /** Returns the scan of the whole of it. */
  public RelNode scan() {
    return scan;
  }

  /** Returns what was made for the references that keys came through before, or makes it. */
  BoundKeys compiled(Set<Integer> through, Supplier<BoundKeys> maker) {
    BoundKeys known = compiled.get(through);
    if (known == null) {
      known = maker.get();
      compiled.put(through, known);
    }
    return known;
  }

  public List<Constant> constants() {
    return constants;
  }

  List<Link> links() {
    return links;
  }

  /** Returns what every row of it must satisfy by itself, over all columns of the table. */
  public List<RexNode> conditions() {
    return conditions;
  }

  /** Returns the columns that are bound to keys. */
  public Set<Integer> bound() {
    return bound;
  }

  void add(Constant constant) {
    if (isOpenKey(constant.column()) && !constants.contains(constant)) {
      constants.add(constant);
      bound.add(constant.column());
    }
  }

  void add(Link link) {
    if (isOpenKey(link.column()) && !links.contains(link)) {
      links.add(link);
      bound.add(link.column());
    }
  }

  /** Tells that a column equals something that cannot be looked at by itself. */
  void bind(int column) {
    bound.add(column);
  }

  /** Tells that a column is compared with other rows under OR, which binds nothing. */
  void compareUnderOr(int column) {
    if (isOpenKey(column)) {
      underOr.add(column);
    }
  }

  /** Returns the names of the columns that are compared with other rows under OR alone. */
  public Set<String> underOr() {
    Set<String> names = new LinkedHashSet<>();
    for (int column : underOr) {
      if (!bound.contains(column)) {
        names.add(table.definition().columns().get(column).name());
      }
    }
    return names;
  }

  void addCondition(RexNode condition) {
    conditions.add(condition);
  }

  private boolean isOpenKey(int column) {
    Column<?> key = table.definition().columns().get(column);
    return AccessChoice.openKeys(table.definition()).contains(key.name());
  }

  /** Returns the keys that a reading without keys is whole for, or null if there is no such set. */
  @Nullable KeySet keySet(int column) {
    Optional<KeySet> known = keySets.get(column);
    if (known == null) {
      KeySet set = keySet(table.definition(), column);
      known = Optional.ofNullable(set == null && isOpenKey(column) ? KeySet.NONE : set);
      keySets.put(column, known);
    }
    return known.orElse(null);
  }

  private static <T> @Nullable KeySet keySet(TableDef<T> definition, int column) {
    for (AccessPath<T> path : definition.paths()) {
      KeySet set =
          path.coverage(ScanRequest.all(Set.of()))
              .wholeFor()
              .get(definition.columns().get(column).name());
      if (set != null) {
        return set;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return table + " (" + number + ")";
  }
}
