package dev.turntable.simulator.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How an answer is put on the wire. Pauses end when the simulator closes, by interruption. */
@FunctionalInterface
interface Delivery {

  void send(Wire wire, Answer answer) throws IOException, InterruptedException;

  Delivery WHOLE =
      (wire, answer) -> {
        byte[] body = answer.body();
        try (OutputStream out = wire.begin(answer, body.length)) {
          if (body.length > 0 && !wire.isHead()) {
            out.write(body);
          }
        }
      };

  Delivery CUT_BEFORE_HEADERS = (wire, answer) -> wire.cut();

  /** Half of the promised bytes, then the end of the connection. */
  Delivery CUT_IN_BODY =
      (wire, answer) -> {
        byte[] body = answer.body();
        OutputStream out = wire.begin(answer, body.length);
        out.write(body, 0, body.length / 2);
        out.flush();
        wire.cut();
      };

  static Delivery afterPause(Duration pause) {
    return (wire, answer) -> {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      WHOLE.send(wire, answer);
    };
  }

  static Delivery pauseInBody(Duration pause) {
    return (wire, answer) -> {
      byte[] body = answer.body();
      int half = body.length / 2;
      try (OutputStream out = wire.begin(answer, body.length)) {
        out.write(body, 0, half);
        out.flush();
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        out.write(body, half, body.length - half);
      }
    };
  }

  static Delivery drip(int bytes, Duration pause) {
    return (wire, answer) -> {
      byte[] body = answer.body();
      try (OutputStream out = wire.begin(answer, body.length)) {
        for (int at = 0; at < body.length; at += bytes) {
          out.write(body, at, Math.min(bytes, body.length - at));
          out.flush();
          TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
      }
    };
  }

  /** The body, then the letter {@code a} as often as is needed, in chunks and without holding it. */
  static Delivery padded(long bytes) {
    return (wire, answer) -> {
      byte[] block = "a".repeat(1 << 16).getBytes(US_ASCII);
      try (OutputStream out = wire.beginChunked(answer)) {
        out.write(answer.body());
        for (long left = bytes - answer.body().length; left > 0; left -= block.length) {
          out.write(block, 0, (int) Math.min(left, block.length));
        }
      }
    };
  }
}
