package dev.turntable.simulator.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What all services of one simulator share on the way in and out: log, latency and faults. */
public final class Exchanges {
  private record ActiveRule(FaultRule rule, AtomicLong requests) {}

  private final ReceivedRequests log = new ReceivedRequests();
  private volatile Duration latency = Duration.ZERO;
  private volatile ActiveRule active = new ActiveRule(FaultRule.none(), new AtomicLong());

  /** Every request that came. */
  public ReceivedRequests log() {
    return log;
  }

  /** How long every answer waits before it is sent. */
  public Duration latency() {
    return latency;
  }

  /** Lets every answer from now on wait so long. */
  public void latency(Duration newLatency) {
    latency = newLatency;
  }

  /** Decides from now on which requests go wrong; counts them from 1. */
  public void faults(FaultRule rule) {
    active = new ActiveRule(rule, new AtomicLong());
  }

  Optional<Fault> faultFor(ReceivedRequest request) {
    ActiveRule now = active;
    return now.rule().fault(request, now.requests().incrementAndGet());
  }
}
