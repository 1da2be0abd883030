package dev.turntable.http;

import dev.turntable.source.MemoryAccount;
import dev.turntable.source.MemoryBudget;
import dev.turntable.source.StatementScope;
import org.jspecify.annotations.Nullable;

/** The memory of one body while it is read, and of what was read of it. Used by one thread. */
final class BodyMemory {
  /** However large the heap is, no body is larger. */
  static final long LARGEST = 64L << 20;

  /** A text that is read is there as bytes, as a copy of them, and as text for a moment. */
  private static final int PER_BYTE_ON_ITS_WAY = 3;

  private final StatementScope scope;
  private final MemoryAccount account;
  private final boolean write;
  private final long largest = Math.min(LARGEST, MemoryBudget.shared().largestBody());
  private long taken;
  private @Nullable Refusal refusal;

  /** Why a body is read no further. */
  enum Refusal {
    /** It is larger than any may be. */
    TOO_LARGE,
    /** There is no memory for it at this moment. */
    NO_ROOM
  }

  /**
   * @param write whether it answers a write, which is read whatever others hold: the write is done
   */
  BodyMemory(StatementScope scope, boolean write) {
    this.scope = scope;
    this.account = scope.memory();
    this.write = write;
  }

  /** Takes what so many bytes need in all, and returns whether there is as much. */
  boolean covers(long bytes) {
    if (bytes > largest) {
      refusal = Refusal.TOO_LARGE;
      return false;
    }
    long more = bytes * PER_BYTE_ON_ITS_WAY - taken;
    if (more <= 0) {
      return true;
    }
    if (write) {
      account.takeAnyway(more);
    } else if (!account.tryTake(more)) {
      refusal = Refusal.NO_ROOM;
      return false;
    }
    taken += more;
    scope.bodies().count(more);
    return true;
  }

  @Nullable Refusal refusal() {
    return refusal;
  }

  /** Returns how many bytes a body may have. */
  long largest() {
    return largest;
  }

  /** Returns how much the body that found no room may need. */
  long needed() {
    return 2 * taken;
  }

  /** The body is read: what was made of it stays as long as its rows are wanted. */
  void keep(long size) {
    long kept = Math.min(size, taken);
    taken -= kept;
    release();
    scope.bodies().keep(kept);
  }

  /** Nothing was made of it. */
  void release() {
    account.give(taken);
    scope.bodies().count(-taken);
    taken = 0;
  }
}
