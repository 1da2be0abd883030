package dev.turntable.rightbrain;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Ids: 36 lower-case characters in the form of a UUID. In truth they are ULIDs, whose first 48 bits
 * are the milliseconds since 1970 at which the id was made.
 */
final class Ids {
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private Ids() {}

  /** Returns whether a row can have an id. */
  static boolean isPossible(Object id) {
    return id instanceof String text && UUID.matcher(text).matches();
  }

  /** Returns whether the service takes an id, which it does in upper case too. */
  static boolean isAccepted(Object id) {
    return id instanceof String text && isPossible(text.toLowerCase(Locale.ROOT));
  }

  /**
   * Returns an id that is to be written.
   *
   * @throws TurntableException if it cannot exist
   */
  static String checked(String table, String column, Object id) {
    if (!isAccepted(id)) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          table + ": '" + id + "' cannot be the value of " + column + ", which is a UUID");
    }
    return (String) id;
  }

  /** Returns when an id was made, as far as it is a ULID. */
  static Instant time(String id) {
    return Instant.ofEpochMilli(Long.parseLong(id.substring(0, 8) + id.substring(9, 13), 16));
  }
}
