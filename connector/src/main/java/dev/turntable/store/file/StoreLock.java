package dev.turntable.store.file;

import dev.turntable.source.ErrorKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a store: one process, and in it one loader of our classes, at a time. DuckDB's own lock does
 * not tell two class loaders of one process apart, and then loses what one of them writes.
 *
 * <p>The first byte of the lock file is the store; the second belongs to who waits next, so that a holder
 * sees that somebody waits. Used by one thread at a time.
 */
final class StoreLock {
  private static final Duration POLL = Duration.ofMillis(5);

  private final StorePaths paths;
  private @Nullable FileChannel channel;
  private @Nullable Object file;
  private @Nullable FileLock held;

  StoreLock(StorePaths paths) {
    this.paths = paths;
  }

  /**
   * Takes the lock.
   *
   * @param wait how long to wait for another holder
   * @param pause waits a moment; throws if the waiting is to end
   * @throws dev.turntable.source.TurntableException as {@link ErrorKind#STORE_BUSY} in the end
   */
  void take(Duration wait, Consumer<Duration> pause) {
    try {
      FileChannel open = open();
      long end = System.nanoTime() + wait.toNanos();
      held = tryLock(open, 0);
      if (held == null) {
        FileLock turn = await(open, 1, end, wait, pause);
        try {
          held = await(open, 0, end, wait, pause);
        } finally {
          turn.release();
        }
      }
      Files.writeString(
          paths.holder(), "process " + ProcessHandle.current().pid(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      release();
      throw StoreErrors.of(paths.directory(), e);
    }
  }

  /** Opened once, for closing it would give up the locks that other classes of ours have. */
  private FileChannel open() throws IOException {
    FileChannel known = channel;
    if (known != null && isInPlace()) {
      return known;
    }
    if (known != null) {
      known.close(); // of a directory that was deleted
    }
    FileChannel opened =
        FileChannel.open(
            paths.lock(),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    channel = opened;
    file = key(paths.lock());
    return opened;
  }

  private FileLock await(
      FileChannel open, long at, long end, Duration wait, Consumer<Duration> pause)
      throws IOException {
    for (FileLock lock = tryLock(open, at); ; lock = tryLock(open, at)) {
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() - end >= 0) {
        throw busy(wait);
      }
      pause.accept(POLL);
    }
  }

  private RuntimeException busy(Duration wait) {
    return StoreErrors.of(
        ErrorKind.STORE_BUSY,
        "the store "
            + paths.directory()
            + " is in use by "
            + holder()
            + ", and still was after storeWait="
            + wait.toSeconds()
            + " s");
  }

  private String holder() {
    try {
      String holder = Files.readString(paths.holder(), StandardCharsets.US_ASCII).strip();
      return holder.isEmpty() ? "another process" : holder;
    } catch (IOException e) {
      return "another process";
    }
  }

  private static @Nullable FileLock tryLock(FileChannel open, long at) throws IOException {
    try {
      return open.tryLock(at, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // by other classes of ours in this process
    }
  }

  /** Returns whether somebody else waits for the store. */
  boolean isWanted() throws IOException {
    FileLock turn = channel == null ? null : tryLock(channel, 1);
    if (turn == null) {
      return true;
    }
    turn.release();
    return false;
  }

  /** Returns whether the directory is still the one whose lock was taken; anybody may delete it. */
  boolean isInPlace() {
    try {
      return Objects.equals(file, key(paths.lock()));
    } catch (IOException e) {
      return false;
    }
  }

  private static Object key(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    Object key = attributes.fileKey();
    return key == null ? attributes.creationTime() : key;
  }

  void release() {
    FileLock lock = held;
    held = null;
    try {
      if (lock != null) {
        lock.release();
      }
    } catch (IOException e) {
      // The channel is gone, and with it the lock.
    }
  }
}
