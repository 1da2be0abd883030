package dev.turntable.simulator.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** The line back to one client. */
record Wire(HttpExchange exchange) {

  /** Sends status and headers and promises so many bytes. */
  OutputStream begin(Answer answer, int length) throws IOException {
    // To the JDK server a length of 0 means chunks and -1 means no body.
    return begin(answer, length == 0 || isHead() ? -1L : length);
  }

  /** Sends status and headers and promises a body in chunks. */
  OutputStream beginChunked(Answer answer) throws IOException {
    return begin(answer, isHead() ? -1L : 0L);
  }

  private OutputStream begin(Answer answer, long length) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), length);
    return exchange.getResponseBody();
  }

  boolean isHead() {
    return exchange.getRequestMethod().equals("HEAD");
  }

  /** Cuts the connection off. What was flushed before still arrives, as far as the client reads. */
  void cut() {
    exchange.close();
  }
}
