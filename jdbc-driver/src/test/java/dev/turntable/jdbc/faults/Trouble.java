package dev.turntable.jdbc.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** One way to answer wrongly. */
@FunctionalInterface
interface Trouble {
  /** What a service says in its refusals; every message must repeat it. */
  String WORDS = "the hamster of shard 7 is tired";

  /** The time between two bytes of a server that drips, and far more than a whole drip may take. */
  int SECOND = 1000;

  Map<String, String> JSON = Map.of("Content-Type", "application/json");

  void answer(Exchange exchange) throws IOException;

  /** Refuses in the service's own way. Says aloud which key it got, as careless services do. */
  static Trouble status(int status, String... headers) {
    return exchange -> {
      Map<String, String> all = new TreeMap<>(JSON);
      for (int i = 0; i < headers.length; i += 2) {
        all.put(headers[i], headers[i + 1]);
      }
      exchange.send(status, all, "{\"error\":\"" + words(exchange) + "\"}");
    };
  }

  /** Refuses as a proxy in front of the service does. */
  static Trouble page(int status) {
    return exchange ->
        exchange.send(
            status,
            Map.of("Content-Type", "text/html"),
            "<html><h1>" + words(exchange) + "</h1></html>");
  }

  private static String words(Exchange exchange) {
    return WORDS + ", you sent " + exchange.request().header("authorization");
  }

  /** Any answer at all. */
  static Trouble answer(int status, Map<String, String> headers, String body) {
    return exchange -> exchange.send(status, headers, body);
  }

  /** The right answer with something changed in its JSON. */
  static Trouble changed(UnaryOperator<String> change) {
    return exchange -> exchange.sendChanged(change.apply(exchange.success().text()));
  }

  /** The right answer under another content type. */
  static Trouble type(String type) {
    return exchange -> {
      Answer real = exchange.success();
      exchange.send(new Answer(real.status(), type, real.body()));
    };
  }

  static Trouble gzip() {
    return exchange -> {
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
        out.write(exchange.success().body());
      }
      Map<String, String> headers = new TreeMap<>(JSON);
      headers.put("Content-Encoding", "gzip");
      exchange.send(exchange.success().status(), headers, compressed.toByteArray());
    };
  }

  /** The port is closed, from now on. */
  static Trouble gone() {
    return exchange -> exchange.line().goAway();
  }

  static Trouble resetBeforeTheAnswer() {
    return Exchange::reset;
  }

  static Trouble endBeforeTheAnswer() {
    return Exchange::end;
  }

  static Trouble endInTheHeaders() {
    return exchange -> {
      exchange.write("HTTP/1.1 200 OK\r\nContent-Ty".getBytes(UTF_8));
      exchange.end();
    };
  }

  static Trouble resetInTheBody() {
    return exchange -> {
      half(exchange);
      exchange.reset();
    };
  }

  static Trouble endInTheBody() {
    return exchange -> {
      half(exchange);
      exchange.end();
    };
  }

  /** Chunks of which the last one, which marks the end, does not come. */
  static Trouble endBeforeTheLastChunk() {
    return exchange -> {
      byte[] body = exchange.success().body();
      Map<String, String> chunked = Map.of("Transfer-Encoding", "chunked");
      exchange.write(headWithoutLength(chunked));
      exchange.write((Integer.toHexString(body.length) + "\r\n").getBytes(UTF_8));
      exchange.write(body);
      exchange.write("\r\n".getBytes(UTF_8));
      exchange.end();
    };
  }

  private static byte[] headWithoutLength(Map<String, String> headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
    JSON.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head.append("\r\n").toString().getBytes(UTF_8);
  }

  private static void half(Exchange exchange) throws IOException {
    byte[] body = exchange.success().body();
    exchange.sendHead(200, JSON, body.length);
    exchange.write(Arrays.copyOf(body, body.length / 2));
  }

  static Trouble hangBeforeTheAnswer() {
    return exchange -> exchange.isGivenUpWithin(0);
  }

  static Trouble hangInTheBody() {
    return exchange -> {
      half(exchange);
      exchange.isGivenUpWithin(0);
    };
  }

  /** The right answer, a byte a second. */
  static Trouble drip() {
    return exchange -> {
      byte[] body = exchange.success().body();
      exchange.sendHead(200, JSON, body.length);
      for (byte each : body) {
        exchange.write(new byte[] {each});
        if (exchange.isGivenUpWithin(SECOND)) {
          return;
        }
      }
    };
  }

  /** The right answer with so many megabytes in a field that nobody knows. */
  static Trouble large(int megabytes) {
    return exchange -> {
      byte[] body = exchange.success().body();
      byte[] filler = new byte[1 << 20];
      Arrays.fill(filler, (byte) 'a');
      byte[] begin = "{\"filler\":\"".getBytes(UTF_8);
      byte[] end = "\",".getBytes(UTF_8);
      long length = begin.length + (long) megabytes * filler.length + end.length + body.length - 1;
      exchange.sendHead(200, JSON, length);
      exchange.write(begin);
      for (int i = 0; i < megabytes; i++) {
        exchange.write(filler);
      }
      exchange.write(end);
      exchange.write(Arrays.copyOfRange(body, 1, body.length));
    };
  }
}
