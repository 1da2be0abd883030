package dev.turntable.store.write;

import dev.turntable.source.RequestRecord;
import dev.turntable.store.table.Reading;
import dev.turntable.store.table.RowTable;
import dev.turntable.store.table.StoreAccount;
import dev.turntable.store.table.WindowReading;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something to be written to the store. */
public sealed interface Change {
  /** Returns whose it is. */
  StoreAccount account();

  /** Returns about how many bytes it takes in memory. */
  default long size() {
    return 256;
  }

  /** Returns how many rows it is of those that are committed together. */
  default int rows() {
    return 1;
  }

  /**
   * A task was named.
   *
   * @param until up to when it does not matter that the service does not know it
   */
  record Named(
      StoreAccount account,
      String origin,
      String id,
      @Nullable String worker,
      Instant at,
      Instant until)
      implements Change {}

  /** A task was not created. */
  record Withdrawn(StoreAccount account, String id) implements Change {}

  /** The service said whether it knows a task. */
  record TaskRead(
      StoreAccount account, String id, Instant at, boolean found, @Nullable String worker)
      implements Change {}

  /** A task was archived. */
  record Archived(StoreAccount account, String id, Instant at) implements Change {}

  /** The log of a worker was read to its end. */
  record LogRead(StoreAccount account, String worker, Instant at) implements Change {}

  /**
   * Rows were read.
   *
   * @param readAt when the request began that gave them
   * @param bytes about how many bytes they take
   * @param listed whether a list shows them that is covered by spans of time
   */
  record Rows(
      StoreAccount account,
      RowTable table,
      List<RowTable.Kept> kept,
      Instant readAt,
      long bytes,
      boolean listed)
      implements Change {
    @Override
    public long size() {
      return bytes;
    }

    @Override
    public int rows() {
      return kept.size();
    }
  }

  /** All rows of something were read; their {@link Rows} came before. */
  record Read(StoreAccount account, Reading reading) implements Change {}

  /** All rows of a span of time were read; their {@link Rows} came before. */
  record ReadWindow(StoreAccount account, WindowReading reading) implements Change {}

  /**
   * A request was sent.
   *
   * @param request without the literals of its statement
   * @param number its number in its connection, from 1
   */
  record Sent(StoreAccount account, RequestRecord request, long number) implements Change {
    @Override
    public long size() {
      return 512L + request.sql().length() + request.url().length();
    }
  }

  /** Requests that were sent before are to be forgotten. */
  record ForgottenRequests(StoreAccount account, Instant before) implements Change {}

  /** What was read before is to be forgotten. */
  record Forgotten(StoreAccount account, Instant before) implements Change {}

  /** Something is about to be written; its {@link Written} follows, unless the process ends. */
  record Intended(StoreAccount account, JournalEntry entry) implements Change {}

  /**
   * A write has ended, so that what was read before of these values is no longer so.
   *
   * @param values what it touched, what was made included
   * @param made the key of the row that it made, or null if it made none or that is not known
   */
  record Written(
      StoreAccount account,
      String write,
      List<String> values,
      Instant at,
      JournalEntry.Outcome outcome,
      @Nullable String made)
      implements Change {}

  /**
   * Of a write that was begun it is learnt what was there before it.
   *
   * @param earlier all keys of rows of the same parent
   */
  record FoundBefore(StoreAccount account, String write, Set<String> earlier) implements Change {}
}
