package dev.turntable.simulator.server;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Decides which requests go wrong, and how. Called from many threads at once. */
@FunctionalInterface
public interface FaultRule {

  /**
   * The fault for a request, or empty to answer it properly.
   *
   * @param request what came, its status still 0
   * @param ordinal 1 for the first request of any service since the rule was set
   */
  Optional<Fault> fault(ReceivedRequest request, long ordinal);

  /** Everything is answered properly. */
  static FaultRule none() {
    return (request, ordinal) -> Optional.empty();
  }

  /** Every request goes wrong. */
  static FaultRule always(Fault fault) {
    return (request, ordinal) -> Optional.of(fault);
  }

  /** The first {@code count} requests go wrong. */
  static FaultRule first(long count, Fault fault) {
    return first(count, request -> true, fault);
  }

  /** The first {@code count} requests of the kind go wrong. */
  static FaultRule first(long count, Predicate<ReceivedRequest> kind, Fault fault) {
    AtomicLong seen = new AtomicLong();
    return when(request -> kind.test(request) && seen.incrementAndGet() <= count, fault);
  }

  /** Only the request with this ordinal goes wrong. */
  static FaultRule nth(long ordinal, Fault fault) {
    return (request, at) -> at == ordinal ? Optional.of(fault) : Optional.empty();
  }

  /** Every request of the kind goes wrong. */
  static FaultRule when(Predicate<ReceivedRequest> kind, Fault fault) {
    return (request, ordinal) -> kind.test(request) ? Optional.of(fault) : Optional.empty();
  }

  /** This rule, and where it finds nothing wrong the other. */
  default FaultRule or(FaultRule other) {
    return (request, ordinal) -> fault(request, ordinal).or(() -> other.fault(request, ordinal));
  }
}
