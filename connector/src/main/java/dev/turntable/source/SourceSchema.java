package dev.turntable.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A schema of a source.
 *
 * @param name the name in SQL
 * @param remarks the meaning
 * @param lazy whether listing the tables needs requests; those are sent once per connection, and
 *     only by what concerns this schema
 * @param loader lists the tables
 * @param finder returns a table by its name as it is written, or null if there is none, without the
 *     others; null if the tables are known together only
 */
public record SourceSchema(
    String name,
    String remarks,
    boolean lazy,
    Function<StatementScope, List<TableDef<?>>> loader,
    @Nullable Function<String, @Nullable TableDef<?>> finder) {

  /**
   * What declares a table.
   *
   * @param table its name
   * @param definition declares it, once
   */
  public record Declaration(String table, Supplier<TableDef<?>> definition) {}

  /** A schema whose tables are known together. */
  public SourceSchema(
      String name,
      String remarks,
      boolean lazy,
      Function<StatementScope, List<TableDef<?>>> loader) {
    this(name, remarks, lazy, loader, null);
  }

  /**
   * A schema whose tables are known without a request, and are declared one by one when a statement
   * first needs them: a new process that reads one table need not make the columns of all.
   */
  public static SourceSchema declared(String name, String remarks, List<Declaration> declarations) {
    Map<String, Supplier<TableDef<?>>> definitions = new LinkedHashMap<>();
    declarations.forEach(each -> definitions.put(each.table(), each.definition()));
    Map<String, TableDef<?>> known = new ConcurrentHashMap<>();
    Function<String, @Nullable TableDef<?>> finder =
        table -> {
          Supplier<TableDef<?>> definition = definitions.get(table);
          return definition == null
              ? null
              : known.computeIfAbsent(table, declared -> definition.get());
        };
    return new SourceSchema(
        name,
        remarks,
        false,
        scope -> {
          List<TableDef<?>> all = new ArrayList<>();
          definitions.keySet().forEach(table -> all.add(finder.apply(table)));
          return all;
        },
        finder);
  }

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
