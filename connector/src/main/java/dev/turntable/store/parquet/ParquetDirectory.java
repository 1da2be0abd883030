package dev.turntable.store.parquet;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.StoreErrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory of Parquet, and in it one writer at a time. Others can neither read nor enter it. Whatever
 * ends a writer, files come under their names whole, and the manifest names none that is not there.
 */
final class ParquetDirectory implements AutoCloseable {
  static final String MANIFEST = "_manifest.json";

  private static final String LOCK = "_lock";

  /** No reader of Parquet takes a file with such a name for one. */
  private static final String DRAFT = ".tmp";

  private static final Pattern OURS =
      Pattern.compile(
          "service=[^/]+/table=[^/]+/day=[^/]+/part-[^/]+\\.parquet("
              + Pattern.quote(DRAFT)
              + ")?");

  /** Those of this process: closing a second channel would give up the lock of the first. */
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private @Nullable FileChannel lock;

  private ParquetDirectory(Path path) {
    this.path = path;
  }

  /**
   * Takes a directory, or makes it.
   *
   * @throws TurntableException if it holds other things, or somebody writes to it
   */
  static ParquetDirectory take(Path given) {
    Path path = given.toAbsolutePath().normalize();
    if (!TAKEN.add(path)) {
      throw busy(path);
    }
    ParquetDirectory directory = new ParquetDirectory(path);
    boolean taken = false;
    try {
      directory.prepare();
      taken = true;
      return directory;
    } catch (IOException e) {
      throw directory.failure(e);
    } finally {
      if (!taken) {
        directory.close();
      }
    }
  }

  private static TurntableException busy(Path path) {
    return new TurntableException(
        ErrorKind.STORE_BUSY, "another sync is writing to " + path + "; let it end first");
  }

  private void prepare() throws IOException {
    if (Files.exists(path) && !isOurs()) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          path + " holds other files; name a new or empty directory for Parquet");
    }
    Private.directory(path);
    lock =
        FileChannel.open(
            path.resolve(LOCK), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    try {
      if (lock.tryLock() == null) {
        throw busy(path);
      }
    } catch (OverlappingFileLockException e) {
      throw busy(path); // by other classes of ours in this process
    }
    Private.file(path.resolve(LOCK));
  }

  private boolean isOurs() throws IOException {
    if (Files.exists(path.resolve(MANIFEST))) {
      return true;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> file.getFileName().toString())
          .allMatch(name -> name.equals(LOCK) || name.equals(MANIFEST + DRAFT));
    }
  }

  Path path() {
    return path;
  }

  /** Returns the text of the manifest, or null if there is none yet. */
  @Nullable String manifest() throws IOException {
    Path file = path.resolve(MANIFEST);
    return Files.exists(file) ? Files.readString(file) : null;
  }

  /** Takes a file from elsewhere, which nobody sees before {@link #publish}. */
  void add(Path file, String name) throws IOException {
    Path draft = path.resolve(name + DRAFT);
    Private.directory(above(draft));
    try {
      Files.move(file, draft, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
      Files.delete(file);
    }
    Private.file(draft);
    Private.force(draft);
  }

  /** Shows the files that were added, and then says which there are; what it does not name is removed. */
  void publish(List<String> added, String manifest, List<String> named) throws IOException {
    Set<Path> directories = new HashSet<>();
    for (String name : added) {
      Path file = path.resolve(name);
      Files.move(path.resolve(name + DRAFT), file, StandardCopyOption.ATOMIC_MOVE);
      for (Path each = above(file); !each.equals(path); each = above(each)) {
        directories.add(each);
      }
    }
    for (Path each : directories) {
      Private.force(each);
    }
    Path draft = path.resolve(MANIFEST + DRAFT);
    Files.deleteIfExists(draft);
    Private.newFile(draft);
    Files.writeString(draft, manifest, StandardCharsets.UTF_8);
    Private.force(draft);
    Files.move(
        draft,
        path.resolve(MANIFEST),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    Private.force(path);
    tidy(named);
  }

  /** Removes what replaced files, and writers that were killed, have left. */
  void tidy(List<String> named) throws IOException {
    Set<String> kept = new HashSet<>(named);
    List<Path> left;
    try (Stream<Path> files = Files.walk(path)) {
      left = files.filter(file -> isLeft(file, kept)).toList();
    }
    for (Path file : left) {
      Files.deleteIfExists(file);
      removeIfEmpty(above(file));
    }
  }

  private boolean isLeft(Path file, Set<String> kept) {
    String name = path.relativize(file).toString().replace('\\', '/');
    return OURS.matcher(name).matches() && !kept.contains(name);
  }

  /** Returns the directory of a file below ours. */
  private static Path above(Path file) {
    return Objects.requireNonNull(file.getParent(), "parent");
  }

  private static void removeIfEmpty(Path directory) throws IOException {
    try {
      Files.delete(directory);
    } catch (DirectoryNotEmptyException e) {
      // The day has another file.
    }
  }

  TurntableException failure(IOException e) {
    boolean full = StoreErrors.isFull(e.getMessage());
    return new TurntableException(
        full ? ErrorKind.DISK_FULL : ErrorKind.BAD_VALUE,
        path
            + " cannot be written: "
            + e.getClass().getSimpleName()
            + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")")
            + (full ? "; make room there" : "; name a directory that you may write to"),
        e);
  }

  @Override
  public void close() {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      // The lock ends with the channel, and that with the process.
    } finally {
      TAKEN.remove(path);
    }
  }
}
