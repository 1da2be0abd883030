package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Dice;
import java.util.Locale;
import java.util.regex.Pattern;

/** Ids in Rightbrain's style: a ULID (48 bits of milliseconds, 80 random bits) spelled as a UUID. */
final class RightbrainIds {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private RightbrainIds() {}

  static String ulid(long millis, Dice dice) {
    return spell((millis << 16) | (dice.next() & 0xFFFF), dice.next());
  }

  /** An ordinary version 4 UUID, as language models have. */
  static String random(Dice dice) {
    long high = (dice.next() & ~0xF000L) | 0x4000L;
    return spell(high, (dice.next() & 0x3FFFFFFFFFFFFFFFL) | Long.MIN_VALUE);
  }

  static boolean isUuid(String text) {
    return UUID.matcher(text).matches();
  }

  /** The milliseconds in the first 48 bits. */
  static long millis(String id) {
    return Long.parseLong(id.substring(0, 8) + id.substring(9, 13), 16);
  }

  static String normal(String id) {
    return id.toLowerCase(Locale.ROOT);
  }

  private static String spell(long high, long low) {
    StringBuilder id = new StringBuilder(36);
    hex(id, high);
    hex(id, low);
    return id.insert(8, '-').insert(13, '-').insert(18, '-').insert(23, '-').toString();
  }

  private static void hex(StringBuilder out, long bits) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      out.append(Character.forDigit((int) (bits >>> shift) & 0xF, 16));
    }
  }
}
