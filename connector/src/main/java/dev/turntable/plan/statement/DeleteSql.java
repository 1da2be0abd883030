package dev.turntable.plan.statement;

import static java.util.Objects.requireNonNull;

import dev.turntable.engine.UpdateResult;
import dev.turntable.plan.explain.WriteLines;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.plan.scan.SourceTable;
import dev.turntable.plan.type.Parameter;
import dev.turntable.plan.type.Parameters;
import dev.turntable.run.Execution;
import dev.turntable.run.MemoryTracker;
import dev.turntable.run.Operator;
import dev.turntable.run.ParallelWrites;
import dev.turntable.run.ScanNode;
import dev.turntable.source.Deleter;
import dev.turntable.source.StatementScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * DELETE: where the predicate only names keys, one request per key and no read; else the matching rows
 * are read first, completely.
 *
 * @param table the target
 * @param keys gives the keys of the rows
 */
record DeleteSql(SourceTable table, QuerySql keys) implements WriteSql {

  @Override
  public List<Parameter> typedParameters() {
    return keys.typedParameters();
  }

  @Override
  public UpdateResult update(
      List<? extends List<? extends @Nullable Object>> parameterSets,
      boolean keysWanted,
      StatementScope scope) {
    WriteGuard.ensureWritable(scope);
    Deleter deleter = requireNonNull(table.definition().deleter(), "deleter");
    List<List<Object>> rows = new ArrayList<>();
    List<Integer> sets = new ArrayList<>();
    for (int set = 0; set < parameterSets.size(); set++) {
      Execution execution =
          Parameters.execution(typedParameters(), parameterSets.get(set), 0, scope);
      for (List<Object> key : keys(execution)) {
        rows.add(key);
        sets.add(set);
      }
    }
    deleter.check(rows);
    WriteGuard.ensureBudget(deleter.estimate(rows.size()), scope);
    List<ParallelWrites.Outcome<Boolean>> outcomes =
        ParallelWrites.run(rows, key -> null, key -> deleter.delete(key, scope), scope);
    return new WriteReport<>(outcomes, sets, parameterSets.size())
        .result(List.of(), done -> List.of(), done -> done ? 1 : 0);
  }

  private Set<List<Object>> keys(Execution execution) {
    List<List<Object>> named = namedKeys(execution);
    Set<List<Object>> result = new LinkedHashSet<>();
    if (named != null) {
      result.addAll(named);
      return result;
    }
    MemoryTracker held = new MemoryTracker(execution, "DELETE");
    try (Operator operator = keys.open(execution)) {
      for (@Nullable Object[] row = operator.next(); row != null; row = operator.next()) {
        held.add(row);
        result.add(Arrays.stream(row).map(value -> requireNonNull(value, "key")).toList());
      }
    }
    return result;
  }

  /** Returns the keys that the predicate names, or null if it says anything else. */
  private @Nullable List<List<Object>> namedKeys(Execution execution) {
    Deleter deleter = requireNonNull(table.definition().deleter(), "deleter");
    return keys.rel() instanceof SourceScan && keys.plan().node() instanceof ScanNode<?> scan
        ? scan.namedKeys(deleter.keys(), execution)
        : null;
  }

  @Override
  public List<String> explain(Execution execution) {
    Deleter deleter = requireNonNull(table.definition().deleter(), "deleter");
    WriteLines lines = WriteLines.deleteFrom(table);
    List<List<Object>> named = namedKeys(execution);
    return named == null
        ? lines.requestsPerMatchingRow(deleter.estimate(1)).reading(keys.plan(), execution).lines()
        : lines.requests(deleter.estimate(named.size())).lines();
  }
}
