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
  private static final int PIECE = 1 << 13;
  private static final int THREADS = 64;

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
      exchange.sendResponseHeaders(known ? 200 : 404, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        if (task.matches()) {
          task(out, path.substring(path.lastIndexOf('/') + 1), task);
        } else if (log.matches()) {
          out.write(log(Long.parseLong(log.group(1)), Long.parseLong(log.group(2))));
        } else {
          out.write((known ? "{\"id\":\"tsk_a_1_new\"}" : "{\"error\":\"no\"}").getBytes(UTF_8));
        }
      }
    }
  }

  private static void task(OutputStream out, String id, Matcher task) throws IOException {
    String letter =
        switch (task.group(1)) {
          case "a" -> "x";
          case "w" -> "ж";
          default -> "\\\"";
        };
    out.write(("{\"task\":{\"id\":\"" + id + "\",\"title\":\"" + id).getBytes(UTF_8));
    byte[] piece = letter.repeat(PIECE).getBytes(UTF_8);
    int length = Integer.parseInt(task.group(2));
    for (int i = 0; i < length / PIECE; i++) {
      out.write(piece);
    }
    out.write(letter.repeat(length % PIECE).getBytes(UTF_8));
    out.write(
        ("\",\"status\":\"completed\",\"createdAt\":\"2026-06-01T00:00:00.000Z\",\"triggeredBy\":"
                + "\"api\",\"workerId\":\"wrk_1\",\"totals\":{\"credits\":1,\"durationMs\":1,"
                + "\"turnCount\":0}},\"turns\":[]}")
            .getBytes(UTF_8));
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
