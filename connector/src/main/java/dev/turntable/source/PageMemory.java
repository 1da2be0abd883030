package dev.turntable.source;

/** The memory of the rows that one step has read. Safe for use by several threads. */
public final class PageMemory implements AutoCloseable {
  private final BodiesInMemory bodies;
  private final MemoryAccount memory;
  private long bytes;
  private boolean closed;

  PageMemory(BodiesInMemory bodies, MemoryAccount memory) {
    this.bodies = bodies;
    this.memory = memory;
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
    memory.give(less);
    bodies.count(-less);
  }
}
