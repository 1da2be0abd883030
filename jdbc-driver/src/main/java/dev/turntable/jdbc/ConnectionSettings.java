package dev.turntable.jdbc;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a client says of a connection, and is told again: auto-commit, and who it is. */
final class ConnectionSettings {
  private final Map<String, String> clientInfo = new ConcurrentHashMap<>();
  private volatile boolean autoCommit = true;
  private volatile boolean written;

  boolean autoCommit() {
    return autoCommit;
  }

  void autoCommit(boolean on) {
    autoCommit = on;
  }

  /** Told before a write; returns what the statement must warn of, or null. */
  @Nullable String noteWrite() {
    written = true;
    return autoCommit
        ? null
        : "auto-commit is off, but there are no transactions: the write is final";
  }

  /** Ends what would be a transaction, and returns whether something was written in it. */
  boolean endTransaction() {
    boolean any = written;
    written = false;
    return any;
  }

  Map<String, String> clientInfo() {
    return clientInfo;
  }

  /** Remembers what a client says of itself; null forgets it. */
  void clientInfo(String name, @Nullable String value) {
    if (value == null) {
      clientInfo.remove(name);
    } else {
      clientInfo.put(name, value);
    }
  }

  /** Remembers this, and nothing else. */
  void clientInfo(@Nullable Properties properties) {
    clientInfo.clear();
    if (properties != null) {
      for (String name : properties.stringPropertyNames()) {
        clientInfo.put(name, properties.getProperty(name));
      }
    }
  }
}
