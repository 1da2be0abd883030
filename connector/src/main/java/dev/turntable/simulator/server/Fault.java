package dev.turntable.simulator.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/**
 * One way to answer badly: what is sent instead of the real answer.
 *
 * <p>A fault that takes the real answer makes the service act; one that does not leaves the service
 * untouched, as if the request had never reached it. {@link #afterActing} turns the second kind into
 * the first: the write happens and its answer is lost.
 *
 * <p>One thing the JDK's server cannot do is to cut the connection inside the headers.
 */
@FunctionalInterface
public interface Fault {

  /**
   * The answer to send.
   *
   * @param real lets the service act, once however often it is called, and gives its answer
   */
  Answer answer(Supplier<Answer> real);

  /** The service's own kind of error: {@code {"error": "…"}} under the given status. */
  static Fault status(int status) {
    return status(status, Map.of());
  }

  /** As {@link #status(int)} with more headers, for example {@code Retry-After}. */
  static Fault status(int status, Map<String, String> headers) {
    String body = "{\"error\":\"simulated failure with status " + status + "\"}";
    return real -> {
      Answer answer = Answer.json(status, body);
      for (Map.Entry<String, String> header : headers.entrySet()) {
        answer = answer.withHeader(header.getKey(), header.getValue());
      }
      return answer;
    };
  }

  /** Any status, headers and body. */
  static Fault answer(int status, Map<String, String> headers, String body) {
    return real -> Answer.of(status, headers, body);
  }

  /** A redirect (301, 302, 303, 307 or 308) to another place. */
  static Fault redirect(int status, String location) {
    return answer(status, Map.of("Location", location), "");
  }

  /** 200 and {@code application/json}, but the body is not JSON. */
  static Fault garbage() {
    return answer(
        200, Map.of("Content-Type", "application/json"), "<!doctype html>{\"task\": oops");
  }

  /** 200 with a JSON string that goes on and on, made while it is sent. */
  static Fault hugeBody(long bytes) {
    return real -> Answer.json(200, "{\"task\":{\"title\":\"").deliveredBy(Delivery.padded(bytes));
  }

  /** The connection ends before a byte of the answer; the service does nothing. */
  static Fault cutBeforeHeaders() {
    return real -> Answer.json(200, "").deliveredBy(Delivery.CUT_BEFORE_HEADERS);
  }

  /** Acts, then sends headers with the full length, half of the body, and ends the connection. */
  static Fault cutInBody() {
    return real -> real.get().deliveredBy(Delivery.CUT_IN_BODY);
  }

  /** Acts, then sends half of the JSON as if it were all: only the JSON is broken, not HTTP. */
  static Fault truncatedJson() {
    return real -> {
      Answer answer = real.get();
      return answer.withText(answer.text().substring(0, answer.text().length() / 2));
    };
  }

  /** Acts, then stays silent for the time, then answers. */
  static Fault hangBeforeHeaders(Duration time) {
    return real -> real.get().deliveredBy(Delivery.afterPause(time));
  }

  /** Acts, then sends half of the body, stays silent for the time, and sends the rest. */
  static Fault hangInBody(Duration time) {
    return real -> real.get().deliveredBy(Delivery.pauseInBody(time));
  }

  /** Acts, then sends the body in small pieces with a pause after each. */
  static Fault drip(int bytes, Duration pause) {
    return real -> real.get().deliveredBy(Delivery.drip(bytes, pause));
  }

  /** Acts, then sends the answer compressed, whether the client asked for that or not. */
  static Fault gzip() {
    return real -> {
      Answer answer = real.get();
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
        out.write(answer.body());
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory", e);
      }
      return answer.withBody(compressed.toByteArray()).withHeader("Content-Encoding", "gzip");
    };
  }

  /** The service acts, then the given fault happens: a write that was done and looks as if not. */
  static Fault afterActing(Fault fault) {
    return real -> {
      Answer acted = real.get();
      return fault.answer(() -> acted);
    };
  }
}
