package dev.turntable.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last requests of one connection, oldest first. Safe for use by several threads. */
public final class RequestLog {
  private static final int CAPACITY = 10_000;

  private final Deque<RequestRecord> records = new ArrayDeque<>();
  private long dropped;
  private long sent;

  public synchronized void add(RequestRecord record) {
    if (records.size() == CAPACITY) {
      records.removeFirst();
      dropped++;
    }
    if (!record.shared()) {
      sent++;
    }
    records.addLast(record);
  }

  /** Returns what is kept, oldest first. */
  public synchronized List<RequestRecord> records() {
    return List.copyOf(records);
  }

  /** Returns how many older records are no longer kept. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Returns how many requests were sent since the connection was opened. */
  public synchronized long sent() {
    return sent;
  }
}
