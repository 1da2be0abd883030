package dev.turntable.source;

import java.util.List;

/**
 * A kind of service, found by {@link java.util.ServiceLoader}. Adding a service to Turntable is one
 * implementation of this interface, named in {@code
 * META-INF/services/dev.turntable.source.TaskSourceProvider}.
 */
public interface TaskSourceProvider {
  /** Returns the name in the URL and of the first schema: lower case letters, digits, {@code _}. */
  String name();

  /** Returns the properties beside the common ones. */
  List<PropertyDef> properties();

  /**
   * Opens the service for one connection. Sends nothing.
   *
   * @param config the resolved properties, the common ones included
   * @param connection what the sources of one connection share
   * @throws TurntableException if a property cannot be used
   */
  TaskSource open(SourceConfig config, ConnectionScope connection);

  /**
   * Loads what the first connection of a JVM will need, such as the classes of an HTTP client. Runs on
   * a thread of its own, once or not at all, while the properties of that connection are read; whatever
   * is not loaded here, {@link #open} loads. Sends nothing.
   */
  default void warmUp() {}
}
