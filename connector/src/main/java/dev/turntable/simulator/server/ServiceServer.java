package dev.turntable.simulator.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One service on one port of 127.0.0.1. */
public final class ServiceServer {
  private static final int BACKLOG = 1024;

  private final SimulatedService service;
  private final Exchanges shared;
  private final HttpServer server;

  private ServiceServer(SimulatedService service, Exchanges shared, HttpServer server) {
    this.service = service;
    this.shared = shared;
    this.server = server;
  }

  /**
   * Starts to answer.
   *
   * @param port 0 for any free one
   * @param threads its threads must be daemons
   */
  public static ServiceServer start(
      SimulatedService service, int port, Exchanges shared, ExecutorService threads)
      throws IOException {
    // Read once, when the JDK loads its server: without it, a body may wait 40 ms until its headers
    // are
    // acknowledged. If it is set, somebody had a reason.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer http = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
    ServiceServer server = new ServiceServer(service, shared, http);
    http.createContext("/", server::handle);
    http.setExecutor(threads);
    // The server's own thread is a daemon only if a daemon starts it; else a program that forgets
    // to close the demo would never end.
    try {
      threads.submit(http::start).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting", e);
    }
    return server;
  }

  /** The service's name. */
  public String name() {
    return service.name();
  }

  /** The base URL that a client of the service is given, without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + service.basePath();
  }

  /** Ends all connections. */
  public void stop() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      ServiceRequest request = ServiceRequest.read(exchange);
      ReceivedRequest received =
          ReceivedRequest.of(service.name(), request, exchange.getRemoteAddress().getPort());
      ReceivedRequests.Slot slot = shared.log().add(received);
      Supplier<Answer> real = new Once(() -> act(request));
      Answer answer = shared.faultFor(received).map(fault -> fault.answer(real)).orElseGet(real);
      if (!shared.latency().isZero()) {
        TimeUnit.NANOSECONDS.sleep(shared.latency().toNanos());
      }
      slot.answered(answer.status());
      answer.delivery().send(new Wire(exchange), answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer act(ServiceRequest request) {
    try {
      return service.handle(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.json(503, JsonBody.member("error", "The simulator is closing"));
    } catch (RuntimeException e) {
      // A mistake of the simulator itself: shown, or a test would see only a lost connection.
      return Answer.json(500, JsonBody.member("error", "Mistake in the simulator: " + e));
    }
  }

  /** Asks once and remembers; used by one thread. */
  private static final class Once implements Supplier<Answer> {
    private final Supplier<Answer> source;
    private @Nullable Answer answer;

    Once(Supplier<Answer> source) {
      this.source = source;
    }

    @Override
    public Answer get() {
      Answer known = answer;
      if (known == null) {
        known = source.get();
        answer = known;
      }
      return known;
    }
  }
}
