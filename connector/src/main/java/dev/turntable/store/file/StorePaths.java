package dev.turntable.store.file;

import dev.turntable.source.ErrorKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The directory of a store and what lies in it. Others can neither read nor enter it; a directory that
 * holds other things, or belongs to somebody else, is refused.
 *
 * @param directory the directory, absolute
 */
public record StorePaths(Path directory) {
  private static final String MARK =
      "A store of Turntable. Deleting this directory is always safe.\n";
  private static final Set<PosixFilePermission> OWN_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWN_FILE =
      PosixFilePermissions.fromString("rw-------");

  public Path database() {
    return directory.resolve("turntable.duckdb");
  }

  /** Opened for its locks alone, and once: closing it anywhere gives up all locks of the process. */
  Path lock() {
    return directory.resolve("lock");
  }

  /** Tells that the directory is ours. */
  Path mark() {
    return directory.resolve("README");
  }

  /** Who has the lock, for messages. */
  Path holder() {
    return directory.resolve("holder");
  }

  /** Where DuckDB, and results that are long in use, spill to. */
  public Path temporary() {
    return directory.resolve("tmp");
  }

  /** Where the library of DuckDB is unpacked, once. */
  Path library() {
    return directory.resolve("lib");
  }

  /**
   * Checks what is there already, without making anything.
   *
   * @throws dev.turntable.source.TurntableException if it is not ours
   */
  public void check() {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      prepare();
    }
  }

  /**
   * Makes the directory, or checks that it is ours.
   *
   * @throws dev.turntable.source.TurntableException if it is not
   */
  void prepare() {
    try {
      create();
      own(temporary());
      own(library());
    } catch (IOException e) {
      throw StoreErrors.of(directory, e);
    }
  }

  private void create() throws IOException {
    if (!Files.exists(mark(), LinkOption.NOFOLLOW_LINKS)) {
      Path parent = directory.getParent();
      if (parent != null) {
        Files.createDirectories(parent, attributes(parent, OWN_DIRECTORY));
      }
      own(directory);
      if (!holdsNothingElse()) {
        throw notOurs("it holds other files");
      }
      writeMark();
    }
    if (!isMarked() || Files.isSymbolicLink(database()) || Files.isSymbolicLink(lock())) {
      throw notOurs("it was made by something else");
    }
    // What we make belongs to us, whoever that is on this system.
    Path probe = Files.createTempFile(own(temporary()), "owner", null);
    boolean ours = Files.getOwner(probe).equals(Files.getOwner(directory));
    Files.delete(probe);
    if (!ours) {
      throw notOurs("it belongs to another user");
    }
    own(directory);
  }

  private RuntimeException notOurs(String why) {
    return StoreErrors.of(
        ErrorKind.STORE_DAMAGED,
        "the store " + directory + " is none of ours: " + why + "; name a new or empty directory");
  }

  /** Another process may be making the same at this moment. */
  private boolean holdsNothingElse() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.allMatch(
          file -> file.equals(temporary()) || file.equals(library()) || file.equals(mark()));
    }
  }

  /** It appears with its content, or not at all. */
  private void writeMark() throws IOException {
    Path draft = Files.createTempFile(own(temporary()), "mark", null);
    Files.writeString(draft, MARK, StandardCharsets.US_ASCII);
    Files.move(draft, mark(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private boolean isMarked() throws IOException {
    return Files.isRegularFile(mark(), LinkOption.NOFOLLOW_LINKS)
        && Files.size(mark()) == MARK.length()
        && Files.readString(mark(), StandardCharsets.ISO_8859_1).equals(MARK);
  }

  private static Path own(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createDirectory(directory, attributes(directory, OWN_DIRECTORY));
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
          throw e;
        }
      }
    }
    if (isPosix(directory) && !Files.getPosixFilePermissions(directory).equals(OWN_DIRECTORY)) {
      Files.setPosixFilePermissions(directory, OWN_DIRECTORY);
    }
    return directory;
  }

  /** Opens a file that has no name, where the system lets files have none, and is gone when it is closed. */
  public FileChannel openSpool() throws IOException {
    Path file = own(temporary()).resolve("spool-" + UUID.randomUUID());
    return FileChannel.open(
        file,
        Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE),
        attributes(temporary(), OWN_FILE));
  }

  /** Lets its owner run a file, and nobody else read it. */
  void makeRunnable(Path file) throws IOException {
    if (isPosix(file)) {
      Files.setPosixFilePermissions(file, OWN_DIRECTORY);
    } else if (!file.toFile().setExecutable(true, true)) {
      throw new IOException("the library cannot be made executable");
    }
  }

  /** Takes from others what DuckDB lets them have of its files. */
  void hideFiles() throws IOException {
    if (!isPosix(directory)) {
      return;
    }
    for (Path file :
        new Path[] {database(), directory.resolve("turntable.duckdb.wal"), holder(), lock()}) {
      if (Files.exists(file) && !Files.getPosixFilePermissions(file).equals(OWN_FILE)) {
        Files.setPosixFilePermissions(file, OWN_FILE);
      }
    }
  }

  private static FileAttribute<?>[] attributes(Path near, Set<PosixFilePermission> permissions) {
    return isPosix(near)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
