package dev.turntable.jdbc.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/**
 * A Handinger whose ids say how large what they stand for is: {@code tsk_a_65536_7} has a title of
 * 64 Ki letters, {@code tsk_w_…} one of letters that are no Latin-1, {@code tsk_q_…} one of quotes,
 * {@code wrk_1000000} a log of a million entries.
 */
@NullMarked
final class LargeService implements AutoCloseable {
  private static final Pattern TASK = Pattern.compile("/api/tasks/tsk_([awq])_(\\d+)_\\w+");
  private static final Pattern LOG =
      Pattern.compile("/api/workers/wrk_(\\d+)/webhook/executions\\?page=(\\d+)");
  private static final int PAGE = 50;
  private static final int PIECE = 1 << 15;
  private static final int THREADS = 64;

  static {
    // Else the end of every answer waits 40 ms for the acknowledgement of its beginning.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();

  LargeService() throws IOException {
    server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), THREADS);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns how many requests came since the last call. */
  long requests() {
    return requests.getAndSet(0);
  }

  /** Returns how many of them were writes. */
  long writes() {
    return writes.getAndSet(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      writes.addAndGet(exchange.getRequestMethod().equals("GET") ? 0 : 1);
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      String path = exchange.getRequestURI().toString();
      Matcher task = TASK.matcher(path);
      Matcher log = LOG.matcher(path);
      boolean known = task.matches() || log.matches() || exchange.getRequestMethod().equals("POST");
      if (task.matches()) {
        task(exchange, path.substring(path.lastIndexOf('/') + 1), task);
      } else if (log.matches()) {
        send(exchange, 200, log(Long.parseLong(log.group(1)), Long.parseLong(log.group(2))));
      } else if (known) {
        send(exchange, 200, "{\"id\":\"tsk_a_1_new\"}".getBytes(UTF_8));
      } else {
        send(exchange, 404, "{\"error\":\"no\"}".getBytes(UTF_8));
      }
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Sends a task piece by piece: many of them at once are larger than memory. */
  private static void task(HttpExchange exchange, String id, Matcher task) throws IOException {
    String letter =
        switch (task.group(1)) {
          case "a" -> "x";
          case "w" -> "ж";
          default -> "\\\"";
        };
    byte[] piece = letter.repeat(PIECE).getBytes(UTF_8);
    byte[] head = ("{\"task\":{\"id\":\"" + id + "\",\"title\":\"" + id).getBytes(UTF_8);
    byte[] tail =
        ("\",\"status\":\"completed\",\"createdAt\":\"2026-06-01T00:00:00.000Z\",\"triggeredBy\":"
                + "\"api\",\"workerId\":\"wrk_1\",\"totals\":{\"credits\":1,\"durationMs\":1,"
                + "\"turnCount\":0}},\"turns\":[]}")
            .getBytes(UTF_8);
    long left = Long.parseLong(task.group(2)) * (piece.length / PIECE);
    exchange.sendResponseHeaders(200, head.length + left + tail.length);
    OutputStream out = exchange.getResponseBody();
    out.write(head);
    for (; left > 0; left -= piece.length) {
      out.write(piece, 0, (int) Math.min(left, piece.length));
    }
    out.write(tail);
  }

  private static byte[] log(long total, long page) {
    StringBuilder text = new StringBuilder("{\"logs\":[");
    for (long i = (page - 1) * PAGE; i < Math.min(total, page * PAGE); i++) {
      text.append(i % PAGE == 0 ? "" : ",")
          .append("{\"id\":\"exe_")
          .append(i)
          .append("\",\"createdAt\":\"2026-06-01T00:00:00.000Z\",\"durationMs\":")
          .append(i % 997)
          .append(",\"requestStatus\":\"success\",\"responseStatus\":200,\"taskId\":\"tsk_a_10_")
          .append(i)
          .append("\",\"taskTitle\":\"Title of ")
          .append(i)
          .append("\",\"workerId\":\"wrk_")
          .append(total)
          .append("\"}");
    }
    return text.append("],\"pageCount\":")
        .append((total + PAGE - 1) / PAGE)
        .append(",\"totalCount\":")
        .append(total)
        .append('}')
        .toString()
        .getBytes(UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
