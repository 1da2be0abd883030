package dev.turntable.source;

/** The memory of the rows that one step has read. Safe for use by several threads. */
public final class PageMemory implements AutoCloseable {
  private final StatementScope scope;
  private long bytes;
  private boolean closed;

  PageMemory(StatementScope scope) {
    this.scope = scope;
  }

  /** Keeps memory that is taken already. */
  synchronized void add(long more) {
    if (closed) {
      give(more);
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
    give(bytes);
    bytes = 0;
  }

  private void give(long less) {
    scope.memory().give(less);
    scope.countPassing(-less);
  }
}
