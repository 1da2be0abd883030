package dev.turntable.simulator;

import dev.turntable.simulator.handinger.HandingerService;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.rightbrain.RightbrainService;
import dev.turntable.simulator.rightbrain.RightbrainState;
import dev.turntable.simulator.server.Exchanges;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.simulator.server.ServiceServer;
import dev.turntable.simulator.server.SimulatedService;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Running simulated services, each on a port of its own of 127.0.0.1. Safe for use by many threads.
 * Its threads are daemons.
 */
public final class Simulator implements AutoCloseable {
  private static final AtomicInteger THREADS = new AtomicInteger();

  private final Exchanges exchanges = new Exchanges();
  private final ExecutorService threads = Executors.newCachedThreadPool(Simulator::daemon);
  private final List<ServiceServer> servers = new ArrayList<>();
  private final HandingerState handinger;
  private final RightbrainService rightbrain;

  private Simulator(SimulatorOptions options) throws IOException {
    handinger = new HandingerState(options.handinger, options.seed, options.now);
    rightbrain = new RightbrainService(options.rightbrain, options.seed, options.now);
    try {
      start(new HandingerService(handinger), options.handinger.port());
      start(rightbrain, options.rightbrain.port());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts with the default options. */
  public static Simulator start() throws IOException {
    return start(SimulatorOptions.defaults());
  }

  /**
   * Starts every service.
   *
   * @throws IOException if the port is taken
   */
  public static Simulator start(SimulatorOptions options) throws IOException {
    return new Simulator(options);
  }

  private void start(SimulatedService service, int port) throws IOException {
    servers.add(ServiceServer.start(service, port, exchanges, threads));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "turntable-simulator-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** Base URL of a service by its name, without a slash at the end. */
  public String url(String service) {
    return servers.stream()
        .filter(server -> server.name().equals(service))
        .map(ServiceServer::url)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No service " + service));
  }

  /** Base URL of Handinger, for example {@code http://127.0.0.1:40123}. */
  public String handingerUrl() {
    return url(HandingerService.NAME);
  }

  /** Handinger's data and switches. */
  public HandingerState handinger() {
    return handinger;
  }

  /** Base URL of Rightbrain, for example {@code http://127.0.0.1:40124/api/v1}. */
  public String rightbrainUrl() {
    return url(RightbrainService.NAME);
  }

  /** Where Rightbrain's OAuth clients get their tokens, on the port of {@link #rightbrainUrl}. */
  public String rightbrainTokenUrl() {
    String url = rightbrainUrl();
    return url.substring(0, url.length() - RightbrainService.BASE.length()) + "/oauth2/token";
  }

  /** Rightbrain's data and switches. */
  public RightbrainState rightbrain() {
    return rightbrain.state();
  }

  /** Time that every answer waits before it is sent; zero at the start. */
  public void latency(Duration latency) {
    exchanges.latency(latency);
  }

  /** Replaces the rule that decides which requests go wrong; its ordinals start at 1 again. */
  public void faults(FaultRule rule) {
    exchanges.faults(rule);
  }

  /** The requests in the order of their arrival, of all services; at most the latest 50,000. */
  public List<ReceivedRequest> requests() {
    return exchanges.log().list();
  }

  /** How many requests came, also those that {@link #requests} dropped. */
  public long requestCount() {
    return exchanges.log().count();
  }

  /** Forgets the requests so far and counts from 0. */
  public void clearRequests() {
    exchanges.log().clear();
  }

  /** Ends all connections, hanging ones too. */
  @Override
  public void close() {
    threads.shutdownNow();
    servers.forEach(ServiceServer::stop);
  }
}
