package dev.turntable.jdbc.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A sound answer of a service.
 *
 * @param status the HTTP status
 * @param type the content type, empty if there is none
 * @param body the body
 */
record Answer(int status, String type, byte[] body) {
  String text() {
    return new String(body, UTF_8);
  }
}
