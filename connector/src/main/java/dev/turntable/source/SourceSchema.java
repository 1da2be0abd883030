package dev.turntable.source;

import java.util.List;
import java.util.function.Function;

/**
 * A schema of a source.
 *
 * @param name the name in SQL
 * @param remarks the meaning
 * @param lazy whether listing the tables needs requests; those are sent once per connection, and
 *     only by what concerns this schema
 * @param loader lists the tables
 */
public record SourceSchema(
    String name, String remarks, boolean lazy, Function<StatementScope, List<TableDef<?>>> loader) {

  /** A schema whose tables are known without a request. */
  public static SourceSchema fixed(String name, String remarks, List<TableDef<?>> tables) {
    List<TableDef<?>> copy = List.copyOf(tables);
    return new SourceSchema(name, remarks, false, scope -> copy);
  }

  /**
   * Returns the tables of a schema that is not lazy.
   *
   * @throws IllegalStateException if it is
   */
  public List<TableDef<?>> fixedTables() {
    if (lazy) {
      throw new IllegalStateException("the tables of " + name + " are not known yet");
    }
    try (ConnectionScope nowhere = new ConnectionScope(ConnectionLimits.DEFAULT);
        StatementScope scope = nowhere.statement("", java.time.Duration.ZERO)) {
      return loader.apply(scope);
    }
  }

  /** A schema whose tables the service names. */
  public static SourceSchema lazy(
      String name, String remarks, Function<StatementScope, List<TableDef<?>>> loader) {
    return new SourceSchema(name, remarks, true, loader);
  }
}
