package dev.turntable.examples.toys;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The workshop itself, on 127.0.0.1: {@code GET /orders}, {@code GET /orders/{id}} and {@code GET
 * /deliveries}. The list of orders leaves out the archived ones.
 */
public final class ToyServer implements AutoCloseable {
  private static final List<String> TOYS = List.of("top", "kite", "train");
  private static final Instant FIRST = Instant.parse("2026-03-01T08:00:00Z");

  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<Integer> archived = ConcurrentHashMap.newKeySet();
  private final int orders;

  private ToyServer(HttpServer server, int orders) {
    this.server = server;
    this.orders = orders;
  }

  /** Starts a workshop with so many orders, of which every fifth is delivered. */
  public static ToyServer start(int orders) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ToyServer toys = new ToyServer(http, orders);
    http.createContext("/orders", toys::answer);
    http.createContext("/deliveries", toys::deliveries);
    http.start();
    return toys;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Takes an order out of the list; who asks for it by its id still gets it. */
  public void archive(int order) {
    archived.add(order);
  }

  /** Returns what was asked for so far, and forgets it. */
  public List<String> takeRequests() {
    List<String> taken = List.copyOf(requests);
    requests.clear();
    return taken;
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestURI().toString());
    String path = exchange.getRequestURI().getPath().substring("/orders".length());
    String found = path.isEmpty() ? list(exchange) : order(Integer.parseInt(path.substring(1)));
    send(
        exchange,
        found.isEmpty() ? 404 : 200,
        found.isEmpty() ? "{\"error\": \"there is no such order\"}" : found);
  }

  private void deliveries(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestURI().toString());
    String all =
        IntStream.rangeClosed(1, orders / 5)
            .mapToObj(id -> "{\"id\": \"%d\", \"order_id\": \"%d\"}".formatted(id, 5 * id))
            .collect(Collectors.joining(",", "[", "]"));
    send(exchange, 200, all);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, 0);
    exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
    exchange.close();
  }

  private String list(HttpExchange exchange) {
    Map<String, String> asked = new HashMap<>();
    for (String pair : exchange.getRequestURI().getQuery().split("&", -1)) {
      asked.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return IntStream.rangeClosed(1 + Integer.parseInt(asked.getOrDefault("after", "0")), orders)
        .filter(id -> !archived.contains(id))
        .filter(id -> asked.getOrDefault("toy", toy(id)).equals(toy(id)))
        .limit(Long.parseLong(asked.get("limit")))
        .mapToObj(this::order)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private String order(int id) {
    Instant ordered = FIRST.plus(Duration.ofHours(id));
    return id < 1 || id > orders
        ? ""
        : "{\"id\": \"%d\", \"toy\": \"%s\", \"minutes\": %d, \"ordered\": \"%s\"}"
            .formatted(id, toy(id), 10 * (id % 7), ordered);
  }

  private static String toy(int id) {
    return TOYS.get(id % TOYS.size());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
