package dev.turntable.jdbc.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire.
 *
 * @param target path and query, without the prefix of the line
 * @param headers by name in lower case
 */
record Received(String method, String target, Map<String, String> headers, byte[] body) {
  /** Two line ends. */
  private static final int END = 0x0D0A0D0A;

  /**
   * Reads one request; null if the client has closed the connection instead, or means another line,
   * which is closed and whose port this one was given.
   */
  static @Nullable Received read(InputStream in, String prefix) throws IOException {
    String head = head(in);
    if (head == null) {
      return null;
    }
    String[] lines = head.split("\r\n");
    String[] first = lines[0].split(" ");
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    String target = first[1];
    boolean mine = target.startsWith(prefix + "/");
    if (!mine && target.startsWith(Line.PREFIX)) {
      return null;
    }
    return new Received(first[0], mine ? target.substring(prefix.length()) : target, headers, body);
  }

  private static @Nullable String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.write(next);
      last = last << 8 | next;
      if (last == END) {
        return head.toString(ISO_8859_1);
      }
    }
    return null;
  }

  String line() {
    return method + " " + target;
  }

  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Returns a header, empty if it did not come. */
  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }
}
