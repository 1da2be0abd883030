package dev.turntable.plan.statement;

import dev.turntable.plan.explain.WriteLines;
import dev.turntable.plan.scan.SourceTable;
import dev.turntable.plan.scan.TreeContents;
import dev.turntable.plan.type.Parameter;
import dev.turntable.plan.type.Parameters;
import dev.turntable.run.Execution;
import dev.turntable.run.InternalForm;
import dev.turntable.run.MemoryTracker;
import dev.turntable.run.Operator;
import dev.turntable.source.Column;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Inserter;
import dev.turntable.source.ReturningInserter;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.source.Utf16;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * INSERT: reads its source to the end, checks every row, then writes.
 *
 * @param table the target
 * @param targets the columns that the source's rows fill
 * @param source gives the rows
 * @param writer writes a row, and tells what is to be returned of it
 */
record InsertSql(
    SourceTable table, List<Column<?>> targets, QuerySql source, ReturningWriter writer)
    implements WriteSql {

  @Override
  public List<Parameter> typedParameters() {
    return source.typedParameters();
  }

  @Override
  public @Nullable ReturningColumns returning() {
    return writer.returning();
  }

  /** What only the answer tells can be asked for, too. */
  @Override
  public List<String> targetColumns() {
    List<String> names = new ArrayList<>(WriteSql.super.targetColumns());
    if (writer.inserter() instanceof ReturningInserter told) {
      told.answerColumns().forEach(column -> names.add(column.name()));
    }
    return names;
  }

  @Override
  public WriteSql returning(List<String> columns) {
    return new InsertSql(table, targets, source, writer.asked(columns));
  }

  @Override
  public RowWrites<?> writes(
      List<? extends List<? extends @Nullable Object>> parameterSets,
      boolean keysWanted,
      StatementScope scope) {
    WriteGuard.ensureWritable(scope);
    List<Inserter.Row> rows = new ArrayList<>();
    List<Integer> sets = new ArrayList<>();
    for (int set = 0; set < parameterSets.size(); set++) {
      for (Inserter.Row row : rows(parameterSets.get(set), keysWanted, scope)) {
        rows.add(row);
        sets.add(set);
      }
    }
    writer.inserter().check(rows, scope);
    WriteGuard.ensureBudget(writer.estimate(rows), scope);
    return writer.writes(rows, sets, parameterSets.size(), scope);
  }

  private List<Inserter.Row> rows(
      List<? extends @Nullable Object> parameters, boolean keysWanted, StatementScope scope) {
    return rows(Parameters.execution(typedParameters(), parameters, 0, scope), keysWanted);
  }

  private List<Inserter.Row> rows(Execution execution, boolean keysWanted) {
    List<Inserter.Row> rows = new ArrayList<>();
    MemoryTracker held = new MemoryTracker(execution, "INSERT");
    try (Operator operator = source.open(execution)) {
      for (@Nullable Object[] row = operator.next(); row != null; row = operator.next()) {
        held.add(row);
        rows.add(new Inserter.Row(values(row), keysWanted));
      }
    }
    return rows;
  }

  private Map<String, Object> values(@Nullable Object[] row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < targets.size(); i++) {
      Column<?> column = targets.get(i);
      Object value = row[i];
      if (value == null) {
        continue;
      }
      if (!column.use().insertable()) {
        throw new TurntableException(
            ErrorKind.UNSUPPORTED,
            table + "." + column.name() + " is set by the service; INSERT cannot give it");
      }
      values.put(column.name(), sendable(column, InternalForm.toSource(column.type(), value)));
    }
    return values;
  }

  private Object sendable(Column<?> column, Object value) {
    if (value instanceof String text && !Utf16.isWellFormed(text)) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          table
              + "."
              + column.name()
              + ": the text holds half of a surrogate pair, which cannot be sent; was it cut inside a"
              + " character?");
    }
    return value;
  }

  /** A row with some value for every column that the statement names. */
  private Inserter.Row fullRow() {
    Map<String, Object> values = new LinkedHashMap<>();
    targets.forEach(column -> values.put(column.name(), ""));
    return new Inserter.Row(values, false);
  }

  @Override
  public List<String> explain(Execution execution) {
    WriteLines lines = WriteLines.insertInto(table).returning(returnedNames());
    if (TreeContents.of(source.rel()).has(TreeContents.Part.TABLE)) {
      lines.requestsPerSourceRow(writer.estimate(List.of(fullRow())), RowBound.of(source.rel()));
    } else {
      lines.requests(writer.estimate(rows(execution, false)));
    }
    if (writer.back() != null) {
      lines.readBack(writer.inserter().generatedKeys());
    }
    return lines.reading(source.plan(), execution).lines();
  }
}
