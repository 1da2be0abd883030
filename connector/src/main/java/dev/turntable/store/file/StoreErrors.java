package dev.turntable.store.file;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Failures of the store in the terms of Turntable. DuckDB gives no SQLState, so its words decide. */
public final class StoreErrors {
  private static final String MAKE_ROOM = "; make room there, or name another directory as store";

  private static final List<String> OF_VALUE =
      List.of(
          "Conversion Error",
          "Out of Range Error",
          "Invalid Input Error",
          "Not implemented Error",
          "Binder Error");

  private StoreErrors() {}

  public static TurntableException of(ErrorKind kind, String message) {
    return new TurntableException(kind, message);
  }

  /** A file or directory that cannot be used. */
  public static TurntableException of(Path store, IOException e) {
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    ErrorKind kind = isFull(reason) ? ErrorKind.DISK_FULL : ErrorKind.STORE_DAMAGED;
    return new TurntableException(
        kind,
        "the store "
            + store
            + " cannot be used: "
            + e.getClass().getSimpleName()
            + (reason == null ? "" : " (" + reason + ")")
            + (kind == ErrorKind.DISK_FULL ? MAKE_ROOM : "; name another directory as store"),
        e);
  }

  /** What DuckDB says of the file. */
  public static TurntableException of(Path store, SQLException e) {
    String words = String.valueOf(e.getMessage());
    ErrorKind kind = kind(words);
    String remedy =
        switch (kind) {
          case DISK_FULL -> MAKE_ROOM;
          case TOO_LARGE -> "; raise storeMemory";
          case STORE_DAMAGED -> "; delete the directory, and what it held is read again";
          default -> "";
        };
    return new TurntableException(
        kind, "the store " + store + ": " + words.lines().findFirst().orElse("") + remedy, e);
  }

  /** Whether a value, or a question, is beyond DuckDB, and nothing is wrong with the store. */
  public static boolean isOfValue(SQLException e) {
    String words = String.valueOf(e.getMessage());
    return OF_VALUE.stream().anyMatch(words::contains);
  }

  private static ErrorKind kind(String words) {
    if (isFull(words)) {
      return ErrorKind.DISK_FULL;
    }
    if (words.contains("Out of Memory Error")) {
      return ErrorKind.TOO_LARGE;
    }
    if (words.contains("Could not set lock") || words.contains("Conflicting lock")) {
      return ErrorKind.STORE_BUSY;
    }
    return words.contains("INTERRUPT Error") ? ErrorKind.CANCELLED : ErrorKind.STORE_DAMAGED;
  }

  /** Returns whether that is what is said where a disk is full. */
  public static boolean isFull(@Nullable String words) {
    String lower = String.valueOf(words).toLowerCase(Locale.ROOT);
    return lower.contains("no space left")
        || lower.contains("disk full")
        || lower.contains("quota");
  }
}
