package dev.turntable.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which directories are ours, and who may read what is in them. */
final class StorePathsTest {
  @TempDir Path temp;

  private Path directory() {
    return temp.resolve("a").resolve("store");
  }

  private StorePaths paths() {
    return new StorePaths(directory());
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private void isRefused(String why) {
    assertThatThrownBy(() -> paths().prepare())
        .isInstanceOfSatisfying(
            TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.STORE_DAMAGED))
        .hasMessage(
            "the store "
                + directory()
                + " is none of ours: "
                + why
                + "; name a new or empty directory");
  }

  @Test
  void itIsMadeForItsOwnerAlone() throws IOException {
    paths().prepare();
    for (String each : new String[] {"", "tmp", "lib"}) {
      assertThat(permissions(directory().resolve(each))).as(each).isEqualTo("rwx------");
    }
    assertThat(permissions(directory().getParent())).isEqualTo("rwx------");
    assertThat(directory().resolve("README"))
        .hasContent("A store of Turntable. Deleting this directory is always safe.\n");
    try (Stream<Path> files = Files.list(directory().resolve("tmp"))) {
      assertThat(files).isEmpty();
    }
    paths().prepare();
  }

  @Test
  void checkingMakesNothing() {
    paths().check();
    assertThat(directory()).doesNotExist();
  }

  @Test
  void whatOthersMayReadIsTakenFromThem() throws IOException {
    paths().prepare();
    Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(
        directory().resolve("tmp"), PosixFilePermissions.fromString("rwxrwxrwx"));
    Path database = Files.writeString(directory().resolve("turntable.duckdb"), "");
    Path log = Files.writeString(directory().resolve("turntable.duckdb.wal"), "");
    Path holder = Files.writeString(directory().resolve("holder"), "");
    for (Path file : new Path[] {database, log, holder}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
    paths().check();
    paths().hideFiles();
    assertThat(permissions(directory())).isEqualTo("rwx------");
    assertThat(permissions(directory().resolve("tmp"))).isEqualTo("rwx------");
    for (Path file : new Path[] {database, log, holder}) {
      assertThat(permissions(file)).as(file.toString()).isEqualTo("rw-------");
    }
  }

  @Test
  void anEmptyDirectoryAndOneBegunAreTaken() throws IOException {
    Files.createDirectories(directory().resolve("tmp"));
    Files.createDirectories(directory().resolve("lib"));
    paths().prepare();
    assertThat(directory().resolve("README")).exists();
  }

  @Test
  void otherFilesAreNotMixedWithOurs() throws IOException {
    Files.createDirectories(directory());
    Files.writeString(directory().resolve("letter"), "dear");
    isRefused("it holds other files");
    assertThat(directory().resolve("README")).doesNotExist();
  }

  @Test
  void aMarkOfOthersIsNone() throws IOException {
    Files.createDirectories(directory());
    Path mark = directory().resolve("README");
    String ours = "A store of Turntable. Deleting this directory is always safe.\n";
    for (String text : new String[] {"", ours + "\n", ours.replace('A', 'B')}) {
      Files.writeString(mark, text);
      isRefused("it was made by something else");
    }
    Files.delete(mark);
    Files.createSymbolicLink(mark, Files.writeString(temp.resolve("elsewhere"), ours));
    isRefused("it was made by something else");
  }

  /** What they lead to would be written. */
  @Test
  void linksInItAreNotFollowed() throws IOException {
    for (String name : new String[] {"turntable.duckdb", "lock"}) {
      paths().prepare();
      Path link = directory().resolve(name);
      Files.createSymbolicLink(link, temp.resolve("elsewhere"));
      isRefused("it was made by something else");
      Files.delete(link);
    }
    Files.delete(directory().resolve("tmp"));
    Files.createSymbolicLink(directory().resolve("tmp"), Files.createDirectory(temp.resolve("t")));
    assertThatThrownBy(() -> paths().prepare())
        .isInstanceOf(TurntableException.class)
        .hasMessageContaining("cannot be used: FileAlreadyExistsException");
  }

  @Test
  void aSpoolIsTheirsWhoOpenedIt() throws IOException {
    paths().prepare();
    Path tmp = directory().resolve("tmp");
    try (FileChannel spool = paths().openSpool();
        FileChannel other = paths().openSpool()) {
      assertThat(spool.isOpen() && other.isOpen()).isTrue();
      try (Stream<Path> files = Files.list(tmp)) {
        for (Path file : files.toList()) {
          assertThat(permissions(file)).isEqualTo("rw-------");
        }
      }
    }
    try (Stream<Path> files = Files.list(tmp)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aLibraryIsRunByItsOwnerAlone() throws IOException {
    Path file = Files.writeString(temp.resolve("library"), "");
    paths().makeRunnable(file);
    assertThat(permissions(file)).isEqualTo("rwx------");
  }
}
