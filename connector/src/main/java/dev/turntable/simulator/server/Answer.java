package dev.turntable.simulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.TreeMap;

/**
 * What goes back over the wire, and how well. A service makes sound answers; a {@link Fault} may
 * change them.
 */
public final class Answer {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Delivery delivery;

  private Answer(int status, Map<String, String> headers, byte[] body, Delivery delivery) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.delivery = delivery;
  }

  /** A JSON answer with the given text as its body. */
  public static Answer json(int status, String body) {
    return json(status, body.getBytes(UTF_8));
  }

  /** An answer with any header and any body, both unchecked. */
  public static Answer of(int status, Map<String, String> headers, String body) {
    return new Answer(status, headers, body.getBytes(UTF_8), Delivery.WHOLE);
  }

  /** An answer with a JSON body. */
  public static Answer json(int status, byte[] body) {
    return new Answer(status, Map.of("Content-Type", "application/json"), body, Delivery.WHOLE);
  }

  /** The status code; recorded in the request log even when the delivery then loses it. */
  public int status() {
    return status;
  }

  /** Header names and values, without those that the server adds itself. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The body, decoded as UTF-8. */
  public String text() {
    return new String(body, UTF_8);
  }

  /** This answer with another body. */
  public Answer withText(String text) {
    return withBody(text.getBytes(UTF_8));
  }

  /** This answer with one more header. */
  public Answer withHeader(String name, String value) {
    Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, value);
    return new Answer(status, more, body, delivery);
  }

  Answer withBody(byte[] newBody) {
    return new Answer(status, headers, newBody, delivery);
  }

  Answer deliveredBy(Delivery newDelivery) {
    return new Answer(status, headers, body, newDelivery);
  }

  byte[] body() {
    return body;
  }

  Delivery delivery() {
    return delivery;
  }
}
