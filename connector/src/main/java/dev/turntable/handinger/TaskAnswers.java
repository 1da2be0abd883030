package dev.turntable.handinger;

import dev.turntable.handinger.HandingerJson.Accepted;
import dev.turntable.handinger.HandingerJson.TaskAnswer;
import dev.turntable.handinger.HandingerJson.Turn;
import dev.turntable.handinger.TaskInserter.Created;
import dev.turntable.source.Column;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Inserter.Row;
import dev.turntable.source.NotReturnedException;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What RETURNING gives of a new task: from the answer to the POST what that holds, the rest from the
 * task itself. Used for one row.
 */
final class TaskAnswers {
  static final String OUTPUT_TEXT = "output_text";
  static final String STRUCTURED_OUTPUT = "structured_output";

  /** What the first turn gave: not in the table, for a task may have many turns. */
  static final List<Column<?>> OUTPUTS =
      List.of(
          Column.<Turn>varchar(OUTPUT_TEXT, Turn::outputText),
          Column.<Turn>json(STRUCTURED_OUTPUT, Turn::structuredOutput));

  /** What is known without reading the task, whatever the answer holds. */
  private static final Set<String> KNOWN =
      Set.of("id", "worker_id", "input", "budget", NewTasks.FILES, OUTPUT_TEXT, STRUCTURED_OUTPUT);

  /** What the answer may hold: it did for all deployments until July 2026. */
  private static final Set<String> MAYBE_KNOWN = Set.of("credits", "duration_ms");

  private final Handinger service;
  private final RunEnd end;
  private final StatementScope scope;
  private final Set<String> columns;
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  TaskAnswers(Handinger service, RunEnd end, StatementScope scope, Set<String> columns) {
    this.service = service;
    this.end = end;
    this.scope = scope;
    this.columns = columns;
  }

  static List<RequestEstimate> estimate(long rows, Set<String> columns) {
    Set<String> rest = new HashSet<>(columns);
    rest.removeAll(KNOWN);
    if (rest.isEmpty()) {
      return List.of();
    }
    return List.of(
        MAYBE_KNOWN.containsAll(rest)
            ? RequestEstimate.atMost(HandingerApi.TASK, rows)
            : RequestEstimate.exactly(HandingerApi.TASK, rows));
  }

  /**
   * Returns the values of the columns.
   *
   * @throws NotReturnedException if they cannot all be had
   */
  Map<String, @Nullable Object> of(Created created, Row row) {
    String id = created.id();
    put("id", id);
    for (String given : List.of("input", "budget")) {
      put(given, row.value(given));
    }
    put(NewTasks.FILES, null); // megabytes that the caller has
    if (row.value("worker_id") != null) {
      put("worker_id", row.value("worker_id"));
    }
    Accepted answer = created.answer();
    if (answer != null) {
      take(answer);
    }
    try {
      read(id);
      return values;
    } catch (TurntableException e) {
      throw new NotReturnedException("the task '" + id + "'", values, e);
    }
  }

  private void take(Accepted answer) {
    values.putIfAbsent("worker_id", answer.id());
    if (answer.running()) {
      return; // what it says of the rest is not the last word
    }
    if (answer.outputText() != null) {
      put(OUTPUT_TEXT, answer.outputText());
      put(STRUCTURED_OUTPUT, answer.structuredOutput());
    }
    if (answer.credits() != null) {
      put("credits", answer.credits());
    }
    if (answer.durationMs() != null) {
      put("duration_ms", answer.durationMs());
    }
  }

  private void put(String column, @Nullable Object value) {
    values.put(column, value);
  }

  /** The output comes first, for it is there when the run has ended, which changes the task. */
  private void read(String id) {
    if (isMissing(Set.of(OUTPUT_TEXT, STRUCTURED_OUTPUT))) {
      Turn turn = end.await(scope, id, () -> firstTurn(id));
      put(OUTPUT_TEXT, turn.outputText());
      put(STRUCTURED_OUTPUT, turn.structuredOutput());
    }
    if (isMissing(columns)) {
      TaskAnswer answer = service.fresh().task(scope, TasksTable.NAME, id);
      if (answer == null) {
        throw new TurntableException(
            ErrorKind.BAD_ANSWER, TasksTable.NAME + ": " + HandingerApi.TASK + " answered 404");
      }
      Column.values(TasksTable.COLUMNS, answer.task(), columns)
          .forEach(
              (name, value) -> {
                if (!values.containsKey(name)) {
                  values.put(name, value);
                }
              });
    }
  }

  private boolean isMissing(Set<String> some) {
    return some.stream().anyMatch(name -> columns.contains(name) && !values.containsKey(name));
  }

  private @Nullable Turn firstTurn(String id) {
    List<Turn> turns = service.fresh().turns(scope, TasksTable.NAME, id);
    return turns == null || turns.isEmpty() ? null : turns.get(0);
  }
}
