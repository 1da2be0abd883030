package dev.turntable.handinger;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.security.SecureRandom;
import java.util.Base64;

/** Ids of tasks and workers: opaque, case-sensitive texts. */
final class Ids {
  private static final int RANDOM_BYTES = 16;

  private Ids() {}

  /** Apart, since only INSERT needs it and it takes a new JVM a hundredth of a second. */
  private static final class RandomSource {
    static final SecureRandom RANDOM = new SecureRandom();
  }

  /** Returns whether an id can exist: the service could not tell these from another path. */
  static boolean isPossible(Object id) {
    return id instanceof String text && !text.isEmpty() && !text.equals(".") && !text.equals("..");
  }

  /**
   * Returns an id that is to be written.
   *
   * @throws TurntableException if it cannot exist
   */
  static String checked(String table, String column, Object id) {
    if (!isPossible(id)) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE, table + ": '" + id + "' cannot be the value of " + column);
    }
    return (String) id;
  }

  /** Returns a new task id: {@code tsk_} and 22 characters, 128 random bits. */
  static String newTaskId() {
    byte[] bytes = new byte[RANDOM_BYTES];
    RandomSource.RANDOM.nextBytes(bytes);
    return "tsk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
