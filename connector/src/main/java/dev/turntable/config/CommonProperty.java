package dev.turntable.config;

import dev.turntable.source.PropertyDef;
import java.util.Arrays;
import java.util.List;

/**
 * The properties of every connection, whatever its sources. What only one service knows, its base
 * URL and its keys included, is declared by that service.
 */
public enum CommonProperty {
  READ_ONLY(
      PropertyDef.of("readOnly", PropertyDef.Type.BOOLEAN, "Refuse every write before any request.")
          .withDefault("false")),
  MAX_REQUESTS(
      PropertyDef.of(
              "maxRequests",
              PropertyDef.Type.INTEGER,
              "Requests that one statement may send, repeats included; 0 means no limit.")
          .withDefault("0")),
  MAX_CONCURRENT_REQUESTS(
      PropertyDef.of(
              "maxConcurrentRequests",
              PropertyDef.Type.INTEGER,
              "Reads in flight per connection, at most.")
          .withDefault("8"),
      1,
      1_000),
  MAX_CONCURRENT_WRITES(
      PropertyDef.of(
              "maxConcurrentWrites",
              PropertyDef.Type.INTEGER,
              "Writes in flight per connection, at most; they take no slot from reads.")
          .withDefault("4"),
      1,
      1_000),
  REQUESTS_PER_SECOND(
      PropertyDef.of(
              "requestsPerSecond",
              PropertyDef.Type.NUMBER,
              "Pace shared by all connections of this JVM with the same base URL and key;"
                  + " 0 means no limit.")
          .withDefault("0"),
      0,
      1_000_000),
  MAX_RETRIES(
      PropertyDef.of(
              "maxRetries",
              PropertyDef.Type.INTEGER,
              "Repeats after the first attempt of a read; a write is never repeated.")
          .withDefault("4"),
      0,
      100),
  CONNECT_TIMEOUT(
      PropertyDef.of(
              "connectTimeout", PropertyDef.Type.SECONDS, "Seconds to reach the host, per attempt.")
          .withDefault("10")),
  REQUEST_TIMEOUT(
      PropertyDef.of(
              "requestTimeout",
              PropertyDef.Type.SECONDS,
              "Seconds that a read may take, per attempt.")
          .withDefault("60")),
  RUN_TIMEOUT(
      PropertyDef.of("runTimeout", PropertyDef.Type.SECONDS, "Seconds that a write may take.")
          .withDefault("600")),
  MAX_AGE(
      PropertyDef.of(
              "maxAge",
              PropertyDef.Type.SECONDS,
              "Seconds for which an answer fetched on this connection may be used again.")
          .withDefault("0")),
  PROXY(PropertyDef.of("proxy", PropertyDef.Type.STRING, "HTTP proxy, as host:port.")),
  TRUST_STORE(
      PropertyDef.of(
          "trustStore",
          PropertyDef.Type.STRING,
          "File with the certificates to trust, JKS or PKCS12.")),
  TRUST_STORE_PASSWORD(
      PropertyDef.of("trustStorePassword", PropertyDef.Type.STRING, "Password of the trust store.")
          .asSecret()),
  ALLOW_HTTP(
      PropertyDef.of(
              "allowHttp",
              PropertyDef.Type.BOOLEAN,
              "Allow http:// also for hosts that are not loopback.")
          .withDefault("false")),
  STORE(
      PropertyDef.of(
              "store",
              PropertyDef.Type.STRING,
              "Where what is read is kept: a directory, or in a URL a name below the user's data"
                  + " directory.")
          .fromEnvironment("TURNTABLE_STORE")),
  STORE_LIBRARY(
      PropertyDef.of(
          "storeLibrary",
          PropertyDef.Type.STRING,
          "The jar of DuckDB, where it is neither on the class path nor beside the driver's.")),
  FINAL_MAX_AGE(
      PropertyDef.of(
          "finalMaxAge",
          PropertyDef.Type.STRING,
          "With a store: as maxAge, for what can hardly change any more; seconds or unlimited.")),
  STALE_IF_ERROR(
      PropertyDef.of(
              "staleIfError",
              PropertyDef.Type.BOOLEAN,
              "With a store: answer from it, with a warning, what the service fails to answer.")
          .withDefault("false")),
  STORE_WAIT(
      PropertyDef.of(
              "storeWait",
              PropertyDef.Type.SECONDS,
              "Seconds to wait for a store that another process uses.")
          .withDefault("10")),
  STORE_MEMORY(
      PropertyDef.of(
              "storeMemory",
              PropertyDef.Type.STRING,
              "Memory that DuckDB may use for a store, such as 512 MB.")
          .withDefault("512 MB")),
  STORE_ACCOUNT(
      PropertyDef.of(
          "storeAccount",
          PropertyDef.Type.STRING,
          "A name in place of the key's part of the store's account, so that a new key goes on with"
              + " what an old one has read.")),
  STORE_COLUMNS(
      PropertyDef.of(
          "storeColumns",
          PropertyDef.Type.LIST,
          "Columns not to keep in a store, such as -turns.input,-turns.output_text.")),
  KEEP(
      PropertyDef.of(
          "keep",
          PropertyDef.Type.STRING,
          "Age after which a store forgets what it has read, such as 90d; for ever if not given."));

  // A definition holds values only; its pattern is immutable too, but not marked so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final PropertyDef def;

  private final long min;
  private final long max;

  CommonProperty(PropertyDef def) {
    this(def, 0, Long.MAX_VALUE);
  }

  CommonProperty(PropertyDef def, long min, long max) {
    this.def = def;
    this.min = min;
    this.max = max;
  }

  public PropertyDef def() {
    return def;
  }

  /** Returns all definitions in the order of the documentation. */
  public static List<PropertyDef> defs() {
    return Arrays.stream(values()).map(CommonProperty::def).toList();
  }

  /** Returns the least value allowed for a number. */
  long min() {
    return min;
  }

  /** Returns the greatest value allowed for a number. */
  long max() {
    return max;
  }
}
