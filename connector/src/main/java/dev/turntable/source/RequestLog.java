package dev.turntable.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The last requests of one connection, oldest first: at most 10,000, fewer where memory is short. Safe
 * for use by several threads.
 */
public final class RequestLog implements MemoryBudget.Reclaimable {
  private static final int CAPACITY = 10_000;

  /** Of longer text the log keeps the beginning. */
  private static final int LONGEST_SQL = 4 << 10;

  private static final String MARK = "… (shortened)";

  /** The log of one connection takes at most so small a part of the memory that all share. */
  private static final int PART = 16;

  /** However short memory is, so many records stay. */
  private static final int LEAST = 16;

  /** A record, its time and its place. */
  private static final int RECORD = 160;

  private final MemoryAccount memory = MemoryBudget.shared().open();
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long lastStatement = -1;
  private long dropped;
  private long sent;
  private long added;
  private volatile BiConsumer<RequestRecord, Long> listener = (record, number) -> {};

  /** Of the records of a statement the first pays for its text, which all share. */
  private record Entry(RequestRecord record, long size) {}

  public RequestLog() {
    MemoryBudget.shared().add(this);
  }

  /** Returns text of a statement as the log keeps it. */
  static String shortened(String sql) {
    if (sql.length() <= LONGEST_SQL) {
      return sql;
    }
    int end = LONGEST_SQL - MARK.length();
    return sql.substring(0, Character.isHighSurrogate(sql.charAt(end - 1)) ? end - 1 : end) + MARK;
  }

  /**
   * What is kept.
   *
   * @param records oldest first
   * @param dropped how many older ones there were
   */
  public record Kept(List<RequestRecord> records, long dropped) {
    public Kept {
      records = List.copyOf(records);
    }
  }

  /**
   * Tells of every request that is added from now on, and of its number, from 1.
   *
   * @param newListener must be quick and must not throw
   */
  public void listen(BiConsumer<RequestRecord, Long> newListener) {
    listener = newListener;
  }

  public void add(RequestRecord record) {
    listener.accept(record, keep(record));
  }

  /** Returns the number of the request. */
  private synchronized long keep(RequestRecord record) {
    long size = RECORD + ValueSize.of(record.url());
    if (record.statementId() != lastStatement) {
      lastStatement = record.statementId();
      size += ValueSize.of(record.sql());
    }
    if (!record.shared()) {
      sent++;
    }
    memory.takeAnyway(size);
    entries.addLast(new Entry(record, size));
    MemoryBudget budget = MemoryBudget.shared();
    while (entries.size() > CAPACITY
        || (entries.size() > LEAST
            && (memory.held() > budget.size() / PART || budget.used() > budget.size() / 2))) {
      removeFirst();
    }
    return ++added;
  }

  private long removeFirst() {
    long size = entries.removeFirst().size();
    memory.give(size);
    dropped++;
    return size;
  }

  @Override
  public synchronized void giveWay(long bytes) {
    for (long freed = 0; freed < bytes && entries.size() > LEAST; ) {
      freed += removeFirst();
    }
  }

  /** Returns what is kept, oldest first. */
  public synchronized List<RequestRecord> records() {
    return entries.stream().map(Entry::record).toList();
  }

  /** Returns what is kept and what is not, of one moment. */
  public synchronized Kept kept() {
    return new Kept(records(), dropped);
  }

  /** Returns how many older records are no longer kept. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Returns how many requests were sent since the connection was opened. */
  public synchronized long sent() {
    return sent;
  }

  /** Forgets everything: the connection is closed. */
  synchronized void close() {
    entries.clear();
    memory.close();
  }
}
