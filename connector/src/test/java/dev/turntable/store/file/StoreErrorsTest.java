package dev.turntable.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a store that fails says: where it is, and what to do. */
class StoreErrorsTest {
  private static final Path STORE = Path.of("kept");

  private static void assertSays(TurntableException failure, ErrorKind kind, String message) {
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessage(message);
  }

  @Test
  void filesThatFail() {
    assertSays(
        StoreErrors.of(STORE, new FileSystemException("kept/x", null, "No space left on device")),
        ErrorKind.DISK_FULL,
        "the store kept cannot be used: FileSystemException (No space left on device); make room"
            + " there, or name another directory as store");
    assertSays(
        StoreErrors.of(STORE, new AccessDeniedException("kept/x")),
        ErrorKind.STORE_DAMAGED,
        "the store kept cannot be used: AccessDeniedException; name another directory as store");
  }

  @Test
  void whatDuckDbSays() {
    assertSays(
        StoreErrors.of(STORE, new SQLException("IO Error: No space left on device\nstack")),
        ErrorKind.DISK_FULL,
        "the store kept: IO Error: No space left on device; make room there, or name another"
            + " directory as store");
    assertSays(
        StoreErrors.of(STORE, new SQLException("Out of Memory Error: failed to pin block")),
        ErrorKind.TOO_LARGE,
        "the store kept: Out of Memory Error: failed to pin block; raise storeMemory");
    assertSays(
        StoreErrors.of(STORE, new SQLException("Serialization Error: corrupt")),
        ErrorKind.STORE_DAMAGED,
        "the store kept: Serialization Error: corrupt; delete the directory, and what it held is"
            + " read again");
    assertSays(
        StoreErrors.of(STORE, new SQLException("IO Error: Could not set lock on file")),
        ErrorKind.STORE_BUSY,
        "the store kept: IO Error: Could not set lock on file");
  }

  @ParameterizedTest
  @CsvSource({
    "No space left on device,DISK_FULL",
    "database or DISK FULL,DISK_FULL",
    "Disk quota exceeded,DISK_FULL",
    "Input/output error,STORE_DAMAGED"
  })
  void streamsThatFail(String words, ErrorKind kind) {
    TurntableException failure = StoreErrors.of(STORE, new IOException(words));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure)
        .hasMessageStartingWith("the store kept cannot be used: IOException (" + words + "); ");
  }

  @ParameterizedTest
  @CsvSource({
    "IO Error: Conflicting lock is held,STORE_BUSY,''",
    "INTERRUPT Error: Interrupted!,CANCELLED,''",
    "IO Error: disk full,DISK_FULL,; make room there",
    "IO Error: quota,DISK_FULL,; make room there",
    "Catalog Error: Table is not there,STORE_DAMAGED,; delete the directory"
  })
  void moreThatDuckDbSays(String words, ErrorKind kind, String remedy) {
    TurntableException failure = StoreErrors.of(STORE, new SQLException(words));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageStartingWith("the store kept: " + words + remedy);
    assertThat(StoreErrors.of(STORE, new SQLException()).kind()).isEqualTo(ErrorKind.STORE_DAMAGED);
  }
}
