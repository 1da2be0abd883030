package dev.turntable.jdbc.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Right answers that are cut, or changed, at one byte. */
final class Damage {
  private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":");

  private Damage() {}

  /** How a body ends too early. */
  enum Cut {
    /** The connection ends within a body whose length was told. */
    END,
    /** It is reset there. */
    RESET,
    /** It ends within a chunk, so that neither its end nor the last one comes. */
    CHUNK,
    /** It ends between two chunks, so that only the last one, which is empty, is missing. */
    LAST_CHUNK,
    /** The body is packed, and its length was told. */
    PACKED,
    /** The length that is told is that of the part: nothing but the JSON tells that it is one. */
    LENGTH,
    /** The same, packed: where it is unpacked it is known to be a part. */
    PACKED_LENGTH;

    /** Whether it is seen before the JSON is, so that the service is asked again. */
    boolean isOfTheNetwork() {
      return this != LENGTH;
    }

    /** Returns the trouble of ending after that share of a body, which is less than 1. */
    Trouble after(double share) {
      return exchange -> {
        byte[] plain = exchange.success().body();
        boolean packed = this == PACKED || this == PACKED_LENGTH;
        byte[] body = packed ? packed(plain) : plain;
        byte[] part = Arrays.copyOf(body, (int) (body.length * share));
        Map<String, String> headers = new TreeMap<>(Trouble.JSON);
        if (packed) {
          headers.put("Content-Encoding", "gzip");
        }
        switch (this) {
          case LENGTH, PACKED_LENGTH -> exchange.send(200, headers, part);
          case CHUNK, LAST_CHUNK -> {
            int told = this == CHUNK ? body.length : part.length;
            String head =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
            exchange.write(
                (head + Integer.toHexString(Math.max(1, told)) + "\r\n").getBytes(UTF_8));
            exchange.write(part);
            exchange.write((this == CHUNK || part.length == 0 ? "" : "\r\n").getBytes(UTF_8));
            exchange.end();
          }
          case END, PACKED, RESET -> {
            exchange.sendHead(200, headers, body.length);
            exchange.write(part);
            if (this == RESET) {
              exchange.reset();
            } else {
              exchange.end();
            }
          }
        }
      };
    }
  }

  private static byte[] packed(byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(body);
    }
    return packed.toByteArray();
  }

  /** Sends the right answer packed, one byte of which is another one. */
  static Trouble changedWhenPacked(long seed) {
    return exchange -> {
      Random own = new Random(seed);
      byte[] body = packed(exchange.success().body());
      change(body, own.nextInt(body.length), own);
      Map<String, String> headers = new TreeMap<>(Trouble.JSON);
      headers.put("Content-Encoding", "gzip");
      exchange.send(200, headers, body);
    };
  }

  /**
   * A body of which one byte is another one.
   *
   * @param member the JSON member that it is of, in its name or in its value; empty if it is of none
   * @param at where
   */
  record Changed(byte[] right, byte[] body, String member, int at) {
    boolean isInName() {
      int begin = text(right).lastIndexOf('"' + member + '"', at);
      return begin >= 0 && at < begin + member.length() + 2;
    }

    @Override
    public String toString() {
      int from = Math.max(0, at - 25);
      return part(right, from) + " became " + part(body, from);
    }

    private String part(byte[] all, int from) {
      return text(all).substring(from, Math.min(all.length, at + 12)).replace('\n', ' ');
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /**
   * Changes one byte of a body: of a member drawn from its names, so that what there is once, such as
   * a cursor, is hit as often as what each row has.
   */
  static Changed changed(byte[] right, Random random) {
    Map<String, List<int[]>> places = new LinkedHashMap<>();
    Matcher member = MEMBER.matcher(text(right));
    String name = "";
    int begin = 0;
    while (member.find()) {
      add(places, name, begin, member.start());
      name = member.group(1);
      begin = member.start();
    }
    add(places, name, begin, right.length);
    List<String> names = List.copyOf(places.keySet());
    String chosen = names.get(random.nextInt(names.size()));
    int[] place = places.get(chosen).get(random.nextInt(places.get(chosen).size()));
    int at = place[0] + random.nextInt(place[1] - place[0]);
    byte[] body = right.clone();
    change(body, at, random);
    return new Changed(right, body, chosen, at);
  }

  private static void add(Map<String, List<int[]>> places, String name, int begin, int end) {
    if (begin < end) {
      places.computeIfAbsent(name, any -> new ArrayList<>()).add(new int[] {begin, end});
    }
  }

  /** A bit falls over, or several do; often a letter or a digit becomes another one. */
  private static void change(byte[] body, int at, Random random) {
    body[at] ^=
        switch (random.nextInt(4)) {
          case 0 -> (byte) (1 << random.nextInt(8));
          case 1 -> (byte) (1 + random.nextInt(255));
          default -> (byte) (1 << random.nextInt(3));
        };
  }
}
