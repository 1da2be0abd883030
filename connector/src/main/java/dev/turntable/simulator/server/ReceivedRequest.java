package dev.turntable.simulator.server;

import java.util.ArrayList;
import java.util.List;

/**
 * A request that the simulator got. Never holds a credential.
 *
 * @param service the name of the service that was asked
 * @param target path and query as sent
 * @param hadAuthorization whether an {@code Authorization} header came along
 * @param contentType of the body, empty without the header
 * @param userAgent empty without the header
 * @param body the body as text, empty if there was none
 * @param clientPort the client's end of the connection; requests with the same one shared it
 * @param status of the answer, 0 while there is none; it stands here before the client can see it
 * @param startNanos {@link System#nanoTime()} when the request had been read
 * @param endNanos the same when the answer was about to be sent; 0 while there is none
 */
public record ReceivedRequest(
    String service,
    String method,
    String target,
    boolean hadAuthorization,
    String contentType,
    String userAgent,
    String body,
    int clientPort,
    int status,
    long startNanos,
    long endNanos) {

  /** One that is not answered yet. */
  static ReceivedRequest of(String service, ServiceRequest request, int clientPort) {
    return new ReceivedRequest(
        service,
        request.method(),
        request.target(),
        request.header("Authorization").isPresent(),
        request.header("Content-Type").orElse(""),
        request.header("User-Agent").orElse(""),
        request.body(),
        clientPort,
        0,
        System.nanoTime(),
        0);
  }

  /** Path without the query. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** {@code GET /api/tasks/x}, the form that assertions read best. */
  public String line() {
    return method + " " + target;
  }

  /** How many of the requests, all of them answered, were at most under way at one moment. */
  public static int peakConcurrency(List<ReceivedRequest> requests) {
    List<long[]> edges = new ArrayList<>();
    for (ReceivedRequest request : requests) {
      edges.add(new long[] {request.startNanos, 1});
      edges.add(new long[] {request.endNanos, -1});
    }
    // nanoTime may be negative and may wrap, so only differences count.
    edges.sort((a, b) -> a[0] == b[0] ? Long.compare(a[1], b[1]) : Long.signum(a[0] - b[0]));
    int now = 0;
    int peak = 0;
    for (long[] edge : edges) {
      now += (int) edge[1];
      peak = Math.max(peak, now);
    }
    return peak;
  }

  ReceivedRequest answered(int newStatus) {
    return new ReceivedRequest(
        service,
        method,
        target,
        hadAuthorization,
        contentType,
        userAgent,
        body,
        clientPort,
        newStatus,
        startNanos,
        System.nanoTime());
  }
}
