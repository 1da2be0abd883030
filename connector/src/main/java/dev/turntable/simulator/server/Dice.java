package dev.turntable.simulator.server;

import java.util.List;

/**
 * Repeatable chance: SplitMix64, so that every JDK rolls the same, and so that any row can be made
 * without making the rows before it.
 */
public final class Dice {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final String BASE64URL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final String CROCKFORD32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private long state;

  /**
   * @param seed of the whole data set
   * @param stream what is rolled for, so that one record's parts do not depend on each other
   * @param index which record
   */
  public Dice(long seed, String stream, long index) {
    state = mix(seed + GAMMA * stream.hashCode()) + mix(index ^ GAMMA);
  }

  /** Rolls 64 bits. */
  public long next() {
    state += GAMMA;
    return mix(state);
  }

  /** Rolls a number from 0, below the bound. */
  public int below(int bound) {
    return (int) Long.remainderUnsigned(next(), bound);
  }

  /** Rolls a number between two, both included. */
  public int between(int low, int high) {
    return low + below(high - low + 1);
  }

  /** Whether this is the one case in {@code n}. */
  public boolean oneIn(int n) {
    return below(n) == 0;
  }

  /** Picks one of them. */
  public <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** An id of the service's newer style, as {@code tsk_2Z-YWz3hFq6VlW}. */
  public String id(String prefix, int length) {
    return letters(prefix, BASE64URL, length);
  }

  /** An id of the service's ULID style, as {@code whe_01HZY31W2SZJ8MJ2FQTR3M1K9D}. */
  public String ulid(String prefix) {
    return letters(prefix + "01", CROCKFORD32, 24);
  }

  private String letters(String prefix, String alphabet, int length) {
    StringBuilder id = new StringBuilder(prefix.length() + length).append(prefix);
    int bits = Integer.numberOfTrailingZeros(alphabet.length());
    long roll = 0;
    for (int i = 0, left = 0; i < length; i++, left -= bits) {
      if (left < bits) {
        roll = next();
        left = Long.SIZE;
      }
      id.append(alphabet.charAt((int) (roll & (alphabet.length() - 1))));
      roll >>>= bits;
    }
    return id.toString();
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
