package dev.turntable.plan.scan;

import dev.turntable.run.BoundKeys;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.KeySet;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A reference as it is seen by one that takes its keys: a key never returns to a reference that it came
 * through, so those links are left out.
 *
 * @param reference the reference
 * @param through the numbers of the references that the keys came through, this one included
 * @param compiler compiles what the statement binds to the keys of such a view
 */
public record TableReferenceView(
    TableReference reference,
    Set<Integer> through,
    Function<TableReferenceView, BoundKeys> compiler) {
  /** More ways than this that keys may take between the references of a statement are refused. */
  private static final int MOST_STEPS = 50_000;

  public TableReferenceView {
    through = Set.copyOf(through);
  }

  /** Returns what the statement binds to the keys of the reference. */
  BoundKeys keys() {
    return reference.compiled(through, () -> compiler.apply(this));
  }

  /**
   * Returns the links whose keys a list, or the known ids, may leave out. Two references that see the
   * same known keys tell each other nothing new.
   */
  public List<TableReference.Link> links() {
    return links(new int[1]);
  }

  private List<TableReference.Link> links(int[] steps) {
    List<TableReference.Link> result = new ArrayList<>();
    BitSet way = new BitSet();
    through.forEach(way::set);
    for (TableReference.Link link : reference.links()) {
      if (!returns(link, way) && !isCovered(reference, link, way, steps)) {
        result.add(link);
      }
    }
    return result;
  }

  /** Returns how a reference that gives keys to this one is read for that. */
  public TableReferenceView source(TableReference from) {
    return new TableReferenceView(from, with(through, from), compiler);
  }

  /** Returns the numbers of all references whose rows the set of this one depends on. */
  Set<Integer> dependencies() {
    Set<Integer> result = new LinkedHashSet<>();
    collect(result, new int[1]);
    return result;
  }

  private void collect(Set<Integer> result, int[] steps) {
    for (TableReference.Link link : links(steps)) {
      for (TableReference from : link.sources()) {
        result.add(from.number());
        source(from).collect(result, steps);
      }
    }
  }

  /**
   * @param way the references that the keys came through, to which this goes on for as long as it
   *     looks
   */
  private static boolean isCovered(
      TableReference reference, TableReference.Link link, BitSet way, int[] steps) {
    if (++steps[0] > MOST_STEPS) {
      throw new TurntableException(
          ErrorKind.UNSUPPORTED,
          "the keys of "
              + reference.table()
              + " may come from too many other tables of the statement, each by many ways; join fewer"
              + " at once");
    }
    TableReference from = link.from();
    if (from == null) {
      return false;
    }
    @Nullable KeySet given = from.keySet(link.fromColumn());
    if (given == KeySet.NONE) {
      // It shows only what a statement gives it, and what it was given by this one comes back.
      return from.constants().stream().noneMatch(each -> each.column() == link.fromColumn())
          && isCovered(from, each -> each.column() == link.fromColumn(), way, steps);
    }
    @Nullable KeySet known = reference.keySet(link.column());
    return known != null
        && Objects.equals(known, given)
        && from.constants().isEmpty()
        && isCovered(from, each -> true, way, steps);
  }

  /** Returns whether all that some links of a reference give, on the way through it, is covered. */
  private static boolean isCovered(
      TableReference reference, Predicate<TableReference.Link> which, BitSet way, int[] steps) {
    way.set(reference.number());
    boolean covered = true;
    for (TableReference.Link link : reference.links()) {
      covered =
          covered
              && (!which.test(link)
                  || returns(link, way)
                  || isCovered(reference, link, way, steps));
    }
    way.clear(reference.number());
    return covered;
  }

  private static boolean returns(TableReference.Link link, BitSet way) {
    for (TableReference source : link.sources()) {
      if (way.get(source.number())) {
        return true;
      }
    }
    return false;
  }

  private static Set<Integer> with(Set<Integer> through, TableReference reference) {
    Set<Integer> longer = new LinkedHashSet<>(through);
    longer.add(reference.number());
    return longer;
  }

  /** Part of the digest of a scan, so that no two references become one. */
  @Override
  public String toString() {
    return reference.number() + " through " + through.stream().sorted().toList();
  }
}
