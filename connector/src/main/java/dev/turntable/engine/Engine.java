package dev.turntable.engine;

import dev.turntable.source.ConnectionScope;
import dev.turntable.source.StatementScope;
import dev.turntable.store.Store;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection: its sources, their tables, and the statements over them. Safe for use by several
 * threads.
 */
public interface Engine extends AutoCloseable {
  /**
   * Parses and validates a statement. Sends nothing, unless the text names a schema whose tables the
   * service lists; those are loaded once per connection.
   *
   * @param sql one statement; a trailing semicolon is ignored
   * @param schema the schema of unqualified names
   * @param scope for what loading a lazy schema sends
   * @throws dev.turntable.source.TurntableException if the text is not a statement that can run
   */
  PreparedSql prepare(String sql, String schema, StatementScope scope);

  /** Returns schemas, tables, columns and keys. Sends nothing but for lazy schemas. */
  Catalog catalog();

  /** Returns the names of the functions that statements may call, in order. */
  List<String> functions();

  /** Returns what the sources and statements share: limits, request log. */
  ConnectionScope connection();

  /** Returns the name of the schema that unqualified names mean at first. */
  String defaultSchema();

  /** Opens the scope of one execution; {@link StatementScope#cancel} ends it from any thread. */
  StatementScope newStatement(String sql, Duration timeout);

  /** Returns the store of what is read, or null if there is none. */
  default @Nullable Store store() {
    return null;
  }

  /** Asks every service whether the connection is usable. */
  boolean isValid(Duration timeout);

  @Override
  void close();
}
