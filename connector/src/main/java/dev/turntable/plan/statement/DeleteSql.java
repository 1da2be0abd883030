package dev.turntable.plan.statement;

import static java.util.Objects.requireNonNull;

import dev.turntable.engine.UpdateResult;
import dev.turntable.plan.explain.WriteLines;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.plan.scan.SourceTable;
import dev.turntable.plan.type.Parameter;
import dev.turntable.plan.type.Parameters;
import dev.turntable.run.Execution;
import dev.turntable.run.InternalForm;
import dev.turntable.run.MemoryTracker;
import dev.turntable.run.Operator;
import dev.turntable.run.ScanNode;
import dev.turntable.source.ColumnType;
import dev.turntable.source.Deleter;
import dev.turntable.source.StatementScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * DELETE: where the predicate only names keys, and nothing else is to be returned, one request per key
 * and no read; else the matching rows are read first, completely.
 *
 * @param table the target
 * @param keys gives the keys of the rows, and then the other columns that are returned
 * @param selected the names of all of them
 * @param returning what is returned, or null
 */
record DeleteSql(
    SourceTable table, QuerySql keys, List<String> selected, @Nullable ReturningColumns returning)
    implements WriteSql {

  @Override
  public List<Parameter> typedParameters() {
    return keys.typedParameters();
  }

  private Deleter deleter() {
    return requireNonNull(table.definition().deleter(), "deleter");
  }

  @Override
  public RowWrites<?> writes(
      List<? extends List<? extends @Nullable Object>> parameterSets,
      boolean keysWanted,
      StatementScope scope) {
    WriteGuard.ensureWritable(scope);
    Deleter deleter = deleter();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    List<Integer> sets = new ArrayList<>();
    for (int set = 0; set < parameterSets.size(); set++) {
      Execution execution =
          Parameters.execution(typedParameters(), parameterSets.get(set), 0, scope);
      for (List<@Nullable Object> row : rows(execution)) {
        rows.add(row);
        sets.add(set);
      }
    }
    deleter.check(rows.stream().map(this::key).toList());
    WriteGuard.ensureBudget(deleter.estimate(rows.size()), scope);
    return RowWrites.<List<@Nullable Object>, Optional<List<@Nullable Object>>>of(
        rows,
        row -> null,
        row -> deleter.delete(key(row), scope) ? Optional.of(row) : Optional.empty(),
        incomplete -> {
          throw incomplete;
        },
        outcomes -> report(new WriteReport<>(outcomes, sets, parameterSets.size())),
        done -> done.map(this::returned).orElse(null),
        scope);
  }

  private UpdateResult report(WriteReport<Optional<List<@Nullable Object>>> report) {
    return returning == null
        ? report.result(List.of(), done -> List.of(), done -> done.isPresent() ? 1 : 0)
        : report.returned(returning.infos(), done -> done.map(this::returned).orElse(null));
  }

  private List<Object> key(List<@Nullable Object> row) {
    return row.subList(0, deleter().keys().size()).stream()
        .map(value -> requireNonNull(value, "key"))
        .toList();
  }

  private List<@Nullable Object> returned(List<@Nullable Object> row) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < selected.size(); i++) {
      Object value = row.get(i);
      ColumnType type = table.definition().column(selected.get(i)).type();
      values.put(selected.get(i), value == null ? null : InternalForm.toSource(type, value));
    }
    return requireNonNull(returning, "returning").row(values);
  }

  private Set<List<@Nullable Object>> rows(Execution execution) {
    List<List<Object>> named = namedKeys(execution);
    Set<List<@Nullable Object>> result = new LinkedHashSet<>();
    if (named != null) {
      result.addAll(named);
      return result;
    }
    MemoryTracker held = new MemoryTracker(execution, "DELETE");
    try (Operator operator = keys.open(execution)) {
      for (@Nullable Object[] row = operator.next(); row != null; row = operator.next()) {
        held.add(row);
        result.add(new ArrayList<>(Arrays.asList(row)));
      }
    }
    return result;
  }

  /** Returns the keys that the predicate names, or null if it says anything else, or more is read. */
  private @Nullable List<List<Object>> namedKeys(Execution execution) {
    return selected.size() == deleter().keys().size()
            && keys.rel() instanceof SourceScan
            && keys.plan().node() instanceof ScanNode<?> scan
        ? scan.namedKeys(deleter().keys(), execution)
        : null;
  }

  @Override
  public List<String> explain(Execution execution) {
    WriteLines lines = WriteLines.deleteFrom(table).returning(returnedNames());
    List<List<Object>> named = namedKeys(execution);
    return named == null
        ? lines
            .requestsPerMatchingRow(deleter().estimate(1))
            .reading(keys.plan(), execution)
            .lines()
        : lines.requests(deleter().estimate(named.size())).lines();
  }
}
