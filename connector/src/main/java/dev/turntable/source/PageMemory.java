package dev.turntable.source;

/** The memory of the rows that one step has read. Safe for use by several threads. */
public final class PageMemory implements AutoCloseable {
  private final MemoryAccount account;
  private long bytes;
  private boolean closed;

  PageMemory(MemoryAccount account) {
    this.account = account;
  }

  /** Keeps memory that is taken already. */
  synchronized void add(long more) {
    if (closed) {
      account.give(more);
    } else {
      bytes += more;
    }
  }

  /** Returns how many bytes there are. */
  public synchronized long bytes() {
    return bytes;
  }

  /** The rows are no longer wanted. */
  @Override
  public synchronized void close() {
    closed = true;
    account.give(bytes);
    bytes = 0;
  }
}
