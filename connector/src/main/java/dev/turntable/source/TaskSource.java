package dev.turntable.source;

import java.util.List;

/** An opened service of one connection. Safe for use by several threads. */
public interface TaskSource extends AutoCloseable {
  /** Returns the schemas; the first is named as the source. Sends nothing. */
  List<SourceSchema> schemas();

  /** Returns the tasks that the connection knows of where the service lists none. Sends nothing. */
  default List<KnownTask> knownTasks() {
    return List.of();
  }

  /**
   * Asks the service whether the connection is usable, by one cheap read. Any answer but a refusal of
   * the key is a yes.
   */
  boolean isValid(StatementScope scope);

  /** Frees what the source holds. Requests under way fail. */
  @Override
  void close();
}
