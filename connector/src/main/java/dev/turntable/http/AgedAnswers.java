package dev.turntable.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers of one connection that later statements may use again while they are young. Bounded;
 * emptied by any write. Safe for use by several threads.
 */
final class AgedAnswers {
  private static final long MAX_BYTES = 64L << 20;

  /** Records take about twice the bytes of their JSON, and a little for the entry. */
  private static final long PER_BYTE = 2;

  private static final long PER_ENTRY = 256;

  private final long maxAgeNanos;
  private final Map<Object, Entry> entries = new LinkedHashMap<>();
  private long size;
  private long generation;

  private record Entry(Answer<?> answer, long storedAt, long weight) {}

  AgedAnswers(Duration maxAge) {
    this.maxAgeNanos = maxAge.toNanos();
  }

  boolean isOn() {
    return maxAgeNanos > 0;
  }

  /** Returns a number that changes with every write; to be taken before a request is sent. */
  synchronized long generation() {
    return generation;
  }

  @SuppressWarnings("unchecked") // a key always stands for one type of answer
  synchronized <T> @Nullable Answer<T> find(Object key) {
    Entry entry = entries.get(key);
    return entry == null || System.nanoTime() - entry.storedAt() > maxAgeNanos
        ? null
        : (Answer<T>) entry.answer();
  }

  /** Keeps an answer, unless something was written since its request was sent. */
  synchronized void put(Object key, Answer<?> answer, long sentInGeneration) {
    long weight = answer.bytes() * PER_BYTE + PER_ENTRY;
    if (sentInGeneration != generation || weight > MAX_BYTES) {
      return;
    }
    remove(key);
    entries.put(key, new Entry(answer, System.nanoTime(), weight));
    size += weight;
    Iterator<Object> oldest = entries.keySet().iterator();
    while (size > MAX_BYTES) {
      Entry entry = entries.get(oldest.next());
      size -= entry == null ? 0 : entry.weight();
      oldest.remove();
    }
  }

  private void remove(Object key) {
    Entry entry = entries.remove(key);
    if (entry != null) {
      size -= entry.weight();
    }
  }

  synchronized void clear() {
    entries.clear();
    size = 0;
    generation++;
  }
}
