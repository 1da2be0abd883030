package dev.turntable.simulator;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What all services of one simulator share on the way in and out: log, latency and faults. */
final class Exchanges {
  private record ActiveRule(FaultRule rule, AtomicLong requests) {}

  private final RequestLog log = new RequestLog();
  private volatile Duration latency = Duration.ZERO;
  private volatile ActiveRule active = new ActiveRule(FaultRule.none(), new AtomicLong());

  RequestLog log() {
    return log;
  }

  Duration latency() {
    return latency;
  }

  void latency(Duration newLatency) {
    latency = newLatency;
  }

  void faults(FaultRule rule) {
    active = new ActiveRule(rule, new AtomicLong());
  }

  Optional<Fault> faultFor(ReceivedRequest request) {
    ActiveRule now = active;
    return now.rule().fault(request, now.requests().incrementAndGet());
  }
}
