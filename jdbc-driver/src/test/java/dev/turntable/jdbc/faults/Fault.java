package dev.turntable.jdbc.faults;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fault and in what a statement must end that meets it.
 *
 * @param name what goes wrong
 * @param trouble makes the wrong answers of one case
 * @param once where one request goes wrong; null where it cannot be one only
 * @param lasting where all requests from one on go wrong; null where the first is the last anyway
 * @param hasWords whether the service says why, so that the message must say it too
 * @param settings connection properties of its own
 * @param queryTimeout seconds, 0 for none
 * @param isLarge whether only few cases may run at once
 */
record Fault(
    String name,
    Supplier<Trouble> trouble,
    @Nullable Function<Reading, Outcome> once,
    @Nullable Function<Reading, Outcome> lasting,
    boolean hasWords,
    Map<String, String> settings,
    int queryTimeout,
    boolean isLarge) {

  static Fault of(String name, Trouble trouble) {
    return of(name, () -> trouble);
  }

  static Fault of(String name, Supplier<Trouble> trouble) {
    Function<Reading, Outcome> same = reading -> Outcome.COMPLETE;
    return new Fault(name, trouble, same, same, false, Map.of(), 0, false);
  }

  Fault once(Outcome outcome) {
    return once(reading -> outcome);
  }

  Fault once(Function<Reading, Outcome> outcome) {
    return new Fault(name, trouble, outcome, lasting, hasWords, settings, queryTimeout, isLarge);
  }

  Fault lasting(Outcome outcome) {
    return lasting(reading -> outcome);
  }

  Fault lasting(Function<Reading, Outcome> outcome) {
    return new Fault(name, trouble, once, outcome, hasWords, settings, queryTimeout, isLarge);
  }

  /** The statement fails at once. */
  Fault fails(String... states) {
    return once(Outcome.fails(states)).atOnce();
  }

  /** The first is the last request. */
  Fault atOnce() {
    return new Fault(name, trouble, once, null, hasWords, settings, queryTimeout, isLarge);
  }

  /** A further attempt makes it good; where none does, the statement fails. */
  Fault passes(String... statesIfNot) {
    return once(Outcome.COMPLETE).lasting(Outcome.fails(statesIfNot));
  }

  Fault neverPasses() {
    return new Fault(name, trouble, null, lasting, hasWords, settings, queryTimeout, isLarge);
  }

  Fault withWords() {
    return new Fault(name, trouble, once, lasting, true, settings, queryTimeout, isLarge);
  }

  Fault with(Map<String, String> more) {
    return new Fault(name, trouble, once, lasting, hasWords, more, queryTimeout, isLarge);
  }

  Fault withQueryTimeout(int seconds) {
    return new Fault(name, trouble, once, lasting, hasWords, settings, seconds, isLarge);
  }

  Fault large() {
    return new Fault(name, trouble, once, lasting, hasWords, settings, queryTimeout, true);
  }
}
