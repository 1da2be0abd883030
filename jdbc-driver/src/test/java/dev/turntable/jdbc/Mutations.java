package dev.turntable.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Makes odd inputs out of good ones; the same seed makes the same inputs. */
final class Mutations {
  private static final List<String> ODD =
      List.of(
          "'",
          "\"",
          "\"\"",
          ";",
          "=",
          "(",
          ")",
          "[",
          "{",
          "}",
          ",",
          ":",
          "\\",
          "%",
          "\0",
          "\n",
          "-",
          "1e999",
          "-9223372036854775808",
          "null",
          "NULL",
          "💥",
          "\u0130",
          "?",
          "*",
          "..",
          "@",
          " AND ",
          " IS NOT NULL",
          " ORDER BY 1",
          " OVER ()",
          "SELECT ",
          "CAST(",
          "99999999999999");

  private final Random random;
  private final List<byte[]> seeds;

  Mutations(List<byte[]> seeds, long seed) {
    this.seeds = seeds;
    this.random = new Random(seed);
  }

  byte[] next() {
    byte[] bytes = seeds.get(random.nextInt(seeds.size()));
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      bytes = changed(bytes);
    }
    return bytes;
  }

  private byte[] changed(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(8));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    switch (random.nextInt(5)) {
      case 0 -> out.writeBytes(ODD.get(random.nextInt(ODD.size())).getBytes(UTF_8));
      case 1 -> out.write(random.nextInt(256));
      case 2 -> out.write(bytes, from, to - from); // once more
      case 3 -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int start = random.nextInt(other.length + 1);
        out.write(other, start, random.nextInt(other.length - start + 1));
      }
      default -> from = to; // left out
    }
    out.write(bytes, from, bytes.length - from);
    return out.toByteArray();
  }
}
