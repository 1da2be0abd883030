package dev.turntable.http;

import dev.turntable.source.MemoryAccount;
import dev.turntable.source.MemoryBudget;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers of one connection that later statements may use again while they are young. Bounded;
 * emptied by any write. Safe for use by several threads.
 */
final class AgedAnswers implements MemoryBudget.Reclaimable {
  private static final long MAX_BYTES = 64L << 20;

  private static final long PER_ENTRY = 256;

  private final MemoryAccount memory = MemoryBudget.shared().open();

  private final long maxAgeNanos;
  private final Map<Object, Entry> entries = new LinkedHashMap<>();
  private long size;
  private long generation;

  private record Entry(SharedAnswer<?> answer, long storedAt, long weight) {}

  AgedAnswers(Duration maxAge) {
    this.maxAgeNanos = maxAge.toNanos();
    if (isOn()) {
      MemoryBudget.shared().add(this);
    }
  }

  boolean isOn() {
    return maxAgeNanos > 0;
  }

  /** Returns a number that changes with every write; to be taken before a request is sent. */
  synchronized long generation() {
    return generation;
  }

  @SuppressWarnings("unchecked") // a key always stands for one type of answer
  synchronized <T> @Nullable SharedAnswer<T> find(Object key) {
    Entry entry = entries.get(key);
    return entry == null || System.nanoTime() - entry.storedAt() > maxAgeNanos
        ? null
        : (SharedAnswer<T>) entry.answer();
  }

  /** Keeps an answer, unless something was written since its request was sent. */
  void put(Object key, SharedAnswer<?> answer, long sentInGeneration) {
    long weight = answer.size() + PER_ENTRY;
    if (weight > MAX_BYTES || !memory.tryTakeForLater(weight, this)) {
      return;
    }
    keep(key, new Entry(answer, System.nanoTime(), weight), sentInGeneration);
  }

  private synchronized void keep(Object key, Entry entry, long sentInGeneration) {
    if (sentInGeneration != generation) {
      memory.give(entry.weight());
      return;
    }
    forget(entries.remove(key));
    entries.put(key, entry);
    size += entry.weight();
    giveWay(size - MAX_BYTES);
  }

  @Override
  public synchronized void giveWay(long bytes) {
    Iterator<Entry> oldest = entries.values().iterator();
    for (long freed = 0; freed < bytes && oldest.hasNext(); ) {
      Entry entry = oldest.next();
      oldest.remove();
      forget(entry);
      freed += entry.weight();
    }
  }

  private void forget(@Nullable Entry entry) {
    if (entry != null) {
      size -= entry.weight();
      memory.give(entry.weight());
    }
  }

  synchronized void clear() {
    entries.clear();
    memory.give(size);
    size = 0;
    generation++;
  }
}
