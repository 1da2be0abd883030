package dev.turntable.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory of a store, its lock and its file. */
class StoreFileTest {
  private static final Waiting PATIENT = Waiting.patient(Duration.ofSeconds(30));

  @TempDir Path temp;

  @Test
  void nothingInItIsReadableByOthersAndNoDriverIsRegistered() throws IOException {
    List<String> drivers = drivers();
    StoreFile file = StoreFile.of(Stores.at(temp.resolve("store")));

    file.write(PATIENT, connection -> Stores.run(connection, "CREATE TABLE t (a INTEGER)"));
    file.write(
        PATIENT,
        connection -> {
          Stores.run(connection, "INSERT INTO t SELECT range FROM range(1000)");
          return null;
        });

    assertThat(permissions(temp.resolve("store"))).allMatch(line -> line.endsWith("------"), "own");
    assertThat(drivers()).isEqualTo(drivers);
  }

  private static List<String> drivers() {
    return DriverManager.drivers().map(driver -> driver.getClass().getName()).toList();
  }

  private static List<String> permissions(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.toList()) {
        lines.add(
            file.getFileName()
                + " "
                + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
      return lines;
    }
  }

  @Test
  void whatWasCommittedIsThereAndWhatFailedIsNot() {
    StoreFile file = StoreFile.of(Stores.at(temp.resolve("store")));
    file.write(PATIENT, connection -> Stores.run(connection, "CREATE TABLE t (a INTEGER)"));
    file.write(PATIENT, connection -> Stores.run(connection, "INSERT INTO t VALUES (1)"));

    assertThatThrownBy(
            () ->
                file.write(
                    PATIENT,
                    connection -> {
                      Stores.run(connection, "INSERT INTO t VALUES (2)");
                      return Stores.run(connection, "INSERT INTO nowhere VALUES (2)");
                    }))
        .isInstanceOf(TurntableException.class);

    assertThat(Stores.count(file)).isEqualTo(1);
  }

  @Test
  void theOnlyFilesWithinReachAreItsOwn() {
    StoreFile file = StoreFile.of(Stores.at(temp.resolve("store")));

    assertThatThrownBy(
            () ->
                file.read(
                    PATIENT,
                    connection -> Stores.run(connection, "SELECT * FROM read_text('/etc/passwd')")))
        .hasMessageContaining("disabled");
    assertThatThrownBy(
            () ->
                file.read(
                    PATIENT,
                    connection -> Stores.run(connection, "SET enable_external_access = true")))
        .isInstanceOf(TurntableException.class);
    assertThatThrownBy(
            () ->
                file.read(
                    PATIENT, connection -> Stores.run(connection, "SET memory_limit = '9 GB'")))
        .hasMessageContaining("locked");
  }

  @Test
  void whatTakesMoreMemoryThanItMayIsRefusedAndNothingElseIs() {
    Path store = temp.resolve("store");
    StoreFile file = StoreFile.of(Stores.at(store, "30MB"));
    file.write(PATIENT, connection -> Stores.run(connection, "CREATE TABLE t AS SELECT 1 AS a"));

    assertThatThrownBy(
            () ->
                file.read(
                    PATIENT,
                    connection ->
                        Stores.run(connection, "SELECT list(range) FROM range(30000000)")))
        .isInstanceOfSatisfying(
            TurntableException.class,
            failure -> assertThat(failure.kind().sqlState()).isEqualTo("54000"))
        .hasMessageContaining("raise storeMemory");
    assertThat(Stores.rows(store, "SELECT a FROM t")).containsExactly("1");
  }

  @Test
  void otherDirectoriesAreRefused() throws IOException {
    Path other = Files.createDirectory(temp.resolve("other"));
    Files.writeString(other.resolve("letter.txt"), "dear");

    assertThatThrownBy(() -> Stores.read(other))
        .isInstanceOfSatisfying(
            TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.STORE_DAMAGED))
        .hasMessageContaining("it holds other files");
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws IOException {
    Path store = temp.resolve("store");
    new StorePaths(store).prepare();
    Files.writeString(store.resolve("turntable.duckdb"), "x".repeat(20_000));

    assertThatThrownBy(() -> Stores.read(store))
        .isInstanceOfSatisfying(
            TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.STORE_DAMAGED));
  }

  @Test
  void aDatabaseOfOthersIsRefused() throws SQLException {
    Path store = temp.resolve("store");
    StoreFile file = StoreFile.of(Stores.at(store));
    file.write(
        PATIENT,
        connection -> {
          Stores.run(connection, "ALTER TABLE meta RENAME TO customers");
          return null;
        });
    Stores.letGo(store);

    assertThatThrownBy(() -> Stores.read(store)).hasMessageContaining("none of ours");
  }

  @Test
  void aNewerStoreIsRefusedByName() {
    Path store = temp.resolve("store");
    StoreFile file = StoreFile.of(Stores.at(store));
    file.write(
        PATIENT,
        connection -> {
          Stores.run(connection, "UPDATE meta SET value = '99' WHERE key = 'version'");
          return Stores.run(connection, "UPDATE meta SET value = '9.1.0' WHERE key = 'made_by'");
        });
    Stores.letGo(store);

    assertThatThrownBy(() -> Stores.read(store))
        .isInstanceOfSatisfying(
            TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED))
        .hasMessageContaining("made by Turntable 9.1.0 (store version 99)");
  }

  @Test
  void anOlderStoreIsMigrated() {
    Path store = temp.resolve("store");
    StoreFile file = StoreFile.of(Stores.at(store));
    file.write(PATIENT, connection -> Stores.run(connection, "CREATE TABLE t (a INTEGER)"));
    List<List<String>> next = new ArrayList<>(StoreSchema.VERSIONS);
    next.add(List.of("ALTER TABLE t ADD COLUMN b INTEGER", "INSERT INTO t VALUES (1, 2)"));

    file.use(
        PATIENT,
        connection -> {
          StoreSchema.bring(connection, file.paths(), next);
          StoreSchema.bring(connection, file.paths(), next);
          return null;
        });

    assertThat(Stores.count(file)).isEqualTo(1);
  }

  @Test
  void theDirectoryMayBeDeletedAtAnyTime() throws IOException {
    Path store = temp.resolve("store");
    StoreFile file = StoreFile.of(Stores.at(store));
    file.write(PATIENT, connection -> Stores.run(connection, "CREATE TABLE t (a INTEGER)"));
    delete(store);

    file.write(PATIENT, connection -> Stores.run(connection, "CREATE TABLE t (a INTEGER)"));
    file.write(PATIENT, connection -> Stores.run(connection, "INSERT INTO t VALUES (1)"));

    assertThat(Stores.count(file)).isEqualTo(1);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
