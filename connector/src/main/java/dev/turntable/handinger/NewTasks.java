package dev.turntable.handinger;

import dev.turntable.handinger.HandingerJson.Accepted;
import dev.turntable.handinger.HandingerJson.NewTask;
import dev.turntable.http.FilesRequestBody;
import dev.turntable.http.GivenFiles;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Inserter.Row;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;

/** Checks the values of a new task or turn, before any request, and sends them. */
final class NewTasks {
  static final String FILES = "files";

  private static final Set<String> BUDGETS = Set.of("low", "standard", "high", "unlimited");

  private NewTasks() {}

  /** Checks what tasks and turns have in common. */
  static void check(String table, Row row) {
    if (required(table, row, "input").isEmpty()) {
      throw new TurntableException(ErrorKind.BAD_VALUE, table + ": input must not be empty");
    }
    String budget = text(row, "budget");
    if (budget != null && !BUDGETS.contains(budget)) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          table + ": budget must be low, standard, high or unlimited, not '" + budget + "'");
    }
    String files = text(row, FILES);
    if (files != null) {
      GivenFiles.of(table, files);
    }
  }

  /**
   * Sends a task or turn and returns the answer, which comes when the run has ended.
   *
   * @param files the JSON text of its files, or null
   */
  static Accepted send(
      Handinger service, StatementScope scope, String table, NewTask task, @Nullable String files) {
    return service.calls().write(scope, table, call(service.api(), table, task, files));
  }

  /** Only a form can carry files, and only files need one. */
  private static Call<Accepted> call(
      HandingerApi api, String table, NewTask task, @Nullable String files) {
    GivenFiles given = files == null ? null : GivenFiles.of(table, files);
    if (given == null || given.isEmpty()) {
      return api.create(task);
    }
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    fields.put("input", task.input());
    fields.put("budget", task.budget());
    fields.put("taskId", task.taskId());
    fields.put("workerId", task.workerId());
    return api.create(
        FilesRequestBody.form(fields, given.count() == 1 ? "files" : "files[]", given));
  }

  static String required(String table, Row row, String column) {
    String value = text(row, column);
    if (value == null) {
      throw new TurntableException(ErrorKind.MISSING_VALUE, table + ": " + column + " is missing");
    }
    return value;
  }

  static @Nullable String text(Row row, String column) {
    return (String) row.value(column);
  }
}
