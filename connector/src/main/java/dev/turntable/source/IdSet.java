package dev.turntable.source;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * A set of ids by their 64-bit hashes: a log of a million entries is remembered in 16 MB. Two ids
 * of a million have the same hash with a chance of 1 in 40 million; which ones do is another draw in
 * each set, so that nobody can choose ids of which one is taken for the other. Safe for use by
 * several threads.
 */
public final class IdSet {
  private static final int FIRST_CAPACITY = 64;

  private final long seed;
  private long[] hashes = new long[FIRST_CAPACITY];
  private int size;

  /** An empty set with a seed of its own. */
  public IdSet() {
    this(new SplittableRandom().nextLong());
  }

  IdSet(long seed) {
    this.seed = seed;
  }

  /** Adds an id and returns whether it was not there. */
  public synchronized boolean add(String id) {
    if (size * 2 >= hashes.length) {
      grow();
    }
    return put(hash(id));
  }

  /** Returns how many ids there are. */
  public synchronized int size() {
    return size;
  }

  private boolean put(long hash) {
    int mask = hashes.length - 1;
    for (int i = (int) hash & mask; ; i = (i + 1) & mask) {
      if (hashes[i] == hash) {
        return false;
      }
      if (hashes[i] == 0) {
        hashes[i] = hash;
        size++;
        return true;
      }
    }
  }

  private void grow() {
    long[] old = hashes;
    hashes = new long[old.length * 2];
    size = 0;
    LongStream ids = Arrays.stream(old).filter(hash -> hash != 0); // equivalent: 0 is held anyway
    ids.forEach(this::put);
  }

  /** Never 0, which marks a free place. */
  long hash(String id) {
    long hash = seed;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }
}
