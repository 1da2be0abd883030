package dev.turntable.plan.cache;

import dev.turntable.source.MemoryAccount;
import dev.turntable.source.MemoryBudget;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was used last, by its text: at most 500, fewer where memory is short. Safe for use by several
 * threads.
 */
final class KeptPlans<V> implements MemoryBudget.Reclaimable {
  private static final int KEPT = 500;
  private static final int ENTRY = 128;

  /** A text takes two bytes a letter where one of them is not of Latin-1. */
  private static final int PER_CHARACTER = 2;

  private final MemoryAccount memory = MemoryBudget.shared().open();
  private final Map<String, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

  private record Entry<V>(V value, long size) {}

  KeptPlans() {
    MemoryBudget.shared().add(this);
  }

  synchronized @Nullable V get(String text) {
    Entry<V> entry = entries.get(text);
    return entry == null ? null : entry.value();
  }

  /**
   * Keeps something, if there is room for it.
   *
   * @param size about how many bytes it takes beside its text
   */
  void put(String text, V value, long size) {
    long all = ENTRY + (long) PER_CHARACTER * text.length() + size;
    if (memory.tryTakeForLater(all, this)) { // others may have to give way: no lock is held
      keep(text, new Entry<>(value, all));
    }
  }

  private synchronized void keep(String text, Entry<V> entry) {
    forget(entries.put(text, entry));
    Iterator<Entry<V>> oldest = entries.values().iterator();
    while (entries.size() > KEPT) {
      Entry<V> given = oldest.next();
      oldest.remove();
      forget(given);
    }
  }

  @Override
  public synchronized void giveWay(long bytes) {
    Iterator<Entry<V>> oldest = entries.values().iterator();
    for (long freed = 0; freed < bytes && oldest.hasNext(); ) {
      Entry<V> given = oldest.next();
      oldest.remove();
      forget(given);
      freed += given.size();
    }
  }

  private void forget(@Nullable Entry<V> entry) {
    if (entry != null) {
      memory.give(entry.size());
    }
  }

  synchronized void close() {
    entries.clear();
    memory.close();
  }
}
