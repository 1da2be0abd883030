package dev.turntable.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a connection keeps what it reads.
 *
 * @param directory the directory of the store
 * @param library the jar of DuckDB, or null to look for it
 * @param maxAge how old a row may be that is not asked for again
 * @param finalMaxAge the same for rows that can hardly change; {@link #UNLIMITED} for any age
 * @param staleIfError whether the store answers where the service fails
 * @param longestWait how long to wait for another process
 * @param memory the limit for DuckDB, as it writes it
 * @param account what stands for the key in the account, or null for the key itself
 * @param leftOut the columns that are not kept, as {@code table.column}, lower case
 * @param keep after what age rows are dropped, or null if never
 * @param demo whether the sources are those of the demo
 */
public record StoreSettings(
    Path directory,
    @Nullable Path library,
    Duration maxAge,
    Duration finalMaxAge,
    boolean staleIfError,
    Duration longestWait,
    String memory,
    @Nullable String account,
    Set<String> leftOut,
    @Nullable Duration keep,
    boolean demo) {
  /** Of any age: older than any clock can tell. */
  public static final Duration UNLIMITED = Duration.ofDays(365_000);

  public StoreSettings {
    requireNonNull(directory, "directory");
    requireNonNull(maxAge, "maxAge");
    requireNonNull(finalMaxAge, "finalMaxAge");
    requireNonNull(longestWait, "longestWait");
    requireNonNull(memory, "memory");
    leftOut = Set.copyOf(leftOut);
  }
}
