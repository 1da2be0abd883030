package dev.turntable.jdbc.faults;

import java.util.Set;
import java.util.TreeSet;

/**
 * In what a statement may end.
 *
 * @param complete whether in the complete, right answer
 * @param withoutSomeKeys whether in one that lacks all rows of some keys, where the service itself
 *     says that there is no such thing
 * @param states in an exception with one of these SQLStates
 */
record Outcome(boolean complete, boolean withoutSomeKeys, Set<String> states) {
  static final Outcome COMPLETE = new Outcome(true, false, Set.of());
  static final Outcome WITHOUT_SOME_KEYS = new Outcome(true, true, Set.of());

  static Outcome fails(String... states) {
    return new Outcome(false, false, Set.of(states));
  }

  /** What may come of this and another one in the same statement. */
  Outcome and(Outcome other) {
    Outcome either = or(other);
    return new Outcome(complete && other.complete, either.withoutSomeKeys, either.states);
  }

  Outcome or(Outcome other) {
    Set<String> all = new TreeSet<>(states);
    all.addAll(other.states);
    return new Outcome(complete || other.complete, withoutSomeKeys || other.withoutSomeKeys, all);
  }
}
