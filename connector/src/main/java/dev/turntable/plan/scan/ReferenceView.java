package dev.turntable.plan.scan;

import dev.turntable.run.BoundKeys;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.KeySet;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A reference as it is seen by one that takes its keys: a key never returns to a reference that it came
 * through, so those links are left out.
 *
 * @param reference the reference
 * @param through the numbers of the references that the keys came through, this one included
 * @param compiler compiles what the statement binds to the keys of such a view
 */
public record ReferenceView(
    Reference reference, Set<Integer> through, Function<ReferenceView, BoundKeys> compiler) {
  /** More ways than this that keys may take between the references of a statement are refused. */
  private static final int MOST_STEPS = 50_000;

  public ReferenceView {
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
  public List<Reference.Link> links() {
    return links(new int[1]);
  }

  private List<Reference.Link> links(int[] steps) {
    List<Reference.Link> result = new ArrayList<>();
    for (Reference.Link link : reference.links()) {
      if (!returns(link, through) && !isCovered(reference, link, through, steps)) {
        result.add(link);
      }
    }
    return result;
  }

  /** Returns how a reference that gives keys to this one is read for that. */
  public ReferenceView source(Reference from) {
    return new ReferenceView(from, with(through, from), compiler);
  }

  /** Returns the numbers of all references whose rows the set of this one depends on. */
  Set<Integer> dependencies() {
    Set<Integer> result = new LinkedHashSet<>();
    collect(result, new int[1]);
    return result;
  }

  private void collect(Set<Integer> result, int[] steps) {
    for (Reference.Link link : links(steps)) {
      for (Reference from : link.sources()) {
        result.add(from.number());
        source(from).collect(result, steps);
      }
    }
  }

  private static boolean isCovered(
      Reference reference, Reference.Link link, Set<Integer> through, int[] steps) {
    if (++steps[0] > MOST_STEPS) {
      throw new TurntableException(
          ErrorKind.UNSUPPORTED,
          "the keys of "
              + reference.table()
              + " may come from too many other tables of the statement, each by many ways; join fewer"
              + " at once");
    }
    Reference from = link.from();
    if (from == null) {
      return false;
    }
    Set<Integer> longer = with(through, from);
    @Nullable KeySet given = from.keySet(link.fromColumn());
    if (given == KeySet.NONE) {
      // It shows only what a statement gives it, and what it was given by this one comes back.
      return from.constants().stream().noneMatch(each -> each.column() == link.fromColumn())
          && from.links().stream()
              .filter(each -> each.column() == link.fromColumn())
              .allMatch(each -> returns(each, longer) || isCovered(from, each, longer, steps));
    }
    @Nullable KeySet known = reference.keySet(link.column());
    return known != null && Objects.equals(known, given) && isNothingButKnown(from, longer, steps);
  }

  private static boolean returns(Reference.Link link, Set<Integer> through) {
    return link.sources().stream().anyMatch(source -> through.contains(source.number()));
  }

  private static boolean isNothingButKnown(Reference reference, Set<Integer> through, int[] steps) {
    return reference.constants().isEmpty()
        && reference.links().stream()
            .allMatch(link -> returns(link, through) || isCovered(reference, link, through, steps));
  }

  private static Set<Integer> with(Set<Integer> through, Reference reference) {
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
