package dev.turntable.plan.statement;

import static java.util.Objects.requireNonNull;

import dev.turntable.plan.scan.SourceTable;
import dev.turntable.source.Column;
import dev.turntable.source.Inserter;
import dev.turntable.source.Inserter.Row;
import dev.turntable.source.MemoryAccount;
import dev.turntable.source.NotReturnedException;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ReturningInserter;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.source.ValueSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of an INSERT and tells what is returned of each: from the answer to the write as far
 * as that holds it, else by reading the row.
 *
 * @param table the target
 * @param returning what is returned, or null for the generated keys
 * @param back reads what the inserter does not tell, or null if there is no such thing
 * @param planner plans such a reading
 */
record ReturningWriter(
    SourceTable table,
    @Nullable ReturningColumns returning,
    @Nullable ReadBack back,
    QueryPlanner planner) {

  static ReturningWriter of(
      SourceTable table, @Nullable ReturningColumns returning, QueryPlanner planner) {
    return new ReturningWriter(table, returning, back(table, returning, planner), planner);
  }

  private static @Nullable ReadBack back(
      SourceTable table, @Nullable ReturningColumns returning, QueryPlanner planner) {
    Inserter inserter = requireNonNull(table.definition().inserter(), "inserter");
    if (returning == null || inserter instanceof ReturningInserter) {
      return null;
    }
    List<String> keys = inserter.generatedKeys();
    Set<Column<?>> rest = new LinkedHashSet<>(returning.columns());
    rest.removeIf(column -> keys.contains(column.name()) || ReturningColumns.isGiven(column));
    return rest.isEmpty() ? null : ReadBack.plan(table, keys, new ArrayList<>(rest), planner);
  }

  Inserter inserter() {
    return requireNonNull(table.definition().inserter(), "inserter");
  }

  /** Returns one that gives these columns as generated keys, unless the keys themselves are meant. */
  ReturningWriter asked(List<String> columns) {
    boolean keys =
        columns.stream()
            .allMatch(name -> inserter().generatedKeys().stream().anyMatch(name::equalsIgnoreCase));
    return returning != null || columns.isEmpty() || keys
        ? this
        : of(table, ReturningColumns.of(columns, table), planner);
  }

  /** Returns what writing these rows sends, and reading what is returned of them. */
  List<RequestEstimate> estimate(List<Row> rows) {
    List<RequestEstimate> estimates = new ArrayList<>(inserter().estimate(rows));
    if (returning != null && inserter() instanceof ReturningInserter told) {
      estimates.addAll(told.estimateReadings(rows, returning.names()));
    }
    return estimates;
  }

  RowWrites<?> writes(List<Row> rows, List<Integer> sets, int setCount, StatementScope scope) {
    Inserter inserter = inserter();
    ReturningColumns wanted = returning;
    if (wanted == null) {
      return RowWrites.<Row, List<@Nullable Object>>of(
          rows,
          inserter::lane,
          row -> inserter.insert(row, scope),
          incomplete -> {
            throw incomplete;
          },
          outcomes ->
              new WriteReport<>(outcomes, sets, setCount)
                  .result(inserter.generatedKeys(), keys -> keys, done -> 1),
          keys -> keys,
          scope);
    }
    return RowWrites.<Row, List<@Nullable Object>>of(
        rows,
        inserter::lane,
        row -> kept(wanted.row(values(row, wanted, scope)), scope),
        incomplete -> wanted.row(incomplete.known()),
        outcomes ->
            new WriteReport<>(outcomes, sets, setCount).returned(wanted.infos(), keys -> keys),
        keys -> keys,
        scope);
  }

  /** The row is written, and its values are there: they are counted whatever others hold. */
  private static List<@Nullable Object> kept(List<@Nullable Object> row, StatementScope scope) {
    MemoryAccount memory = scope.memory();
    memory.takeAnyway(ValueSize.ofRow(row.toArray()));
    return row;
  }

  private Map<String, @Nullable Object> values(
      Row row, ReturningColumns wanted, StatementScope scope) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Column<?> column : wanted.columns()) {
      if (ReturningColumns.isGiven(column)) {
        values.put(column.name(), row.value(column.name()));
      }
    }
    if (inserter() instanceof ReturningInserter told) {
      values.putAll(told.insert(row, wanted.names(), scope));
      return values;
    }
    List<String> names = inserter().generatedKeys();
    List<@Nullable Object> keys = inserter().insert(row, scope);
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), keys.get(i));
    }
    if (back != null) {
      try {
        values.putAll(back.read(table, keys, scope));
      } catch (TurntableException e) {
        throw new NotReturnedException("the row of " + table + " with key " + keys, values, e);
      }
    }
    return values;
  }
}
